import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite(() => new Date('2025-02-13T12:00:00Z'));
const desk = deskOn(site);
const { aClaim, aVerdict, aStatement, aPerson } = recordsOn(site);

let cookie: string;
const shown = async (queue: string) => (await desk.get(`/desk/queues/${queue}`, cookie).expect(200)).text;

describe('the queues of the desk', () => {
  beforeAll(async () => {
    ({ cookie } = await desk.signedIn('editor'));
  });

  it('are for who is signed in, and only those that there are', async () => {
    await desk.get('/desk/queues/review').expect(303);
    await desk.get('/desk/queues/nothing', cookie).expect(404);
    expect(await shown('review')).toContain('Nothing waits here.');
  });

  it('have what waits for a review, of every kind, with a link to the claim', async () => {
    const claim = await aClaim({ text: 'Waits for a review', state: 'in_review' });
    await aStatement({ on: claim.id, quote: 'Said and not yet public', state: 'in_review' });
    await aVerdict(claim, { summary: 'Found and not yet public', state: 'in_review' });
    await aClaim({ text: 'Only a draft', state: 'draft' });
    const text = await shown('review');
    for (const words of ['Waits for a review', 'Said and not yet public', 'Found and not yet public'])
      expect(text).toMatch(new RegExp(`<a href="/desk/claims/${claim.slug}"[^>]*>[^<]*${words}`));
    expect(text).not.toContain('Only a draft');
    expect(text).toMatch(/To review <span class="count">3</);
  });

  it('have one’s own, and nobody else’s', async () => {
    const contributor = await desk.signedIn('contributor');
    const typed = { 'statement/person': '', text: 'Mine alone', language: 'en', kind: 'fact' };
    const said = {
      'statement/person': 'Ida Own',
      'statement/person.for': 'Ida Own',
      'statement/person.is': 'somebody new',
      'statement/quote': 'Mine',
      'statement/quoteKind': 'verbatim',
      'statement/language': 'en',
      'statement/saidOn': '2025-02-01',
    };
    await desk.post('/desk/claims/new', { form: contributor.form, ...typed, ...said }, contributor.cookie).expect(303);
    const { text } = await desk.get('/desk/queues/mine', contributor.cookie);
    expect(text).toContain('Mine alone');
    expect(text).toContain('Ida Own: Mine');
    expect(await shown('mine')).not.toContain('Mine alone');
  });

  it('have promises and predictions that fall due within a month, until a verdict settles them', async () => {
    const kinds = { kind: 'promise' };
    const due = await aClaim({ ...kinds, text: 'The bridge will open', dueOn: '2025-03-01' });
    await aClaim({ ...kinds, text: 'The tunnel will open', dueOn: '2026-01-01' });
    const text = await shown('due');
    expect(text).toContain('The bridge will open');
    expect(text).toContain('1 March 2025');
    expect(text).not.toContain('The tunnel will open');
    await aVerdict(due, { status: 'kept' });
    expect(await shown('due')).not.toContain('The bridge will open');
  });

  it('have what is disputed', async () => {
    const claim = await aClaim({ text: 'Two accounts of one night' });
    await aVerdict(claim, { status: 'disputed' });
    expect(await shown('disputed')).toContain('Two accounts of one night');
    await aVerdict(claim, { status: 'true' });
    expect(await shown('disputed')).not.toContain('Two accounts of one night');
  });

  it('have imports of which rows were refused', async () => {
    const reviews = JSON.stringify([{ '@type': 'ClaimReview', claimReviewed: 'Without a verdict' }]);
    const { body } = await site
      .call('post', 'imports?format=claimreview', 'editor')
      .set('content-type', 'application/json')
      .send(reviews)
      .expect(201);
    expect(body.report.rows.refused).toBe(1);
    expect(await shown('imports')).toMatch(/refused/);
  });
});

