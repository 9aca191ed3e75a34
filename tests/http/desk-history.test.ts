import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aClaim, aPerson, aStatement, amend } = recordsOn(site);

let editor: Awaited<ReturnType<typeof desk.signedIn>>;
beforeAll(async () => {
  editor = await desk.signedIn('editor');
});

describe('the history of a record at the desk', () => {
  it('is for who is signed in', async () => {
    const claim = await aClaim();
    await desk.get(`/desk/claims/${claim.slug}/history`).expect(303);
    await desk.get('/desk/claims/nothing/history', editor.cookie).expect(404);
  });

  it('shows word by word what changed, by whom and why', async () => {
    const claim = await aClaim({ text: 'The bridge was closed for a week' });
    await amend(`claims/${claim.id}`, { text: 'The bridge was closed for six days', reason: 'As the minutes say' });
    const { text } = await desk.get(`/desk/claims/${claim.slug}/history`, editor.cookie).expect(200);
    expect(text).toContain('As the minutes say');
    expect(text).toContain('<del>week</del>');
    expect(text).toContain('<ins>days</ins>');
  });

  it.each(['people', 'statements'])('has a page for %s, too', async (kind) => {
    const record: Body = kind === 'people' ? await aPerson(`Somebody of ${kind}`) : await aStatement();
    const { text } = await desk.get(`/desk/${kind}/${record.id}/history`, editor.cookie).expect(200);
    expect(text).toContain('<ins>');
  });

  it('restores what stood after an earlier change, as a new change', async () => {
    const claim = await aClaim({ text: 'As it was first written' });
    await amend(`claims/${claim.id}`, { text: 'As it was then changed' });
    const path = `/desk/claims/${claim.id}/history`;
    const [, first] = (await site.get(`claims/${claim.id}/history`, 'editor')).body.items;
    const form = { form: editor.form, change: first.change, version: '2' };
    await desk.post(path, { ...form, version: '1' }, editor.cookie).expect(412);
    await desk.post(path, form, editor.cookie).expect(303);
    expect((await site.get(`claims/${claim.id}`, 'editor')).body).toMatchObject({
      text: 'As it was first written',
      version: 3,
    });
  });
});
