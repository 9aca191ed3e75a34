import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { change } from '../../src/db/change.ts';
import { editSettings } from '../../src/domain/settings/edit-settings.ts';
import { getSettings } from '../../src/domain/settings/settings.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { deskOn } from '../support/desk.ts';
import { formIn } from '../support/form-in.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aClaim } = recordsOn(site);

type User = Awaited<ReturnType<typeof desk.signedIn>>;
let ada: User;
let ben: User;
let cyd: User;
let dot: User;
let claim: Body;

const settings = (fourEyes: 'always' | 'never') =>
  change(site.db, { actor: operator, action: 'settings.edit' }, async (tx) =>
    editSettings(tx, (await getSettings(tx)).version, { fourEyes }),
  );

beforeAll(async () => {
  [ada, ben, cyd, dot] = await Promise.all([
    desk.signedIn('editor'),
    desk.signedIn('editor'),
    desk.signedIn('editor'),
    desk.signedIn('contributor'),
  ]);
});
beforeEach(async () => {
  await settings('never');
  claim = await aClaim({ text: 'The brige is shut', by: 'Ada Lovelace', topics: ['Bridges'] });
  await settings('always');
});

const get = async (user: User, path: string): Promise<string> => (await desk.get(path, user.cookie).expect(200)).text;
const post = (user: User, path: string, form: object = {}) =>
  desk.post(path, { form: user.form, ...form }, user.cookie);
const editPath = (noun = 'claims', { id } = claim) => `/desk/${noun}/${id}/edit`;
/** Opens the form and sends it with other words; returns the address of the proposal. */
async function propose(user: User, changes: object, path = editPath()): Promise<string> {
  const sent = await post(user, path, { ...formIn(await get(user, path)), ...changes });
  expect(sent.status).toBe(303);
  return sent.headers.location!.split('?')[0]!;
}
/** The version that an editor is shown. */
const asShown = async (user: User, path: string): Promise<object> => ({
  version: /name="version" value="(\d+)"/.exec(await get(user, path))![1],
});
const accept = async (user: User, path: string, form?: object) =>
  post(user, `${path}/accept`, form ?? (await asShown(user, path)));
const giveBack = async (user: User, path: string, form: object = {}) =>
  post(user, `${path}/return`, { ...(await asShown(user, path)), ...form });
const inPublic = async (path = `claims/${claim.slug}`): Promise<Body> =>
  (await site.call('get', `/api/v1/${path}`).expect(200)).body;
const history = async (user: User, noun = 'claims', { id } = claim): Promise<Body[]> =>
  (await desk.get(`/api/v1/${noun}/${id}/history`, user.cookie).set({ accept: 'application/json' }).expect(200)).body
    .items;

describe('an edit of what is public, where four eyes hold', () => {
  it('is proposed by the same form, and readers see the old words until another accepts it', async () => {
    expect(await get(ada, editPath())).toContain('This is public.');
    const path = await propose(ada, { text: 'The bridge is shut', reason: 'A slip' });
    expect((await inPublic()).text).toBe('The brige is shut');
    const page = await get(ben, path);
    expect(page).toContain('<del>brige</del><ins>bridge</ins>');
    expect(page).toContain('A slip');
    const accepted = await accept(ben, path);
    expect(accepted.headers.location).toBe(`/desk/claims/${claim.id}?done=accepted`);
    expect(await inPublic()).toMatchObject({ text: 'The bridge is shut', version: 2, state: 'published' });
    await desk.get(path, ben.cookie).expect(404);
  });

  it('stands in the history as one change, of who accepted it and who proposed it', async () => {
    await accept(ben, await propose(ada, { text: 'The bridge is shut', reason: 'A slip' }));
    const [latest, ...earlier] = await history(ben);
    expect(latest).toMatchObject({
      action: 'proposal.accept',
      reason: 'A slip',
      by: { id: ben.id },
      proposedBy: [{ id: ada.id }],
      fields: [{ field: 'text', before: 'The brige is shut', after: 'The bridge is shut' }],
    });
    expect(earlier.map(({ proposedBy }) => proposedBy)).toEqual([[]]);
    expect(await get(ben, `/desk/claims/${claim.id}/history`)).toContain(`proposed by ${latest!.proposedBy[0].name}`);
  });

  it('is of a statement, too', async () => {
    const { id } = claim.statement;
    const path = await propose(ada, { venue: 'Town hall' }, editPath('statements', { id } as never));
    expect((await inPublic(`statements/${id}`)).venue).not.toBe('Town hall');
    await accept(ben, path);
    expect((await inPublic(`statements/${id}`)).venue).toBe('Town hall');
    // Of which no word stays is shown as a whole.
    const again = await propose(ada, { venue: 'By phone from the bridge' }, editPath('statements', { id } as never));
    expect(await get(ben, again)).toContain('<del>Town hall</del> <ins>By phone from the bridge</ins>');
    await giveBack(ada, again);
  });

  it('waits in the queues, and stands on the page of the claim', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    for (const [user, queue] of [
      [ben, 'review'],
      [ada, 'mine'],
    ] as const)
      expect(await get(user, `/desk/queues/${queue}`)).toContain(`href="${path}"`);
    expect(await get(ben, '/desk/queues/mine')).not.toContain(path);
    expect(await get(ben, '/desk/queues/review?noun=proposal')).toContain(path);
    expect(await get(ben, `/desk/claims/${claim.slug}`)).toContain(`href="${path}"`);
    const form = { record: `proposal ${path.split('/').at(-1)}`, to: ben.id, query: '' };
    expect(await get(ada, '/desk/queues/review')).toContain(`name="record" value="${form.record}"`);
    expect((await post(ada, '/desk/queues/review/assign', form)).status).toBe(303);
    expect(await get(ben, '/desk/queues/mine')).toContain(path);
    await giveBack(ada, path);
    expect(await get(ben, '/desk/queues/review')).not.toContain(path);
  });

  it('is seen in the preview, and nothing of that stays', async () => {
    const path = await propose(dot, { text: 'The bridge is shut', slug: 'bridge-shut' });
    expect(await get(dot, path)).toContain(`href="/desk/claims/${claim.slug}/preview"`);
    for (const part of ['page', 'embed'])
      expect(await get(dot, `/desk/claims/${claim.slug}/preview/${part}`)).toContain('The bridge is shut');
    expect(await inPublic()).toMatchObject({ text: 'The brige is shut', version: 1 });
  });

  it('is refused at once for what the edit would be refused for', async () => {
    const form = formIn(await get(ada, editPath()));
    const taken = await aClaim({ text: 'The ferry runs', state: 'draft' });
    const refused = await post(ada, editPath(), { ...form, slug: taken.slug });
    expect(refused.status).toBe(422);
    const due = await post(ada, editPath(), { ...form, dueOn: '2027' });
    expect(due.text).toContain('id="dueOn-mistake"');
    expect(await get(ada, '/desk/queues/mine')).not.toContain('/desk/proposals/');
  });

  it('that changes nothing is none', async () => {
    expect(await propose(ada, {})).toBe(`/desk/claims/${claim.id}`);
  });
});

