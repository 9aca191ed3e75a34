import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { recordsOn } from '../support/records.ts';
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
