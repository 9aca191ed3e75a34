import { beforeAll, describe, expect, it } from '@jest/globals';
import { formsOf } from '../../src/web/api/export.ts';
import { routes } from '../../src/web/api/router.ts';
import { closedForSixDays } from '../support/examples.ts';
import { bytesOf, textIn } from '../support/read-form.ts';
import { type Body, quotes, recordsOn, said } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aStatement, aResponse, aVerdict, amend, timeline } = recordsOn(site);
const CANARY = 'Zyzzyva';

describe('drafts', () => {
  let open: Body;
  let hidden: Body;
  let verdict: Body;
  let attribution: Body;
  let source: Body;

  beforeAll(async () => {
    open = await aClaim({ by: 'Ada Lovelace', topics: ['Bridges'] });
    const post = async (path: string, body: object) => (await site.post(path, body, 'contributor').expect(201)).body;
    const citing = {
      url: 'https://outlet.example.org/zyzzyva',
      publisher: { name: `${CANARY} Times` },
      role: 'primary',
      derivedFrom: [{ publisher: { name: `${CANARY} Wire` }, relation: 'quotes' }],
    };
    hidden = await post('claims', {
      text: `${CANARY} is a beetle`,
      language: 'en',
      topics: [`${CANARY} topics`],
      people: [{ person: { name: `${CANARY} About` } }],
      sources: [{ title: CANARY, role: 'context' }],
      statement: said({ by: `${CANARY} Speaker`, onBehalfOf: `${CANARY} Ministry`, quote: CANARY, sources: [citing] }),
    });
    await post(`claims/${open.id}/responses`, {
      ...said({ by: 'Ada Lovelace', quote: CANARY }),
      stance: 'retracts',
      repliesTo: open.statement.id,
    });
    await post('statements', said({ by: 'Ada Lovelace', quote: CANARY, sources: [citing] }));
    const found = { summary: CANARY, evidence: [{ title: `${CANARY} minutes`, role: 'supports' }] };
    verdict = await post(`claims/${open.id}/verdicts`, { status: 'true', ...found });
    attribution = await post(`statements/${open.statement.id}/attributions`, { status: 'fabricated', ...found });
    await aStatement({ by: 'Ada Lovelace', on: hidden.id, quote: 'About a beetle' });
    source = await post('sources', { title: `${CANARY} alone` });
  });

  const reference = (of: 'open' | 'hidden'): Record<string, string> => ({
    person: of === 'open' ? 'ada-lovelace' : 'zyzzyva-speaker',
    claim: of === 'open' ? open.id : hidden.slug,
    id: of === 'open' ? open.statement.id : hidden.statement.id,
    verdict: verdict.id,
    attribution: attribution.id,
  });
  const reads = routes.filter(({ method, desk }) => method === 'get' && !desk).map(({ path }) => path);
  const address = (path: string, of: 'open' | 'hidden') =>
    path.slice(1).replace(/\{(\w+)\}/g, (_, name: string) => reference(of)[name]!);

  it.each(reads)('are nowhere at %s', async (path) => {
    for (const query of ['', '?limit=100', `?q=${CANARY}`, `?order=asc`]) {
      const { text } = await site.get(`${address(path, 'open')}${query}`);
      expect(text.replace(`"${CANARY}"`, '')).not.toMatch(/zyzzyva/i);
    }
  });

  const exported = routes.flatMap((route) =>
    'read' in route ? formsOf(route).map((form) => [route.path, form] as const) : [],
  );

  it.each(exported)('are nowhere in what %s exports as %s', async (path, form) => {
    const query = path === '/search' ? `?q=${CANARY}` : '';
    const bytes = await bytesOf(site.get(`${address(path, 'open')}.${form}${query}`).expect(200));
    expect(await textIn(form, bytes)).not.toMatch(/zyzzyva/i);
    await site.get(`${address(path, 'hidden')}.${form}${query}`).expect(path.includes('{') ? 404 : 200);
  });

  it.each(reads.filter((path) => path.includes('{')))('themselves are 404 at %s', async (path) => {
    const { status } = await site.get(address(path, 'hidden'));
    expect(status).toBe(404);
  });

  it('and their sources are 404 to the public, and there for who holds a token', async () => {
    await site.get(`sources/${source.id}`).expect(404);
    await site.get(`sources/${source.id}`, 'contributor').expect(200);
    await site.get(`claims/${hidden.slug}`, 'contributor').expect(200);
    await site.get(`people/zyzzyva-speaker`, 'contributor').expect(200);
  });

  it('about a new person make no public person, publisher, organization or topic', async () => {
    for (const path of ['people?limit=100', 'topics?limit=100', 'sources?limit=100'])
      expect((await site.get(path).expect(200)).text).not.toMatch(/zyzzyva/i);
  });

  it.each([
    'claims?person=zyzzyva-about',
    'statements?person=zyzzyva-speaker',
    'statements?claim=zyzzyva-is-a-beetle',
    'sources?publisher=zyzzyva-times',
  ])('answer a filter as if they were not on record: %s', async (query) => {
    await site.get(query).expect(422);
    await site.get(query, 'contributor').expect(200);
  });

  it('are listed by state for who holds a token, and for nobody else', async () => {
    for (const list of ['claims', 'statements']) {
      await site.get(`${list}?state=draft`).expect(403);
      await site.get(`${list}?state=published,draft`).expect(403);
      await site.get(`${list}?state=published`).expect(200);
      const { body } = await site.get(`${list}?state=draft`, 'contributor').expect(200);
      expect(body.items.every((item: Body) => item.state === 'draft')).toBe(true);
      expect(JSON.stringify(body)).toMatch(CANARY);
    }
  });

  it('leave the rest of a published statement to be seen: its position on an unpublished claim is left out', async () => {
    const { body } = await site.get('statements?person=ada-lovelace&q=beetle').expect(200);
    expect(body.items[0].positions).toEqual([]);
    const seen = await site.get(`statements/${body.items[0].id}`, 'editor').expect(200);
    expect(seen.body.positions[0].claim.id).toBe(hidden.id);
  });

  it('are left out as what is replied to', async () => {
    const claim = await aClaim({ by: 'Grace Hopper' });
    const draft = await site
      .post(`claims/${claim.id}/responses`, { ...said({ by: 'Grace Hopper' }), stance: 'retracts' }, 'contributor')
      .expect(201);
    const reply = await aResponse(claim, { by: 'Alan Turing', stance: 'clarifies', repliesTo: draft.body.id });
    const [item] = (await timeline('alan-turing')).items;
    expect(item.inResponseTo).toBeNull();
    expect(item.positions[0]).toMatchObject({ stance: 'clarifies', repliesTo: null, inResponseTo: null });
    const seen = await site.get(`statements/${reply.id}`, 'contributor').expect(200);
    expect(seen.body.positions[0].repliesTo).toBe(draft.body.id);
  });

  it('become public with all that they refer to when they are published', async () => {
    await amend(`claims/${hidden.slug}`, { state: 'published' });
    await site.get('people/zyzzyva-about').expect(200);
    await site.get('people/zyzzyva-speaker').expect(404);
    await amend(`statements/${hidden.statement.id}`, { state: 'published' });
    for (const slug of ['zyzzyva-speaker', 'zyzzyva-ministry', 'zyzzyva-times', 'zyzzyva-wire'])
      await site.get(`people/${slug}`).expect(200);
  });
});

