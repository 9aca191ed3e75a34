import { beforeAll, describe, expect, it } from '@jest/globals';
import { searchedClaims } from '../../src/domain/exchange/claims-search.ts';
import { testDatabase } from '../support/database.ts';
import { importText } from '../support/importing.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const empty = testDatabase();
const { aClaim, aVerdict } = recordsOn(site);
const search = async (query: string): Promise<Body> =>
  (await site.get(`/v1alpha1/claims:search?${query}`).expect(200)).body;
const texts = (answer: Body): string[] => (answer.claims ?? []).map(({ text }: Body) => text);

let bridge: Body;
beforeAll(async () => {
  bridge = await aClaim({ text: 'The bridges were closed', by: 'Ada Moss', saidOn: '2026-03-14' });
  await aVerdict(bridge, { status: 'true', summary: 'First thought', decidedAt: '2026-03-15' });
  await aVerdict(bridge, { status: 'false', summary: 'They were open', decidedAt: '2026-03-20' });
  await aVerdict(bridge, {
    by: 'Fact Example',
    status: 'mixed',
    nativeLabel: 'Half True',
    url: 'https://www.fact.example.com/bridge',
    decidedAt: '2026-03-16',
  });
  const german = await aClaim({ text: 'Die Fähre war zu spät', language: 'de', by: 'Ada Moss', saidOn: '2026-03~' });
  await aVerdict(german, {
    by: 'Fakten Beispiel',
    status: 'true',
    nativeLabel: 'Stimmt',
    url: 'https://fakten.example.de/1',
    decidedAt: '2020-01-01',
  });
  await aClaim({ text: 'The bridges of Zyzzyva', state: 'draft' }).then((draft) => aVerdict(draft));
  await aClaim({ text: 'The bridges that nobody reviewed' });
});

describe('GET /v1alpha1/claims:search', () => {
  it('answers in Google’s shape: ours that stands, and others’ by their own label', async () => {
    expect(await search('query=bridge&key=AIza&alt=json')).toEqual({
      claims: [
        {
          text: 'The bridges were closed',
          claimant: 'Ada Moss',
          claimDate: '2026-03-14T00:00:00Z',
          claimReview: [
            {
              publisher: { name: 'Record Check', site: 'record.test' },
              url: bridge.url,
              title: 'They were open',
              reviewDate: '2026-03-20T00:00:00Z',
              textualRating: 'False',
              languageCode: 'en',
            },
            {
              publisher: { name: 'Fact Example', site: 'fact.example.com' },
              url: 'https://www.fact.example.com/bridge',
              reviewDate: '2026-03-16T00:00:00Z',
              textualRating: 'Half True',
              languageCode: 'en',
            },
          ],
        },
      ],
    });
  });

  it('answers {} where nothing is found', async () => {
    expect(await search('query=submarine')).toEqual({});
    expect(await search('query=zyzzyva')).toEqual({});
    expect(await search('query=nobody+reviewed')).toEqual({});
  });

  it('filters by language, publisher and age', async () => {
    expect(texts(await search('query=f%C3%A4hre&languageCode=de-AT'))).toEqual(['Die Fähre war zu spät']);
    expect(texts(await search('query=bridge&languageCode=de'))).toEqual([]);
    const theirs = await search('reviewPublisherSiteFilter=fact.example.com');
    expect(theirs.claims[0].claimReview.map(({ textualRating }: Body) => textualRating)).toEqual(['Half True']);
    expect(texts(await search('reviewPublisherSiteFilter=record.test'))).toEqual(['The bridges were closed']);
    expect(texts(await search('query=f%C3%A4hre&maxAgeDays=30'))).toEqual([]);
  });

  it('finds whatever has half of the words, in any form, what has the most and the rarest first', async () => {
    for (const text of ['The ferries were sunk', 'A toll for ferries that were sunk is old'])
      await aVerdict(await aClaim({ text }), { decidedAt: '2019-01-01' });
    expect(texts(await search('query=ferry+sinks+sunk+submarine'))).toHaveLength(2);
    expect(texts(await search('query=toll+ferries+sunk+submarine'))).toEqual([
      'A toll for ferries that were sunk is old',
      'The ferries were sunk',
    ]);
    expect(texts(await search('query=ferries+submarines+flags'))).toEqual([]);
    expect(await search('query=the')).toEqual({});
  });

  it('pages by token, and by offset', async () => {
    const more = await aClaim({ text: 'The bridges are old' });
    await aVerdict(more, { decidedAt: '2026-01-01' });
    const first = await search('query=bridges&pageSize=1');
    expect(texts(first)).toEqual(['The bridges were closed']);
    const second = await search(`query=bridges&pageSize=1&pageToken=${first.nextPageToken}`);
    expect(texts(second)).toEqual(['The bridges are old']);
    expect(second).not.toHaveProperty('nextPageToken');
    expect(texts(await search('query=bridges&offset=1'))).toEqual(['The bridges are old']);
  });

  it.each([
    ['', /query/],
    ['query=', /query/],
    ['query=x&pageSize=many', /pageSize/],
    ['query=x&maxAgeDays=-1', /maxAgeDays/],
    ['query=x&languageCode=not+one', /languageCode/],
    ['query=x&pageToken=forged', /pageToken/],
    ['query=x&wrong=1', /Unknown name "wrong"/],
    ['query=%00', /text/],
  ])('refuses "%s" as Google does', async (query, message) => {
    const { body } = await site.get(`/v1alpha1/claims:search?${query}`).expect(400);
    expect(body).toEqual({ error: { code: 400, status: 'INVALID_ARGUMENT', message: expect.stringMatching(message) } });
  });

  it('never fails, whatever is looked for', async () => {
    for (const query of ['"', "' or 1=1", '((', '!', '\\', '-', '<->', '%', '👩‍👩‍👧', ':*'])
      await site.get(`/v1alpha1/claims:search?query=${encodeURIComponent(query)}`).expect(200);
  });

  it('goes round: what another record imports of it, that one answers', async () => {
    const elsewhere = { name: 'Elsewhere', url: 'https://elsewhere.example.net' };
    const { claims } = await search('query=bridge');
    const { report } = await importText(empty.db, 'claims-search', JSON.stringify({ claims }), { us: elsewhere });
    expect(report.refusals).toEqual([]);
    const asked = { query: 'bridge', pageSize: 10, offset: 0, after: null };
    expect((await searchedClaims(empty.db, asked, elsewhere)).claims).toEqual(claims);
  });
});
