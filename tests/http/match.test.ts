import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/db/types.ts';
import { countWords } from '../../src/db/word-counts.ts';
import type { Matches } from '../../src/web/answers.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aVerdict } = recordsOn(site);
const match = async (body: object, role?: Role): Promise<Matches> =>
  (await site.call('post', 'claims/match', role).send(body).expect(200)).body;

let lighthouse: Body;
let summit: Body;
beforeAll(async () => {
  await aPerson('Volodymyr Zelenskyy', { names: [{ name: 'Володимир Зеленський', kind: 'primary', language: 'uk' }] });
  lighthouse = await aClaim({
    by: 'Ada Moss',
    text: 'The council sold the old lighthouse at Karrow Point to a hotel company for one million crowns',
    quote: 'Nobody asked the keepers, and the beacon went for a song.',
  });
  await aVerdict(lighthouse, { status: 'mixed', summary: 'The land was sold, the tower was leased' });
  summit = await aClaim({
    text: 'Zelenskyy left the summit at Reykjavik before the communiqué was signed',
    people: [{ person: 'volodymyr-zelenskyy', as: 'about' }],
  });
  await aClaim({ text: 'The ferry to Karrow Point was cancelled in the storm' });
  for (let n = 0; n < 30; n++) await aClaim({ text: `The council met on day ${n} and spoke about road number ${n}` });
  await countWords(site.db);
});

describe('POST /api/v1/claims/match', () => {
  it('finds the claim that a text repeats in other words, with why, its verdict and its statements', async () => {
    const text =
      'Shocking!! They SOLD our old #KarrowPoint lighthouse to some hotel company for a million crowns https://t.co/x';
    const { match: found, items } = await match({ text });
    expect(found).toBe('same');
    expect(items[0]).toMatchObject({
      id: lighthouse.id,
      slug: lighthouse.slug,
      url: lighthouse.url,
      text: lighthouse.text,
      state: 'published',
      verdict: { status: 'mixed' },
      statementCount: 1,
      match: 'same',
    });
    expect(items[0]!.words).toEqual(
      expect.arrayContaining([
        { word: 'lighthouse', claims: 1 },
        { word: 'karrow', claims: 2 },
      ]),
    );
    const rarity = items[0]!.words.map(({ claims }) => claims);
    expect(rarity).toEqual(rarity.toSorted((a, b) => a - b));
  });

  it('says that nothing matches where nothing does, though common words are on record', async () => {
    const asked = await match({ text: 'The council spoke about a comet that will hit Saturn on Tuesday' });
    expect(asked.match).toBe('none');
    expect(asked.items.every((item) => item.match === 'none')).toBe(true);
    expect(await match({ text: 'Quokkas juggle xylophones' })).toEqual({ match: 'none', items: [] });
    expect(await match({ text: '🙂 !!! https://example.org/lighthouse' })).toEqual({ match: 'none', items: [] });
  });

  it('calls similar what shares much but not enough', async () => {
    const { match: found, items } = await match({
      text: 'A hotel company plans to paint the lighthouse at Karrow Point',
    });
    expect(found).toBe('similar');
    expect(items[0]!.id).toBe(lighthouse.id);
  });

  it('finds a claim by what was said on it', async () => {
    const { items } = await match({ text: 'nobody asked the keepers about their beacon' });
    expect(items[0]!.id).toBe(lighthouse.id);
  });

  it('finds a claim by what was said on it after much else', async () => {
    const claim = await aClaim({ by: 'Ada Moss', text: 'The mill was haunted', quote: 'I saw it.' });
    for (const quote of ['So did I.', 'Nobody did.', 'Ectoplasm dripped from the weathervane.'])
      await site
        .call('post', `claims/${claim.slug}/responses`, 'editor')
        .send({
          person: 'ada-moss',
          stance: 'confirms',
          quoteKind: 'verbatim',
          quote,
          language: 'en',
          saidOn: '2025',
        })
        .expect(201);
    const { items } = await match({ text: 'ectoplasm on our weathervane' });
    expect(items[0]).toMatchObject({ id: claim.id });
    expect(items[0]!.words.map(({ word }) => word).sort()).toEqual(['ectoplasm', 'weathervane']);
  });

  it('finds a name that is written otherwise, also in another script', async () => {
    for (const name of ['Selenskyj', 'Зеленський']) {
      const { items } = await match({ text: `${name} · Reykjavik` });
      expect(items[0]).toMatchObject({ id: summit.id });
      expect(items[0]!.words.map(({ word }) => word)).toContain(name.toLowerCase());
    }
  });

  it('prefers what the person asked for said, or what is about them', async () => {
    const text = 'The council is corrupt, and the Karrow Point story will come out';
    const asked = await match({ text, person: 'ada-moss' });
    expect(asked.items[0]!.id).toBe(lighthouse.id);
    const without = await match({ text });
    const score = ({ items }: Matches) => items.find(({ id }) => id === lighthouse.id)!.score;
    expect(score(asked)).toBeGreaterThan(score(without));
  });

  it('gives five candidates unless told, best first, the one first on record first among equals', async () => {
    const text = 'council road met';
    const { items } = await match({ text });
    expect(items).toHaveLength(5);
    const many = (await match({ text, limit: 20 })).items;
    expect(many.slice(0, 5)).toEqual(items);
    expect(many.map(({ score }) => score)).toEqual(many.map(({ score }) => score).toSorted((a, b) => b - a));
    const equals = many.filter(({ score }) => score === many[0]!.score).map(({ id }) => id);
    expect(equals).toEqual(equals.toSorted());
  });

  it('shows drafts, and what was said in them, to the desk alone', async () => {
    const draft = await aClaim({ text: 'A zeppelin was moored above the granary of Plumwick', state: 'draft' });
    const text = 'Zeppelin above the Plumwick granary';
    expect(await match({ text })).toEqual({ match: 'none', items: [] });
    const { items } = await match({ text }, 'contributor');
    expect(items[0]).toMatchObject({ id: draft.id, state: 'draft' });
  });

  it('takes the language told, and finds the words of its own forms', async () => {
    const claim = await aClaim({ text: 'Die Stadtwerke haben alle Schwimmbäder geschlossen', language: 'de' });
    for (const language of ['de', undefined]) {
      const { items } = await match({ text: 'Das Schwimmbad der Stadtwerke wird nicht geschlossen', language });
      expect(items[0]!.id).toBe(claim.id);
    }
  });

  it.each([
    [{}, '/text'],
    [{ text: '  ' }, '/text'],
    [{ text: 'x'.repeat(5001) }, '/text'],
    [{ text: 'a\u0000b' }, '/text'],
    [{ text: 'x', language: 'English!' }, '/language'],
    [{ text: 'x', person: 'nobody-at-all' }, '/person'],
    [{ text: 'x', limit: 101 }, '/limit'],
    [{ text: 'x', limit: '5' }, '/limit'],
    [{ text: 'x', asOf: '2025-02-08' }, '/asOf'],
  ])('refuses %j, and says where', async (body, pointer) => {
    const answer = await site.call('post', 'claims/match').send(body).expect(422);
    expect(answer.body.errors.map((error: Body) => error.pointer)).toEqual([pointer]);
  });

  it('answers whatever is typed', async () => {
    for (const text of [
      "'",
      '\\',
      "a\\'b & c | !d <-> e:*",
      '((((',
      'ʼ’ʼ',
      '\u202e٣٤ ½',
      '#',
      'ﬁn\u0301',
      'ж'.repeat(3000),
    ])
      await match({ text });
  });
});