describe('who accepts a proposal', () => {
  it('is nobody who made it or changed it, whatever the page offers', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    expect(await get(ada, path)).not.toContain(`${path}/accept`);
    const own = await accept(ada, path);
    expect(own.status).toBe(422);
    expect(own.text).toContain('somebody else must accept it');
    await propose(ben, { text: 'The bridge is closed' });
    expect((await accept(ben, path)).status).toBe(422);
    expect((await inPublic()).text).toBe('The brige is shut');
    expect((await accept(cyd, path)).status).toBe(303);
    expect((await history(cyd))[0]!.proposedBy.map(({ id }: Body) => id).sort()).toEqual([ada.id, ben.id].sort());
  });

  it('is an editor', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    expect(await get(dot, path)).not.toContain(`${path}/accept`);
    const refused = await accept(dot, path, await asShown(ben, path));
    expect(refused.text).toContain('needs the role editor');
  });

  it('sees it as it is: another version is not accepted unseen', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    const seen = await asShown(ben, path);
    await propose(ada, { text: 'The bridge is open' });
    const late = await accept(ben, path, seen);
    expect(late.status).toBe(412);
    expect(late.text).toContain('<ins>bridge</ins>');
    expect(late.text).toContain('open');
    expect((await inPublic()).text).toBe('The brige is shut');
  });

  it('can be who proposed it where four eyes do not hold', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    await settings('never');
    expect((await accept(ada, path)).status).toBe(303);
  });
});

describe('who may not edit what is public', () => {
  it('proposes it, also where four eyes do not hold', async () => {
    await settings('never');
    const path = await propose(dot, { text: 'The bridge is shut' });
    expect((await inPublic()).text).toBe('The brige is shut');
    expect((await accept(ada, path)).status).toBe(303);
    expect((await inPublic()).text).toBe('The bridge is shut');
  });
});

