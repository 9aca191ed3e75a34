import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aPerson, aClaim, aVerdict } = recordsOn(site);
type User = Awaited<ReturnType<typeof desk.signedIn>>;

let editor: User;
beforeAll(async () => {
  editor = await desk.signedIn('editor');
});
const show = async (path: string, who = editor) => (await desk.get(path, who.cookie).expect(200)).text;
const send = (path: string, form: Record<string, string>, who = editor) =>
  desk.post(path, { form: who.form, ...form }, who.cookie);
const onRecord = async (path: string) => (await site.get(path, 'editor').expect(200)).body;

describe('merging people at the desk', () => {
  it('proposes who is called alike, asks who is meant, and shows both', async () => {
    const [one, other] = [await aPerson('Oksana Melnyk'), await aPerson('Оксана Мельник', { description: 'Mayor' })];
    const path = `/desk/people/${one.slug}/merge`;
    expect(await show(path)).toContain(`href="${path}?into=${other.id}"`);
    expect(await show(`${path}?into=Melnik`)).toContain('Which one is it?');
    expect(await show(`${path}?into=qqqqq`)).toContain('No person on record is like that');
    expect(await show(`${path}?into=${one.slug}`)).toContain('This is the same person');
    const both = await show(`${path}?into=${encodeURIComponent('Оксана Мельник')}`);
    for (const words of ['Goes: Oksana Melnyk', 'Stays: Оксана Мельник', 'Mayor', 'The other way round'])
      expect(both).toContain(words);
  });

  it('merges with a reason, leads old addresses on, and is undone from the page that it leads to', async () => {
    const claim = await aClaim({ by: 'Petro Bondar' });
    const [goes, stays] = [claim.statement.speaker, await aPerson('Petro Bondarenko')];
    const before = await onRecord(`people/${goes.slug}`);
    const form = { into: stays.id, reason: 'The same man' };
    const { headers } = await send(`/desk/people/${goes.slug}/merge`, form).expect(303);
    expect(headers.location).toBe(`/desk/people/${stays.id}?merged=${goes.id}`);
    expect(await onRecord(`people/${goes.slug}`)).toMatchObject({ id: stays.id });
    expect((await desk.get(`/people/${goes.slug}`).expect(308)).headers.location).toBe(`/people/${stays.slug}`);
    expect((await onRecord(`people/${stays.slug}/timeline`)).items).toHaveLength(1);

    const page = await show(headers.location!);
    expect(page).toContain('is merged into this one');
    expect(page).toContain('Merged into this one');
    expect(page).toContain(`action="/desk/people/${goes.id}/unmerge"`);
    await send(`/desk/people/${goes.id}/unmerge`, {}).expect(303);
    expect(await onRecord(`people/${goes.slug}`)).toMatchObject({ ...before, updatedAt: expect.any(String) });
    expect((await onRecord(`people/${stays.slug}/timeline`)).items).toEqual([]);
    await send(`/desk/people/${goes.id}/unmerge`, {}).expect(409);
  });

  it('refuses to make a person and an organization one, and says why', async () => {
    const [person, ministry] = [await aPerson('Min Istry'), await aPerson('Ministry', { kind: 'organization' })];
    const { text } = await send(`/desk/people/${person.slug}/merge`, { into: ministry.slug }).expect(422);
    expect(text).toContain('cannot be one');
  });

  it('is for editors, and only for forms of the desk', async () => {
    const reviewer = await desk.signedIn('reviewer');
    const [one, other] = [await aPerson('Stays Apart'), await aPerson('Stays Apart')];
    const path = `/desk/people/${one.slug}/merge`;
    await desk.get(path, reviewer.cookie).expect(403);
    await send(path, { into: other.id }, reviewer).expect(403);
    await desk.post(path, { into: other.id }, editor.cookie).expect(403);
    await send(path, { into: 'not a reference' }).expect(422);
    await send(`/desk/people/nobody/merge`, { into: other.id }).expect(404);
    expect(await show(`/desk/people/${one.slug}`, reviewer)).not.toContain('Merge with another');
  });
});

describe('merging claims at the desk', () => {
  let goes: Body;
  let stays: Body;
  beforeAll(async () => {
    goes = await aClaim({ text: 'The reservoir at Millford lost a third of its water', by: 'Ada Dam' });
    stays = await aClaim({ text: 'The Millford reservoir has lost a third of its water', by: 'Ben Dam' });
    await aVerdict(stays, { status: 'true' });
  });

  it('proposes claims that say the same, and completes what is typed', async () => {
    const path = `/desk/claims/${goes.slug}/merge`;
    expect(await show(path)).toContain(`href="${path}?into=${stays.slug}"`);
    expect(await show('/desk/suggest/claims?q=reservoir+Millford')).toContain(`value="${stays.slug}"`);
    const both = await show(`${path}?into=${stays.slug}`);
    expect(both).toContain(`Stays: ${stays.text}`);
    expect(both).toContain('in 1 statement');
  });

  it('puts all that was said on both in one place, until it is undone', async () => {
    const { headers } = await send(`/desk/claims/${goes.slug}/merge`, { into: stays.slug }).expect(303);
    expect(await onRecord(`claims/${goes.slug}`)).toMatchObject({ id: stays.id, statementCount: 2 });
    expect(await show(headers.location!)).toContain('>Undo<');
    const undone = await send(`/desk/claims/${goes.id}/unmerge`, {}).expect(303);
    expect(await show(undone.headers.location!)).toContain('set apart again');
    expect(await onRecord(`claims/${goes.slug}`)).toMatchObject({ id: goes.id, statementCount: 1 });
    expect(await onRecord(`claims/${stays.slug}`)).toMatchObject({ statementCount: 1, verdict: { status: 'true' } });
  });
});
