import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Body, quotes, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aResponse, aStatement, aVerdict, timeline } = recordsOn(site);

/** The quotes on a timeline, oldest first. */
const found = async (person: string, query = ''): Promise<string[]> =>
  quotes(await timeline(person, `order=asc&${query}`));

describe('from and to', () => {
  beforeAll(async () => {
    const dates = ['2025-01', '2025-02-07', '2025-02-08~', '2025-02-09', '../2025-02-08', '2025-02-10/..', '2025'];
    for (const saidOn of dates) await aStatement({ by: 'Ada Dates', saidOn, quote: saidOn });
  });

  it.each([
    ['from=2025-02-09', ['2025', '2025-02-08~', '2025-02-09', '2025-02-10/..']],
    ['to=2025-02-07', ['2025', '2025-01', '../2025-02-08', '2025-02-07', '2025-02-08~']],
    ['from=2025-02-07&to=2025-02-07', ['2025', '../2025-02-08', '2025-02-07', '2025-02-08~']],
    ['from=2025-01&to=2025-01', ['2025', '2025-01', '../2025-02-08']],
    ['from=2026', ['2025-02-10/..']],
    ['to=2024', ['../2025-02-08']],
    ['from=2025-02-10~&to=2025-02-10~', ['2025', '2025-02-08~', '2025-02-09', '2025-02-10/..']],
  ])('%s finds what overlaps, whole periods inclusive', async (query, expected) => {
    expect((await found('ada-dates', query)).sort()).toEqual([...expected].sort());
  });

  it('sorts by the lower bound, an open one at its end, and desc is the exact reverse', async () => {
    const order = ['2025-01', '2025', '2025-02-07', '2025-02-08~', '../2025-02-08', '2025-02-09', '2025-02-10/..'];
    expect(await found('ada-dates')).toEqual(order);
    expect(quotes(await timeline('ada-dates'))).toEqual(order.reverse());
  });

  it.each([
    ['from=2025-03&to=2025-02', '/to'],
    ['from=09/02/2025', '/from'],
    ['to=yesterday', '/to'],
  ])('refuses %s, and says where', async (query, pointer) => {
    const { body } = await site.get(`people/ada-dates/timeline?${query}`).expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it('names both readings of a date with slashes', async () => {
    const { body } = await site.get('people/ada-dates/timeline?from=09/02/2025').expect(422);
    expect(body.detail).toMatch(/2025-02-09/);
    expect(body.detail).toMatch(/2025-09-02/);
  });

  it('orders within a day by sequence, then as recorded', async () => {
    for (const [quote, sequence] of [
      ['c', 1],
      ['a', -1],
      ['b', 0],
      ['d', 1],
    ] as const)
      await aStatement({ by: 'Bob Order', quote, sequence });
    expect(await found('bob-order')).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('what is said of the claims', () => {
  let wars: Body;
  beforeAll(async () => {
    const [war, peace, talk] = [
      await aClaim({ by: 'Ada Filters', quote: 'on war', text: 'War is near', topics: ['War', 'Russia'] }),
      await aClaim({ by: 'Ada Filters', quote: 'on peace', text: 'Peace is near', topics: ['Peace'] }),
      await aClaim({ by: 'Somebody', text: 'There was a call' }),
    ];
    await aVerdict(war, { status: 'false' });
    await aVerdict(peace, { status: 'true' });
    await aVerdict(peace, { status: 'mixed', by: 'AFP' });
    await aResponse(talk, { by: 'Ada Filters', stance: 'neither_confirms_nor_denies', quote: 'neither' });
    await aResponse(talk, { by: 'Ada Filters', stance: 'partly_denies', quote: 'partly' });
    wars = war;
  });
  const ada = (query: string) => found('ada-filters', query);

  it('status is ours; anyStatus is anybody’s', async () => {
    expect(await ada('status=false')).toEqual(['on war']);
    expect(await ada('status=mixed')).toEqual([]);
    expect(await ada('anyStatus=mixed')).toEqual(['on peace']);
    expect(await ada('status=unverified')).toEqual(['neither', 'partly']);
    expect(await ada('status=true,false')).toEqual(['on war', 'on peace']);
  });

  it('stance=denies does not show who neither confirms nor denies', async () => {
    expect(await ada('stance=denies')).toEqual([]);
    expect(await ada('stance=denies,partly_denies')).toEqual(['partly']);
    expect(await ada('stance=neither_confirms_nor_denies')).toEqual(['neither']);
  });

  it('topic is an id or a slug, or several', async () => {
    const { id } = wars.topics.find((topic: Body) => topic.slug === 'war');
    expect(await ada('topic=war')).toEqual(['on war']);
    expect(await ada(`topic=${id}`)).toEqual(['on war']);
    expect(await ada(`topic=peace,${id}`)).toEqual(['on war', 'on peace']);
    expect(await ada('topic=nothing')).toEqual([]);
  });

  it('q finds words in any form, phrases, -not and OR, in the quote, in the original and in the claim', async () => {
    await aStatement({
      by: 'Olha Words',
      quote: 'The bridges were closed',
      original: 'Мости закрили під час війни',
      originalLanguage: 'uk',
      quoteKind: 'translated',
    });
    for (const q of ['bridge', '"bridges were"', 'closing', 'війна', 'tunnel OR bridge', 'bridge -tunnel'])
      expect([q, await found('olha-words', `q=${encodeURIComponent(q)}`)]).toEqual([q, ['The bridges were closed']]);
    for (const q of ['"closed bridges"', 'bridge -closed', 'brid', 'tunnel'])
      expect([q, await found('olha-words', `q=${encodeURIComponent(q)}`)]).toEqual([q, []]);
  });

  it('q finds words of the quote and of the claim, all of them', async () => {
    expect(await ada('q=PEACE')).toEqual(['on peace']);
    expect(await ada('q=near')).toEqual(['on war', 'on peace']);
    expect(await ada('q=war+near')).toEqual(['on war']);
    expect(await ada('q=%25')).toEqual([]);
    expect(await ada('q=n_ar')).toEqual([]);
  });

  it('several hold together, and of one and the same position', async () => {
    expect(await ada('status=true&topic=peace&q=near&stance=asserts&from=2025-02-08&to=2025-02-08')).toEqual([
      'on peace',
    ]);
    expect(await ada('status=true&topic=war')).toEqual([]);
    const [one, two] = [await aClaim({ topics: ['Bread'] }), await aClaim({ topics: ['Salt'] })];
    await aVerdict(two, { status: 'true' });
    const positions = [one, two].map((claim) => ({ claim: claim.id, stance: 'asserts' }));
    await aStatement({ by: 'Bob Both', quote: 'both', positions });
    expect(await found('bob-both', 'topic=salt&status=true')).toEqual(['both']);
    expect(await found('bob-both', 'topic=bread&status=true')).toEqual([]);
  });
});

describe('the parameters', () => {
  beforeAll(() => aStatement({ by: 'Ada Parameters' }));

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=ten', '/limit'],
    ['order=up', '/order'],
    ['stance=denied', '/stance/0'],
    ['status=true,maybe', '/status/1'],
    ['status=', '/status/0'],
    ['topic=Not A Slug', '/topic/0'],
    ['q=', '/q'],
    ['q=%00', '/q'],
    ['q=-war', '/q'],
    ['state=draft', '/state'],
    ['Limit=5', '/Limit'],
    ['__proto__=x', '/__proto__'],
    ['constructor=x', '/constructor'],
    ['from[]=2025', '/from[]'],
    ['a/b~c=1', '/a~1b~0c'],
  ])('%s is refused, and named', async (query, pointer) => {
    const { body } = await site.get(`people/ada-parameters/timeline?${encodeURI(decodeURI(query))}`).expect(422);
    expect(body.errors.map((error: Body) => error.pointer)).toEqual([pointer]);
  });

  it('given twice are refused', async () => {
    const { body } = await site.get('people/ada-parameters/timeline?limit=1&limit=2').expect(422);
    expect(body.errors).toEqual([{ pointer: '/limit', detail: expect.stringMatching(/twice/) }]);
  });

  it.each(['q=%E0%A4%A', 'q=%FF'])('badly encoded are 400: %s', (query) =>
    site.get(`people/ada-parameters/timeline?${query}`).expect(400),
  );

  it('give as many as limit says', async () => {
    for (const quote of ['2', '3']) await aStatement({ by: 'Ada Parameters', quote });
    const page = await timeline('ada-parameters', 'limit=2');
    expect(page.items).toHaveLength(2);
    expect(page.page).toEqual({ limit: 2, next: expect.any(String) });
  });
});
