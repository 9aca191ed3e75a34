import { beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { countWords } from '../../src/db/word-counts.ts';
import { type SearchFilters, search } from '../../src/domain/search/search.ts';
import type { Hit, SearchAnswer } from '../../src/web/answers.ts';
import { testDatabase } from '../support/database.ts';
import { acting } from './acting.ts';

const database = testDatabase();
const editor = acting(database);

async function find(q: string, filters: Partial<SearchFilters> = {}) {
  const page = { filters: { q, ...filters }, order: 'desc' as const, limit: 100, after: null };
  const found = await search(database.db, page, { instant: null, audience: 'public' });
  return {
    items: JSON.parse(found.items) as Hit[],
    facets: JSON.parse(found.facets) as SearchAnswer['facets'],
    complete: found.complete,
  };
}
const isList = (facet: string) => !['person', 'publisher'].includes(facet);
const textOf = (hit: Hit) =>
  hit.type === 'claim' ? hit.text : hit.type === 'statement' ? hit.quote : hit.type === 'person' ? hit.name : hit.title;
const texts = async (q: string, filters: Partial<SearchFilters> = {}) => (await find(q, filters)).items.map(textOf);

let zelensky: string;
beforeAll(async () => {
  zelensky = await editor.addPerson({
    name: 'Volodymyr Zelenskyy',
    names: [{ name: 'Володимир Зеленський', kind: 'transliteration', language: 'uk' }],
  });
  await editor.logClaim({
    text: 'The bridge in Mill Street was closed for a week',
    language: 'en',
    topics: ['Roads'],
    sources: [
      { title: 'Minutes on the bridges', publisher: { name: 'Millford Council' }, role: 'context', language: 'en' },
    ],
    statement: {
      person: { name: 'Ada Moss' },
      quoteKind: 'verbatim',
      quote: 'Die Brücke war eine Woche gesperrt.',
      language: 'de',
      saidOn: '2025-03-14',
    },
  });
  await editor.logClaim({
    text: 'Ukraine never asked for that money',
    language: 'en',
    topics: ['Aid'],
    people: [{ person: zelensky, as: 'about' }],
    statement: {
      person: zelensky,
      quoteKind: 'translated',
      quote: 'We did not ask for it.',
      language: 'en',
      originalLanguage: 'uk',
      original: 'Ми не просили цього під час війни.',
      saidOn: '2024-02',
    },
  });
  await editor.logClaim({ text: 'Зеленський помирився з президентом', language: 'uk' });
  await editor.logClaim({ text: 'A bridge nobody may see', language: 'en', topics: ['Secrets'], state: 'draft' });
});

describe('search()', () => {
  it('finds claims, statements and sources by their words in any form', async () => {
    expect((await texts('bridges')).sort()).toEqual([
      'Minutes on the bridges',
      'The bridge in Mill Street was closed for a week',
    ]);
    expect(await texts('brucke')).toEqual(['Die Brücke war eine Woche gesperrt.']);
    expect(await texts('Wochen gesperrt')).toEqual(['Die Brücke war eine Woche gesperrt.']);
    expect(await texts('війною')).toEqual(['We did not ask for it.']);
  });

  it('finds words within Chinese and Japanese, which have no spaces, and marks them', async () => {
    await editor.logClaim({ text: '中国和日本签署了贸易协定', language: 'zh' });
    await editor.logClaim({ text: '首相は東京で橋の閉鎖を発表した', language: 'ja' });
    expect(await texts('贸易协定')).toEqual(['中国和日本签署了贸易协定']);
    expect(await texts('日本 协定')).toEqual(['中国和日本签署了贸易协定']);
    expect(await texts('易贸')).toEqual([]);
    expect(await texts('橋の閉鎖 -大阪')).toEqual(['首相は東京で橋の閉鎖を発表した']);
    const [claim] = (await find('东京 OR 日本')).items;
    expect(claim!.snippet.map(({ text }) => text).join('')).toBe('中国和日本签署了贸易协定');
    expect(claim!.snippet.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['日本']);
  });

  it('finds what has no language by its words as they are written', async () => {
    await editor.logClaim({ text: 'Tall', language: 'en', sources: [{ title: 'Chimneys here', role: 'context' }] });
    expect(await texts('chimneys here')).toEqual(['Chimneys here']);
  });

  it('reads phrases, -not and OR', async () => {
    expect(await texts('"closed for a week"')).toHaveLength(1);
    expect(await texts('"week closed"')).toEqual([]);
    expect(await texts('bridge -minutes')).toEqual(['The bridge in Mill Street was closed for a week']);
    expect((await texts('money or Brücke')).sort()).toEqual([
      'Die Brücke war eine Woche gesperrt.',
      'Ukraine never asked for that money',
    ]);
    await expect(find('-bridge')).rejects.toThrow('add a word to look for');
  });

  it.each(['Selenskyj', 'Zelensky', 'Зеленський'])(
    'finds one person by any spelling, what he said, what is about him, and what names him in another: %s',
    async (typed) => {
      const found = await texts(typed);
      expect(found[0]).toBe('Volodymyr Zelenskyy');
      expect(found.slice(1).sort()).toEqual([
        'Ukraine never asked for that money',
        'We did not ask for it.',
        'Зеленський помирився з президентом',
      ]);
    },
  );

  it('finds several names in other spellings together, and not what is unwanted', async () => {
    const merkel = await editor.addPerson({ name: 'Angela Merkel' });
    // Only names of whom the public knows are other spellings to it.
    const about = [{ person: merkel, as: 'about' as const }];
    await editor.logClaim({ text: 'The chancellor travels', language: 'en', people: about });
    const text = 'Zelenskyy met Merkel in Kyiv';
    await editor.logClaim({ text, language: 'en' });
    expect(await texts('Меркель Зеленський')).toEqual([text]);
    expect(await texts('selenskyj Merkel')).toEqual([text]);
    expect(await texts('Selenskyj Merkel -Kyiv')).toEqual([]);
    expect(await texts('Selenskyj Merkel -London OR zzz')).toEqual([text]);
    const [claim] = (await find('Меркель Зеленський')).items;
    expect(claim!.snippet.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['Zelenskyy', 'Merkel']);
    await editor.editClaim((await find('Kyiv')).items[0]!.id, { text: 'Nobody met anybody' });
  });

  it('finds a person by a misspelt name', async () => {
    expect(await texts('Zelensski')).toContain('Volodymyr Zelenskyy');
    expect(await texts('Zeleskyy')).toEqual(['Volodymyr Zelenskyy']);
  });

  it('takes an ordinary word for nobody whose name only sounds so, and puts names that begin so after texts', async () => {
    await editor.addPerson({ name: 'Luther Strange' });
    await editor.logClaim({
      text: 'Много стран закрыли стройки',
      language: 'ru',
      statement: {
        person: { name: 'Luther Strange' },
        quoteKind: 'verbatim',
        quote: 'Aye',
        language: 'en',
        saidOn: '2023',
      },
    });
    expect(await texts('стран')).toEqual(['Много стран закрыли стройки']);
    await editor.logClaim({
      text: 'A stran was stolen',
      language: 'en',
      statement: {
        person: { name: 'Luther Strange' },
        quoteKind: 'verbatim',
        quote: 'No',
        language: 'en',
        saidOn: '2023',
      },
    });
    expect(await texts('stran')).toEqual(['A stran was stolen', 'Luther Strange']);
  });

  it('marks what was looked for, in plain pieces', async () => {
    const [claim] = (await find('closing week', { type: ['claim'] })).items;
    expect(claim!.snippet).toEqual([
      { text: 'The bridge in Mill Street was ', hit: false },
      { text: 'closed', hit: true },
      { text: ' for a ', hit: false },
      { text: 'week', hit: true },
    ]);
  });

  it('counts what was found, by type, person, verdict, topic, year, language and publisher', async () => {
    const { facets, complete } = await find('bridge OR Brücke');
    expect(complete).toBe(true);
    expect(facets.type).toEqual([
      { value: 'claim', count: 1 },
      { value: 'source', count: 1 },
      { value: 'statement', count: 1 },
    ]);
    expect(facets.person.map(({ person, count }) => [person.name, count])).toEqual([
      ['Ada Moss', 2],
      ['Millford Council', 1],
    ]);
    expect(facets.status).toEqual([{ value: 'unverified', count: 2 }]);
    expect(facets.topic.map(({ topic, count }) => [topic.name, count])).toEqual([['Roads', 2]]);
    expect(facets.year).toEqual([{ value: '2025', count: 2 }]);
    expect(facets.language).toEqual([
      { value: 'en', count: 2 },
      { value: 'de', count: 1 },
    ]);
    expect(facets.publisher.map(({ person, count }) => [person.name, count])).toEqual([['Millford Council', 2]]);
  });

  it.each(['bridge OR Brücke', 'money OR ask', 'Zelensky'])(
    'counts of each value what the filter of its name leaves: %s',
    async (q) => {
      const { facets } = await find(q);
      for (const [facet, values] of Object.entries(facets))
        for (const { value, count } of values) {
          const filter = facet === 'year' ? { from: value, to: value } : { [facet]: isList(facet) ? [value] : value };
          expect([facet, value, (await find(q, filter)).items.length]).toEqual([facet, value, count]);
        }
    },
  );

  it('takes a claim on which nobody said anything for as old as what was found on it', async () => {
    const judged = await editor.logClaim({ text: 'Herrings were judged', language: 'en' });
    await editor.giveVerdict(judged, {
      status: 'false',
      summary: 'No',
      decidedAt: '2024-05',
      evidence: [{ title: 'A report', role: 'refutes' }],
    });
    await editor.logClaim({ text: 'Herrings nobody judged', language: 'en' });
    expect(await texts('herrings', { from: '2024', to: '2024' })).toEqual(['Herrings were judged']);
    expect(await texts('herrings', { from: '2025' })).toEqual([]);
    expect((await find('herrings')).facets.year).toEqual([{ value: '2024', count: 1 }]);
  });

  it('filters, and counts what the filters leave', async () => {
    expect(await texts('bridge OR Brücke', { language: ['de'] })).toEqual(['Die Brücke war eine Woche gesperrt.']);
    expect((await find('bridge', { type: ['source'] })).facets.type).toEqual([{ value: 'source', count: 1 }]);
    expect(await texts('bridge', { topic: ['roads'] })).toEqual(['The bridge in Mill Street was closed for a week']);
    expect(await texts('bridge', { topic: ['aid'] })).toEqual([]);
    expect(await texts('money', { from: '2024-02-10', to: '2024-02' })).toEqual(['Ukraine never asked for that money']);
    expect(await texts('money', { from: '2025' })).toEqual([]);
    expect(await texts('ask', { person: zelensky, type: ['statement'] })).toEqual(['We did not ask for it.']);
  });

  it('shows no draft, no withdrawn claim, nor anything of them in the counts', async () => {
    const { items, facets } = await find('bridge nobody');
    expect(items).toEqual([]);
    expect(Object.values(facets).flat()).toEqual([]);
  });

  it('counts thousands exactly, and says where it does not', async () => {
    const pebbles = (from: number, to: number) =>
      editor.act('test.fill', (tx) =>
        sql`insert into claims (id, canonical_id, slug, text, language, kind, state)
            select id, id, 'pebble-' || i || '-x', 'A pebble', 'en', 'fact', 'published'
              from generate_series(${from}::int, ${to}::int) as i
              cross join lateral (select ('0190aaaa-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as id) as its`.execute(
          tx,
        ),
      );
    await pebbles(1, 3000);
    await sql`analyze`.execute(database.db); // as PostgreSQL does by itself within a minute
    const { facets, complete } = await find('pebbles');
    expect(complete).toBe(true);
    expect(facets.status).toEqual([{ value: 'unverified', count: 3000 }]);

    await pebbles(3001, 5001);
    const found = await find('pebbles');
    expect(found.complete).toBe(false);
    expect(found.facets.type).toEqual([{ value: 'claim', count: 200 }]);

    await countWords(database.db);
    expect(await find('pebbles')).toMatchObject({
      complete: false,
      facets: { type: [{ value: 'claim', count: 200 }] },
    });
    expect((await find('pebble minutes')).complete).toBe(true);
  });

  it('is answered, and never errs, whatever is typed', async () => {
    for (const q of [
      "'",
      '\\',
      '!!!',
      '🙂',
      '"',
      'a:*b & | !',
      '()',
      '<->',
      'or',
      'OR or',
      '" "',
      '%',
      '\u{f8f0}x\u{f8f1}',
      '\u0001',
      'x'.repeat(200),
      '- -',
      '__proto__',
    ])
      expect((await find(q)).items).toEqual([]);
  });
});