describe('the queue of people who may be one', () => {
  it('has who shares a name but for case, accents and script, until they are merged or found to be two', async () => {
    const editor = await desk.signedIn('editor');
    const people = async () => (await desk.get('/desk/queues/people', editor.cookie).expect(200)).text;
    const [one, other] = [await aPerson('José Núñez'), await aPerson('JOSE NUNEZ')];
    const third = await aPerson('Somebody', { names: [{ name: 'Jose Nunez', kind: 'alias' }] });
    await aPerson('Jose Nunez', { kind: 'organization' });
    await aPerson('Another', { names: [{ name: 'Jose Nunez', kind: 'misspelling' }] });
    const text = await people();
    expect(text).toMatch(/People to tell apart <span class="count">3</);
    expect(text).toContain(`/desk/people/${one.id}/merge?into=${other.id}`);
    expect(text).not.toContain('Another');

    const send = (path: string, form: object = {}) =>
      desk.post(path, { form: editor.form, ...form }, editor.cookie).expect(303);
    await send(`/desk/people/${one.id}/distinctions`, { other: other.id });
    expect(await people()).toMatch(/People to tell apart <span class="count">2</);
    const compared = await desk.get(`/desk/people/${other.id}/merge?into=${one.id}`, editor.cookie);
    expect(compared.text).toContain('that they are two');
    await send(/action="([^"]+\/withdraw)"/.exec(compared.text)![1]!, { other: one.id });
    expect(await people()).toMatch(/People to tell apart <span class="count">3</);
    // Who was found to be somebody else than one of two is somebody else than both when they are merged.
    await send(`/desk/people/${one.id}/distinctions`, { other: third.id });
    await send(`/desk/people/${one.id}/merge`, { into: other.id });
    expect(await people()).toContain('Nothing waits here.');
    await send(`/desk/people/${one.id}/unmerge`);
    expect(await people()).toMatch(/People to tell apart <span class="count">2</);
  });

  it('has whom an import proposes', async () => {
    await aPerson('Volodymyr Zelenskyy');
    const row = JSON.stringify({ '@type': 'Person', name: 'Володимир Зеленський' });
    await site
      .call('post', 'imports?format=popolo', 'editor')
      .set('content-type', 'application/json')
      .send(`{"persons": [${row}]}`)
      .expect(201);
    const { text } = await desk.get('/desk/queues/people', cookie).expect(200);
    expect(text).toContain('Зеленський');
  });

  it('is for editors to work on', async () => {
    const [one, other] = [await aPerson('Same Name'), await aPerson('Same Name')];
    const reviewer = await desk.signedIn('reviewer');
    const form = { form: reviewer.form, other: other.id };
    await desk.post(`/desk/people/${one.id}/distinctions`, form, reviewer.cookie).expect(403);
    const editor = await desk.signedIn('editor');
    const self = { form: editor.form, other: one.id };
    await desk.post(`/desk/people/${one.id}/distinctions`, self, editor.cookie).expect(422);
    await desk.post(`/desk/people/${one.id}/distinctions/${one.id}/withdraw`, self, editor.cookie).expect(404);
  });
});

