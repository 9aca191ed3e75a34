import { describe, expect, it } from '@jest/globals';
import { type Body, quotes, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aResponse, aStatement, anAttribution, aVerdict, amend, timeline } = recordsOn(site);

/** The stamp of the last change: the record as of it is the record now. */
const lastStamp = async (): Promise<string> =>
  (
    await site.db
      .selectFrom('changes')
      .select(({ fn, val, eb }) =>
        fn<string>('to_char', [
          eb.cast<Date>(eb.fn('timezone', [val('UTC'), eb.fn.max('at')]), 'timestamp'),
          val('YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        ]).as('at'),
      )
      .executeTakeFirstOrThrow()
  ).at;

describe('asOf', () => {
  it('before everything gives an empty timeline, and of a record that it was not yet recorded', async () => {
    const claim = await aClaim({ by: 'Ada Before' });
    expect(await timeline('ada-before', 'asOf=2000-01-01')).toMatchObject({
      person: { slug: 'ada-before' },
      asOf: '2000-01-01T23:59:59.999999Z',
      items: [],
      page: { limit: 20, next: null },
    });
    for (const path of [
      `claims/${claim.id}`,
      `statements/${claim.statement.id}`,
      'people/ada-before',
      `claims/${claim.id}/responses`,
    ]) {
      const { body } = await site.get(`${path}?asOf=2000-01-01`).expect(404);
      expect(body.code).toBe('not_yet_recorded');
    }
    expect((await site.get('claims?asOf=2000-01-01').expect(200)).body.items).toEqual([]);
    expect((await site.get('statements?person=ada-before&asOf=2000-01-01').expect(200)).body.items).toEqual([]);
  });

  it('gives every answer as it was given then', async () => {
    const claim = await aClaim({ by: 'Ada Then', topics: ['Bridges'] });
    await aResponse(claim, { by: 'Bob Then' });
    await aVerdict(claim, { status: 'mixed' });
    const paths = [
      'people/ada-then/timeline',
      'people/ada-then',
      `claims/${claim.id}`,
      `claims/${claim.id}/responses`,
      `claims/${claim.id}/verdicts`,
      `statements/${claim.statement.id}`,
      'claims?limit=5',
      'statements?person=ada-then',
      'people?q=Then',
      'topics',
    ];
    const get = async (path: string, query: string) => {
      const { body } = await site.get(`${path}${query && (path.includes('?') ? '&' : '?')}${query}`).expect(200);
      return { ...body, asOf: null };
    };
    const then = await Promise.all(paths.map((path) => get(path, '')));
    const stamp = await lastStamp();
    await amend(`claims/${claim.id}`, { text: 'Otherwise', topics: ['Tunnels'], slug: 'otherwise' });
    await amend('people/ada-then', { name: 'Ada Now', slug: 'ada-now', roles: [{ title: 'Countess' }] });
    await amend(`statements/${claim.statement.id}`, { quote: 'Otherwise', saidOn: '2024' });
    await aVerdict(claim, { status: 'false' });
    await anAttribution(claim.statement, { status: 'fabricated' });
    await aResponse(claim, { by: 'Ada Now', saidOn: '2023' });
    for (const [index, path] of paths.entries()) expect(await get(path, `asOf=${stamp}`)).toEqual(then[index]);
    expect(await get(paths[0]!, '')).not.toEqual(then[0]);
  });

  it('knows one microsecond from the next', async () => {
    const { id } = await aPerson('Micro Second', { description: 'before' });
    await aStatement({ by: id });
    await amend(`people/${id}`, { description: 'after' });
    const stamp = await lastStamp();
    const [head, micros] = [stamp.slice(0, 20), Number(stamp.slice(20, 26))];
    const earlier = micros > 0 ? `${head}${String(micros - 1).padStart(6, '0')}Z` : stamp;
    const at = async (instant: string) => (await site.get(`people/${id}?asOf=${instant}`).expect(200)).body.description;
    expect(await at(stamp)).toBe('after');
    if (earlier !== stamp) expect(await at(earlier)).toBe('before');
  });

  it('takes an offset, and says the instant in UTC', async () => {
    await aStatement({ by: 'Ada Offset' });
    const { body } = await site.get('people/ada-offset/timeline?asOf=2025-02-12T15:00:00.5%2B03:00').expect(200);
    expect(body.asOf).toBe('2025-02-12T12:00:00.500000Z');
  });

  it.each([
    ['2999-01-01', /future/],
    [new Date().toISOString().slice(0, 10), /not over yet/],
    ['2025-02-12T12:00:00', /no time zone/],
    ['12.02.2025', /instant/],
    ['2025-02-30', /calendar/],
    ['2025-02-12T12:00:00.1234567Z', /six decimals/],
    ['', /instant/],
  ])('refuses %j', async (asOf, why) => {
    await aStatement({ by: 'Ada Refused' });
    const { body } = await site.get(`people/ada-refused/timeline?asOf=${asOf}`).expect(422);
    expect(body.errors).toEqual([{ pointer: '/asOf', detail: expect.stringMatching(why) }]);
  });

  it('finds a record by the slug that it has in the present', async () => {
    const claim = await aClaim({ by: 'Ada Slug', text: 'A slug of then' });
    const stamp = await lastStamp();
    await amend(`claims/${claim.id}`, { slug: 'a-slug-of-now' });
    const { body } = await site.get(`claims/a-slug-of-now?asOf=${stamp}`).expect(200);
    expect(body).toMatchObject({ id: claim.id, slug: 'a-slug-of-then' });
  });

  it('is not for writes', async () => {
    await site.post('people?asOf=2020-01-01', { name: 'Too Early' }).expect(422);
  });

  it('shows drafts to nobody but who holds a token', async () => {
    const claim = await aClaim({ by: 'Ada Draft', state: 'draft' });
    const stamp = await lastStamp();
    await amend(`claims/${claim.id}`, { state: 'published' });
    expect((await site.get(`claims/${claim.id}?asOf=${stamp}`).expect(404)).body.code).toBe('not_yet_recorded');
    await site.get(`claims/${claim.id}?asOf=${stamp}`, 'contributor').expect(200);
  });
});

describe('what was withdrawn since', () => {
  const withdrawn = async (by: string) => {
    const claim = await aClaim({ by, quote: 'then' });
    await aStatement({ by, quote: 'still' });
    const before = await lastStamp();
    await amend(`statements/${claim.statement.id}`, { state: 'withdrawn', withdrawnBecause: 'A hoax' });
    const statementSince = await lastStamp();
    await amend(`claims/${claim.id}`, { state: 'withdrawn' });
    return { claim, before, statementSince, claimSince: await lastStamp() };
  };

  it('is seen as of before, and says since when', async () => {
    const { claim, before, statementSince, claimSince } = await withdrawn('Ada Hoax');
    expect((await site.get(`claims/${claim.id}?asOf=${before}`).expect(200)).body.withdrawnSince).toBe(claimSince);
    expect((await site.get(`statements/${claim.statement.id}?asOf=${before}`).expect(200)).body).toMatchObject({
      quote: 'then',
      state: 'published',
      withdrawnSince: statementSince,
    });
    await site.get(`claims/${claim.id}?asOf=${claimSince}`).expect(410);
  });

  it('is on the timeline as of before, which says so', async () => {
    const { claim, before, statementSince } = await withdrawn('Bob Hoax');
    const then: Body = await timeline('bob-hoax', `asOf=${before}`);
    expect(quotes(then).sort()).toEqual(['still', 'then']);
    expect(then.page.withdrawn).toEqual([{ statementId: claim.statement.id, since: statementSince }]);
    expect(quotes(await timeline('bob-hoax'))).toEqual(['still']);
    expect(quotes(await timeline('bob-hoax', `asOf=${statementSince}`))).toEqual(['still']);
  });

  it('leaves the person to be seen as of before, who is no longer public', async () => {
    const claim = await aClaim({ by: 'Only Hoax', quote: 'all there was' });
    const before = await lastStamp();
    await amend(`statements/${claim.statement.id}`, { state: 'withdrawn' });
    await site.get('people/only-hoax/timeline').expect(404);
    expect(quotes(await timeline('only-hoax', `asOf=${before}`))).toEqual(['all there was']);
    await site.get(`people/only-hoax?asOf=${before}`).expect(200);
    await site.get('people/only-hoax/timeline?asOf=2000-01-01').expect(404);
  });

  it('says the same after it was edited, and nothing once it is published again', async () => {
    const { claim, before, claimSince } = await withdrawn('Eve Hoax');
    const since = async () => (await site.get(`claims/${claim.id}?asOf=${before}`).expect(200)).body.withdrawnSince;
    await amend(`claims/${claim.id}`, { withdrawnBecause: 'A better reason' });
    expect(await since()).toBe(claimSince);
    await amend(`claims/${claim.id}`, { state: 'published' });
    expect(await since()).toBeUndefined();
  });
});
