import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite(() => new Date('2025-02-13T12:00:00Z'));
const desk = deskOn(site);
const { aClaim, aVerdict, aStatement } = recordsOn(site);

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