describe('a proposal', () => {
  it('is what the form shows to everybody, and is changed there', async () => {
    const path = await propose(ada, { text: 'The bridge is shut', kind: 'promise' });
    const form = formIn(await get(ben, editPath()));
    expect(form).toMatchObject({ text: 'The bridge is shut', kind: 'promise' });
    expect(await propose(ben, { kind: 'fact' })).toBe(path);
    await accept(cyd, path);
    expect(await inPublic()).toMatchObject({ text: 'The bridge is shut', kind: 'fact', version: 2 });
  });

  it('that another has changed meanwhile is compared field by field', async () => {
    await propose(ada, { text: 'The bridge is shut' });
    const form = formIn(await get(ada, editPath()));
    await propose(ben, { text: 'The bridge is closed', language: 'en-GB' });
    const sent = await post(ada, editPath(), { ...form, text: 'The bridge was shut' });
    expect(sent.status).toBe(422);
    for (const words of ['The bridge was shut', 'The bridge is closed', 'en-GB']) expect(sent.text).toContain(words);
    const again = new URLSearchParams(formIn(sent.text));
    again.delete('take');
    again.append('take', 'language');
    again.set('form', ada.form);
    const saved = await desk.post(editPath(), again.toString() as never, ada.cookie).expect(303);
    await accept(cyd, saved.headers.location!.split('?')[0]!);
    expect(await inPublic()).toMatchObject({ text: 'The bridge was shut', language: 'en-GB' });
  });

  it('of a record that has changed meanwhile is not accepted before its form has settled it', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    await settings('never');
    await site.patch(`claims/${claim.id}`, { text: 'A brige is shut', kind: 'promise' }, '"1"').expect(200);
    await settings('always');
    expect(await get(ben, path)).toContain('has changed since this was proposed');
    expect(await get(ben, path)).not.toContain(`${path}/accept`);
    expect((await accept(ben, path)).status).toBe(412);
    const form = formIn(await get(ada, editPath()));
    const shown = (await post(ada, editPath(), form).expect(422)).text;
    expect(shown).toContain('A brige is shut');
    await post(ada, editPath(), { ...formIn(shown), take: 'kind' }).expect(303);
    expect((await accept(ben, path)).status).toBe(303);
    expect(await inPublic()).toMatchObject({ text: 'The bridge is shut', kind: 'promise', version: 3 });
  });

  it('is taken back by who made it, as a form that is not lost', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    await giveBack(ada, path).then(({ status }) => expect(status).toBe(303));
    const [, kept] = new RegExp(`href="(/desk/claims/${claim.slug}/edit\\?unsent=[^"]+)"`).exec(
      await get(ada, '/desk'),
    )!;
    const form = formIn(await get(ada, kept!));
    expect(form.text).toBe('The bridge is shut');
    expect((await post(ada, editPath(), form)).headers.location).toContain('/desk/proposals/');
  });

  it('is rejected with a note, which waits for who made it', async () => {
    const path = await propose(dot, { text: 'The bridge is shut' });
    expect((await giveBack(ben, path)).text).toContain('id="note-mistake"');
    await giveBack(ben, path, { note: 'It is a viaduct' }).then(({ status }) => expect(status).toBe(303));
    expect(await get(dot, '/desk/queues/mentions')).toContain('On the proposed edit: It is a viaduct');
    expect(await get(dot, '/desk')).toContain('The bridge is shut');
    expect((await inPublic()).text).toBe('The brige is shut');
  });

  it('of another is neither changed nor handed back by a contributor', async () => {
    const path = await propose(ada, { text: 'The bridge is shut' });
    const refused = await post(dot, editPath(), { ...formIn(await get(dot, editPath())), text: 'Mine' });
    expect(refused.text).toContain('needs the role reviewer');
    const form = { ...(await asShown(ben, path)), note: 'No' };
    expect((await post(dot, `${path}/return`, form)).status).toBe(403);
  });

  it('keeps a record from being merged into another', async () => {
    await propose(ada, { text: 'The bridge is shut' });
    const other = await aClaim({ text: 'The bridge at Millford is shut', state: 'draft' });
    const refused = await site.post(`claims/${claim.id}/merge`, { into: other.id }).expect(422);
    expect(refused.body.errors[0].detail).toContain('an edit of this claim is proposed');
  });

  it('goes with the record when that is erased, and so does its form', async () => {
    const path = await propose(ada, { text: 'Canary of a proposal' });
    await giveBack(ada, path);
    await propose(ada, { text: 'Canary of another', reason: 'Canary of a reason' });
    await post(ada, '/desk/unsent', {
      'unsent.path': editPath(),
      'unsent.id': claim.id,
      'unsent.version': '0',
      text: 'Canary',
    });
    const input = { noun: 'claim', id: claim.id, ground: 'A court order' };
    await site.post('erasures', input, 'admin').expect(200);
    const { rows } = await sql`
      select 'proposal' as place from versions.proposals where record_id = ${claim.id}::uuid and fields <> '[]'
      union all select 'form' from unsent_forms where fields::text like '%Canary%'
      union all select 'reason' from changes where reason like '%Canary%'`.execute(site.db);
    expect(rows).toEqual([]);
  });
});

describe('the erasure of somebody', () => {
  it('takes the proposals and the forms that name them', async () => {
    await settings('never');
    const { statement } = await aClaim({ text: 'The ferry runs', by: 'Grace Canary' });
    await settings('always');
    const path = editPath('statements', statement);
    await giveBack(ada, await propose(ada, { venue: 'Town hall' }, path));
    await propose(ada, { venue: 'By phone' }, path);
    const input = { noun: 'person', id: statement.speaker.id, ground: 'A court order' };
    await site.post('erasures', input, 'admin').expect(200);
    const { rows } = await sql`
      select 'proposal' as place from versions.proposals where fields::text like '%Grace Canary%'
      union all select 'form' from unsent_forms where fields::text like '%Grace Canary%'`.execute(site.db);
    expect(rows).toEqual([]);
  });
});

describe('over the API', () => {
  it('an edit of what is public is refused, with the way to propose it', async () => {
    const refused = await site.patch(`claims/${claim.id}`, { text: 'The bridge is shut' }, '"1"').expect(403);
    expect(refused.body.detail).toContain('Propose the edit at the desk');
  });
});
