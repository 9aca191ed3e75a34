import { describe, expect, it } from '@jest/globals';
import { closedForSixDays } from '../support/examples.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aVerdict, amend } = recordsOn(site);
const give = (claim: Body, more: object = {}) =>
  site.post(`claims/${claim.id}/verdicts`, { ...closedForSixDays, ...more });
const pointers = ({ body }: Body): string[] => body.errors.map((error: Body) => error.pointer);

describe('a verdict that supersedes a published one of ours', () => {
  it('is an update unless it says what it is', async () => {
    const claim = await aClaim();
    const first = (await give(claim).expect(201)).body;
    expect(first).toMatchObject({ revision: null, note: null, supersedes: null });
    const second = (await give(claim).expect(201)).body;
    expect(second).toMatchObject({ revision: 'update', note: null, supersedes: first.id });
    const third = (await give(claim, { revision: 'typo' }).expect(201)).body;
    expect(third).toMatchObject({ revision: 'typo', supersedes: second.id });
  });

  it.each(['correction', 'retraction'])('needs a public note where it is a %s', async (revision) => {
    const claim = await aClaim();
    await give(claim).expect(201);
    expect(pointers(await give(claim, { revision }).expect(422))).toEqual(['/note']);
    const note = 'We had counted the Sunday twice.';
    const { body } = await give(claim, { revision, note, status: 'mixed' }).expect(201);
    expect(body).toMatchObject({ revision, note });
    const seen = await site.get(`claims/${claim.id}/verdicts`).expect(200);
    expect(seen.body.items[0]).toMatchObject({ revision, note, status: 'mixed' });
    expect((await site.get(`claims/${claim.id}`)).body.verdict.status).toBe('mixed');
  });

  it('supersedes none that was withdrawn', async () => {
    const claim = await aClaim();
    const first = await aVerdict(claim);
    await amend(`claims/${claim.id}/verdicts/${first.id}`, { state: 'withdrawn' });
    expect((await give(claim).expect(201)).body.supersedes).toBeNull();
  });

  it('is none where nothing of ours is published, or where it is another’s', async () => {
    const claim = await aClaim();
    expect(pointers(await give(claim, { revision: 'update' }).expect(422))).toEqual(['/revision']);
    await give(claim).expect(201);
    const theirs = { by: { name: 'PolitiFact' }, nativeLabel: 'False', note: 'Theirs' };
    expect(pointers(await give(claim, theirs).expect(422))).toEqual(['/note']);
  });
});

describe('an attribution', () => {
  it('is published and withdrawn by its state, and never reworded', async () => {
    const claim = await aClaim({ by: 'Ada Lovelace' });
    const path = `statements/${claim.statement.id}/attributions`;
    const { evidence } = closedForSixDays;
    const draft = await site.post(path, { status: 'confirmed', evidence }, 'contributor').expect(201);
    await site.get(`${path}/${draft.body.id}`).expect(404);
    const published = await amend(`${path}/${draft.body.id}`, { state: 'published' });
    expect(published).toMatchObject({ state: 'published', version: 2 });
    await site.patch(`${path}/${draft.body.id}`, { status: 'disputed' }, '"2"').expect(422);
    await amend(`${path}/${draft.body.id}`, { state: 'withdrawn', withdrawnBecause: 'Forged' });
    await site.get(`${path}/${draft.body.id}`).expect(410);
  });
});

describe('the settings', () => {
  it('are for an administrator to change, at the version that was read', async () => {
    const { body, headers } = await site.get('settings', 'contributor').expect(200);
    expect(body).toEqual({ fourEyes: 'automatic', fourEyesHold: false, version: 1 });
    const changed = await site.patch('settings', { fourEyes: 'always' }, headers.etag!, 'admin').expect(200);
    expect(changed.body).toEqual({ fourEyes: 'always', fourEyesHold: true, version: 2 });
    await site.patch('settings', { fourEyes: 'never' }, headers.etag!, 'admin').expect(412);
  });

  it('that let four eyes hold make what an editor’s token logs wait, and forbid it to publish', async () => {
    const { body } = await site.post('claims', { text: 'The bridge was closed', language: 'en' }).expect(201);
    expect(body.state).toBe('in_review');
    const refused = await site.patch(`claims/${body.id}`, { state: 'published' }, '"1"').expect(403);
    expect(refused.body.detail).toMatch(/four eyes/);
    await site.post('claims', { text: 'It was open', language: 'en', state: 'published' }).expect(403);
  });
});