describe('a queue', () => {
  type User = Awaited<ReturnType<typeof desk.signedIn>>;
  let [editor, reviewer, contributor]: User[] = [];
  let bridge: Body;
  let dam: Body;
  let statement: Body;
  beforeAll(async () => {
    [editor, reviewer, contributor] = [
      await desk.signedIn('editor'),
      await desk.signedIn('reviewer'),
      await desk.signedIn('contributor'),
    ];
    bridge = await aClaim({ text: 'Filtered bridge', topics: ['Bridges'], state: 'in_review', by: 'Bea Bridge' });
    dam = await aClaim({ text: 'Filtered dam', topics: ['Dams'], state: 'in_review' });
    statement = await aStatement({ on: dam.id, by: 'Dan Dam', quote: 'It held', state: 'in_review' });
  });
  const review = async (query: object, who = editor!) =>
    (await desk.get(`/desk/queues/review?${new URLSearchParams({ ...query })}`, who.cookie).expect(200)).text;
  const rows = (text: string) => [...text.matchAll(/aria-label="Tick “([^”]*)”/g)].map(([, title]) => title);
  const assign = (who: User, to: string, ...records: string[]) => {
    const form = new URLSearchParams({ form: who.form, to, query: 'days=&topic=' });
    for (const record of records) form.append('record', record);
    return desk.post('/desk/queues/review/assign', String(form) as never, who.cookie);
  };

  it('is filtered by kind, topic, person and age, and says so where nothing fits', async () => {
    const all = await review({});
    const option = (label: string) => new RegExp(`value="([^"]+)"[^>]*>${label}</option>`).exec(all)![1]!;
    const bridges = rows(await review({ topic: option('Bridges') }));
    expect(bridges.sort()).toEqual(['Bea Bridge: These are the words.', 'Filtered bridge']);
    expect(rows(await review({ topic: option('Dams'), noun: 'statement', days: '' }))).toEqual(['Dan Dam: It held']);
    expect(rows(await review({ person: option('Dan Dam') })).sort()).toEqual(['Dan Dam: It held', 'Filtered dam']);
    expect(await review({ days: '400', topic: option('Dams') })).toContain('Nothing that waits here fits.');
    const bad = await desk.get('/desk/queues/review?topic=x&days=-1', editor!.cookie);
    expect(bad.status).toBe(422);
  });

  it('assigns what is ticked, which is then in the other’s own queue and can be filtered by', async () => {
    const both = [`claim ${bridge.id}`, `statement ${statement.id}`];
    const { headers } = await assign(reviewer!, contributor!.id, ...both).expect(303);
    expect(headers.location).toBe('/desk/queues/review?days=&topic=&done=assigned');
    expect(rows(await review({ assignee: contributor!.id })).sort()).toEqual(['Dan Dam: It held', 'Filtered bridge']);
    expect(rows(await review({ assignee: 'nobody' }))).toContain('Filtered dam');
    const own = (await desk.get('/desk/queues/mine', contributor!.cookie)).text;
    expect(rows(own).sort()).toEqual(['Dan Dam: It held', 'Filtered bridge']);
    await assign(editor!, 'nobody', both[0]!).expect(303);
    expect(rows(await review({ assignee: contributor!.id }))).toEqual(['Dan Dam: It held']);
  });

  it('lets contributors take what is nobody’s and give it back, and no more', async () => {
    await assign(contributor!, contributor!.id, `claim ${dam.id}`).expect(303);
    await assign(contributor!, 'nobody', `claim ${dam.id}`).expect(303);
    expect((await assign(contributor!, editor!.id, `claim ${dam.id}`).expect(403)).text).toContain('role="alert"');
    await assign(editor!, editor!.id, `claim ${dam.id}`).expect(303);
    await assign(contributor!, contributor!.id, `claim ${dam.id}`).expect(403);
  });

  it('refuses what is nothing, and whoever does not work on the record', async () => {
    expect((await assign(editor!, editor!.id).expect(422)).text).toContain('Tick what is to be assigned');
    await assign(editor!, editor!.id, `claim ${statement.id}`).expect(404);
    await assign(editor!, editor!.id, 'people x').expect(422);
    const admin = await desk.signedIn('admin');
    await assign(editor!, admin.id, `claim ${dam.id}`).expect(422);
  });

  it('changes nothing of a record that is assigned: neither its version nor its approval', async () => {
    const approve = { version: dam.version };
    const session = (test: ReturnType<typeof site.call>) =>
      test.set({ cookie: reviewer!.cookie, 'sec-fetch-site': 'same-origin' });
    await session(site.call('post', `claims/${dam.id}/approval`))
      .send(approve)
      .expect(200);
    const before = (await site.get(`claims/${dam.id}`, 'editor')).headers.etag;
    await assign(editor!, reviewer!.id, `claim ${dam.id}`).expect(303);
    expect((await site.get(`claims/${dam.id}`, 'editor')).headers.etag).toBe(before);
    const { approved_by } = await site.db
      .selectFrom('claims')
      .select('approved_by')
      .where('id', '=', dam.id)
      .executeTakeFirstOrThrow();
    expect(approved_by).toBe(reviewer!.id);
  });
});
