import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aPerson, aClaim, aStatement, aVerdict } = recordsOn(site);
type User = Awaited<ReturnType<typeof desk.signedIn>>;

let admin: User;
let editor: User;
beforeAll(async () => {
  [admin, editor] = [await desk.signedIn('admin'), await desk.signedIn('editor')];
});
const send = (path: string, form: Record<string, string>, who = admin) =>
  desk.post(path, { form: who.form, ...form }, who.cookie);
const show = (path: string, who = admin) => desk.get(path, who.cookie);

describe('the settings', () => {
  it('are for administrators', async () => {
    await desk.get('/desk/settings').expect(303);
    await show('/desk/settings', editor).expect(403);
    await send('/desk/settings', { fourEyes: 'never', version: '1' }, editor).expect(403);
    expect((await show('/desk', editor)).text).not.toContain('/desk/settings');
  });

  it('say whether four eyes hold, and are changed with a reason, once for each version', async () => {
    const { text } = await show('/desk/settings').expect(200);
    expect(text).toContain('They do not hold just now.');
    expect(text).toMatch(/value="automatic" checked/);
    const form = { version: '1', fourEyes: 'always', reason: 'We are three now' };
    await send('/desk/settings', form).expect(303);
    expect((await show('/desk/settings?done=saved')).text).toContain('They hold just now.');
    const stale = await send('/desk/settings', { ...form, fourEyes: 'never' }).expect(412);
    expect(stale.text).toContain('role="alert"');
    await send('/desk/settings', { version: '2', fourEyes: 'sometimes' }).expect(422);
    await send('/desk/settings', { version: '2', fourEyes: 'never' }).expect(303);
    expect((await show('/desk/changes?action=settings')).text).toContain('We are three now');
  });
});

describe('erasure', () => {
  it('is for administrators', async () => {
    const { id } = await aPerson('Not To Be Erased');
    await show(`/desk/erasure?record=${id}`, editor).expect(403);
    await send('/desk/erasure', { id, ground: 'None', sure: 'yes' }, editor).expect(403);
    await show('/desk/erasure?record=nothing').expect(404);
    await show(`/desk/erasure?record=${admin.id}`).expect(404);
  });

  it('shows what goes, asks for the ground and whether one is sure, and erases', async () => {
    const claim = await aClaim({ by: 'Erika Gone' });
    const { speaker } = claim.statement;
    const merged = await aPerson('Erica Gone');
    await site.post(`people/${merged.id}/merge`, { into: speaker.id }).expect(200);
    const { text } = await show(`/desk/erasure?record=http://record.test/people/${speaker.slug}`).expect(200);
    expect(text).toContain('Erika Gone');
    expect(text).toContain('The same of the one merged into it');

    const form = { id: speaker.id, ground: 'Article 17 GDPR' };
    expect((await send('/desk/erasure', form).expect(422)).text).toContain('id="sure-mistake"');
    const noGround = await send('/desk/erasure', { ...form, ground: ' ', sure: 'yes' }).expect(422);
    expect(noGround.text).toContain('id="ground-mistake"');
    await send('/desk/erasure', { ...form, sure: 'yes' }).expect(303);
    expect((await desk.get(`/people/${speaker.slug}`).expect(410)).text).toContain('Article 17 GDPR');
    await site.get(`people/${merged.id}`, 'editor').expect(410);
    expect((await show(`/desk/erasure?record=${speaker.id}`).expect(410)).text).toContain('erased before');
    expect((await show('/desk/changes?action=record.purge')).text).not.toContain('Erika');
  });

  it.each(['claims', 'statements', 'verdicts', 'sources'])('finds %s', async (kind) => {
    const claim = await aClaim({ sources: [{ title: 'Minutes', role: 'primary' }], by: 'Ada Found' });
    const statement = await aStatement();
    const [verdict] = [await aVerdict(claim)];
    const { sources } = (await site.get(`statements/${claim.statement.statementId}`, 'editor')).body;
    const named: Record<string, string> = {
      claims: `/claims/${claim.slug}`,
      statements: `/statements/${statement.id}?asOf=2025`,
      verdicts: verdict.id,
      sources: `http://record.test/sources/${sources[0].id}`,
    };
    const { text } = await show(`/desk/erasure?${new URLSearchParams({ record: named[kind]! })}`).expect(200);
    expect(text).toContain('Erase this?');
    expect(text).toContain(`<p class="kicker">${kind.charAt(0).toUpperCase()}${kind.slice(1, -1)}</p>`);
  });
});
