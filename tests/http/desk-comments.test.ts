import { beforeAll, describe, expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import { purgeRecord } from '../../src/domain/history/purge-record.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aClaim } = recordsOn(site);
type User = Awaited<ReturnType<typeof desk.signedIn>>;

let [ada, ben]: User[] = [];
beforeAll(async () => {
  [ada, ben] = [await desk.signedIn('contributor'), await desk.signedIn('editor')];
});

const say = (who: User, claim: Body, text: string, ...to: string[]) => {
  const form = new URLSearchParams([['form', who.form], ['text', text], ...to.map((one) => ['to', one])]);
  return desk.post(`/desk/claims/${claim.id}/comments`, String(form) as never, who.cookie);
};
const page = async (who: User, path: string) => (await desk.get(path, who.cookie).expect(200)).text;
const waiting = (who: User) => page(who, '/desk/queues/mentions');

describe('a comment on a claim', () => {
  it('is seen by those who work on it, and by nobody else', async () => {
    const claim = await aClaim();
    await say(ada!, claim, 'Ask <b>Mira</b>\nby phone').expect(303);
    expect(await page(ben!, `/desk/claims/${claim.slug}`)).toContain('Ask &lt;b>Mira&lt;/b>\nby phone');
    const all = [`/claims/${claim.slug}`, `/api/v1/claims/${claim.id}`, `/api/v1/search?q=Mira`];
    for (const path of all) expect((await desk.get(path).expect(200)).text).not.toContain('Mira');
    const admin = await desk.signedIn('admin');
    expect(await page(admin, `/desk/claims/${claim.slug}`)).not.toContain('Mira');
    await say(admin, claim, 'Me too').expect(403);
  });

  it('waits for whom it names, until they answer or say that it is done', async () => {
    const [one, other] = [await aClaim(), await aClaim()];
    await say(ada!, one, 'Is the first date right?', ben!.id).expect(303);
    const led = await say(ada!, other, 'Is the second date right?', ben!.id, ben!.id).expect(303);
    expect(await waiting(ben!)).toContain('Is the first date right?');
    expect(await waiting(ben!)).toContain(led.headers.location!);
    expect(await waiting(ada!)).toContain('Nothing waits here.');
    expect(await page(ada!, `/desk/claims/${one.slug}`)).toContain('waits for');
    await say(ben!, one, 'It is').expect(303);
    expect(await waiting(ben!)).not.toContain('first date');
    await desk.post(`/desk/claims/${other.slug}/comments/done`, { form: ben!.form }, ben!.cookie).expect(303);
    expect(await waiting(ben!)).toContain('Nothing waits here.');
    // Where nothing waits there is nothing to put on record.
    await desk.post(`/desk/claims/${other.slug}/comments/done`, { form: ben!.form }, ben!.cookie).expect(303);
    const ended = await site.db.selectFrom('changes').select('id').where('action', '=', 'mentions.end').execute();
    expect(ended).toHaveLength(1);
  });

  it('that says nothing, or to nobody who works here, comes back with its words and what is wrong beside them', async () => {
    const claim = await aClaim();
    const blank = (await say(ada!, claim, ' ', ben!.id).expect(422)).text;
    expect(blank).toContain('id="text-mistake"');
    expect(blank).toContain(`value="${ben!.id}" checked`);
    const nobody = '0197a000-0000-7000-8000-000000000000';
    const lost = (await say(ada!, claim, 'Ask her <again>', nobody).expect(422)).text;
    expect(lost).toMatch(/<textarea[^>]*>Ask her &lt;again><\/textarea>/);
    expect(lost).toContain('id="to-mistake"');
    await say(ada!, { id: 'nothing' } as Body, 'Hello').expect(404);
    await say(await desk.signedIn('admin'), claim, 'Hello').expect(403);
    expect(await site.db.selectFrom('comments').select('id').where('claim_id', '=', claim.id).execute()).toEqual([]);
  });

  it('stays with the claim that another was merged into, and goes where the claim is erased', async () => {
    const [one, other] = [await aClaim(), await aClaim()];
    await say(ada!, other, 'On the other one', ben!.id).expect(303);
    await site.post(`claims/${other.id}/merge`, { into: one.id }).expect(200);
    expect(await page(ben!, `/desk/claims/${one.slug}`)).toContain('On the other one');
    await change(site.db, { actor: operator, action: 'record.purge' }, (tx) =>
      purgeRecord(tx, { noun: 'claim', id: one.id, ground: 'Art. 17 GDPR' }),
    );
    expect(await site.db.selectFrom('comments').select('id').where('claim_id', '=', other.id).execute()).toEqual([]);
    expect(await waiting(ben!)).toContain('Nothing waits here.');
  });
});
