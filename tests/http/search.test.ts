import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Hit, SearchAnswer } from '../../src/web/answers.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aVerdict } = recordsOn(site);

async function search(query: string): Promise<SearchAnswer> {
  return (await site.get(`search?${query}`).expect(200)).body;
}

let claim: Body;
beforeAll(async () => {
  claim = await aClaim({
    by: 'Ada Search',
    text: 'The lighthouse was sold',
    topics: ['Harbour'],
    quote: 'We sold the lighthouse.',
  });
  await aVerdict(claim, { status: 'mixed' });
  for (let n = 0; n < 7; n++) await aClaim({ text: `A lighthouse, number ${n}` });
});

describe('GET /api/v1/search', () => {
  it('answers whoever asks with records, the words marked, and counts', async () => {
    const { items, facets, complete } = await search('q=lighthouses+sold');
    expect(items.map(({ type }) => type)).toEqual(['claim', 'statement']);
    expect(items[0]).toMatchObject({ id: claim.id, slug: claim.slug, url: claim.url, verdict: { status: 'mixed' } });
    expect(items[0]!.snippet.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['lighthouse', 'sold']);
    expect(facets.status).toEqual([{ value: 'mixed', count: 2 }]);
    expect(complete).toBe(true);
  });

  it('marks many words where the record is in many languages', async () => {
    const text = 'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa';
    for (const language of ['de', 'fr', 'es', 'pt', 'uk', 'ru', 'it'])
      await aClaim({ text: `${text} ${language}`, language });
    const { items } = await search(`q=${encodeURIComponent(text)}&limit=1`);
    expect(items[0]!.snippet.filter(({ hit }) => hit)).toHaveLength(16);
  });

  it('pages through everything once, best first, and the counts stay', async () => {
    const whole = await search('q=lighthouse&limit=100');
    const found: Hit[] = [];
    for (let cursor = ''; ; ) {
      const { items, facets, page } = await search(`q=lighthouse&limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...items);
      expect(facets).toEqual(whole.facets);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(found).toEqual(whole.items);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
  });

  it('finds as of an instant what was found then', async () => {
    const before = await search('q=ziggurat');
    const stamp = (await site.get(`claims/${claim.id}`).expect(200)).body.updatedAt;
    await aClaim({ text: 'A ziggurat was built' });
    expect((await search('q=ziggurat')).items).toHaveLength(1);
    expect((await search(`q=ziggurat&asOf=${stamp}`)).items).toEqual(before.items);
  });

  it.each(['0', '101', 'x', '1.5'])('says what a limit may be: %s', async (limit) => {
    const { body } = await site.get(`search?q=a&limit=${limit}`).expect(422);
    expect(body.errors).toEqual([{ pointer: '/limit', detail: 'must be a whole number from 1 to 100' }]);
  });

  it.each([
    ['', '/q'],
    ['q=', '/q'],
    ['q=%00', '/q'],
    ['q=-bridge', '/q'],
    ['q=a&type=planet', '/type/0'],
    ['q=a&person=nobody-at-all', '/person'],
    ['q=a&publisher=nobody-at-all', '/publisher'],
    ['q=a&language=english!', '/language/0'],
    ['q=a&from=09/02/2025', '/from'],
    ['q=a&limit=0', '/limit'],
    ['q=a&cursor=x', '/cursor'],
    ['q=a&asOf=2999-01-01', '/asOf'],
    ['q=a&page=2', '/page'],
  ])('refuses “%s” and says that it is %s', async (query, pointer) => {
    const { body } = await site.get(`search?${query}`).expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