describe('what was withdrawn', () => {
  it.each(['claims', 'statements'] as const)('of %s is 410 with the reason, and in no list', async (noun) => {
    const claim = await aClaim({ by: 'Mary Shelley', quote: 'I withdraw' });
    const id = noun === 'claims' ? claim.id : claim.statement.id;
    await amend(`${noun}/${id}`, { state: 'withdrawn', withdrawnBecause: 'It was a hoax' });
    const gone = await site.get(`${noun}/${id}`).expect(410);
    expect(gone.body.detail).toMatch(/withdrawn: It was a hoax/);
    expect((await site.get(`${noun}?limit=100`)).text).not.toContain(id);
    await site.get(`${noun}/${id}`, 'contributor').expect(200);
  });

  it('of verdicts no longer stands', async () => {
    const claim = await aClaim();
    const verdict = await aVerdict(claim, { status: 'false' });
    const path = `claims/${claim.id}/verdicts/${verdict.id}`;
    await amend(path, { state: 'withdrawn', withdrawnBecause: 'Forged minutes' });
    expect((await site.get(path).expect(410)).body.detail).toMatch(/Forged minutes/);
    expect((await site.get(`claims/${claim.id}`)).body.verdict.status).toBe('unverified');
  });

  it('leaves the timeline, with the answers to it', async () => {
    const claim = await aClaim({ by: 'Jules Verne', quote: 'First' });
    await aStatement({ by: 'Jules Verne', on: claim.id, quote: 'Second', saidOn: '2025-03' });
    await amend(`statements/${claim.statement.id}`, { state: 'withdrawn' });
    const left = await timeline('jules-verne');
    expect(quotes(left)).toEqual(['Second']);
    expect(left.items[0].positions[0].repeat).toEqual({ index: 1, count: 1, earlier: false });
  });

  it('was never public, where a draft was withdrawn: the public is told nothing of it', async () => {
    const draft = await site.post('claims', { text: 'A rumour', language: 'en', state: 'draft' }).expect(201);
    await amend(`claims/${draft.body.id}`, { state: 'withdrawn', withdrawnBecause: CANARY });
    await site.get(`claims/${draft.body.id}`).expect(404);
    await site.get(`claims/${draft.body.id}?asOf=2000-01-01`).expect(404);
  });

  it('takes no further finding in public', async () => {
    const claim = await aClaim();
    await amend(`claims/${claim.id}`, { state: 'withdrawn' });
    await site.post(`claims/${claim.id}/verdicts`, closedForSixDays).expect(201);
    await site.get(`claims/${claim.id}/verdicts`).expect(410);
  });
});
