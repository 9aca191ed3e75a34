import { describe, expect, it } from '@jest/globals';
import { TOTP } from 'otpauth';
import { deskOn, PASSWORD } from '../support/desk.ts';
import { testSite } from '../support/site.ts';

let now = new Date();
const site = testSite(() => now);
const { post, get, signIn, cookieOf, signedIn } = deskOn(site);

const OTHER = 'a kettle sings in the empty hall';
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: now.getTime() });
const fieldOf = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)![1]!;
const actions = async () =>
  (await site.db.selectFrom('changes').select('action').orderBy('at').execute()).map(({ action }) => action);

type User = Awaited<ReturnType<typeof signedIn>>;

/** Turns codes on; returns the secret that the user's app has now. */
async function withCodes({ cookie, form }: User): Promise<string> {
  const page = (await get('/desk/account/codes', cookie).expect(200)).text;
  const secret = fieldOf(page, 'secret');
  await post('/desk/account/codes', { form, secret, code: codeOf(secret), password: PASSWORD }, cookie).expect(303);
  later(60);
  return secret;
}

/** Gives the right password; returns what the page that asks for the code sends on. */
async function halfway(email: string): Promise<Record<string, string>> {
  const page = await signIn(email).expect(200);
  expect(page.headers['set-cookie']).toBeUndefined();
  return Object.fromEntries(['email', 'until', 'proof'].map((name) => [name, fieldOf(page.text, name)]));
}

const sendCode = (sent: Record<string, string>, code: string, query = '') =>
  post(`/desk/sign-in/code${query}`, { ...sent, code });

describe('a second factor', () => {
  it('is turned on by a first code, shown as a picture and to type', async () => {
    const user = await signedIn('editor');
    const page = (await get('/desk/account/codes', user.cookie).expect(200)).text;
    const secret = fieldOf(page, 'secret');
    expect(page).toContain('<svg');
    expect(page).toContain(secret.replaceAll(/(.{4})(?=.)/g, '$1 '));
    const send = (code: string, key = secret, password = PASSWORD) =>
      post('/desk/account/codes', { form: user.form, secret: key, code, password }, user.cookie);
    const wrong = await send('000000').expect(422);
    expect(fieldOf(wrong.text, 'secret')).toBe(secret);
    await send(codeOf(secret), 'short').expect(422);
    expect((await send(codeOf(secret), secret, 'a session that was left open').expect(422)).text).toContain(
      'This is not your password.',
    );
    await send(codeOf(secret)).expect(303);
    await send(codeOf(secret)).expect(409);
    expect(await actions()).toContain('totp.turn-on');
  });

  it('lets in by the password and then the code, each of which counts once', async () => {
    const user = await signedIn('editor');
    const secret = await withCodes(user);
    const sent = await halfway(user.email);
    await sendCode(sent, '000000').expect(401);
    const entered = await sendCode(sent, codeOf(secret), '?next=/desk/people').expect(303);
    expect(entered.headers.location).toBe('/desk/people');
    await get('/desk', cookieOf(entered)).expect(200);
    await sendCode(await halfway(user.email), codeOf(secret)).expect(401);
    later(30);
    await sendCode(await halfway(user.email), codeOf(secret)).expect(303);
    expect(await actions()).toContain('sign-in.refuse');
  });

  it('takes no proof of the password that is another user’s, made up or too old', async () => {
    const [ada, ben] = [await signedIn('editor'), await signedIn('editor')];
    const [secret, bens] = [await withCodes(ada), await withCodes(ben)];
    const sent = await halfway(ada.email);
    await sendCode({ ...sent, email: ben.email }, codeOf(bens)).expect(401);
    await sendCode({ ...sent, proof: 'x' }, codeOf(secret)).expect(401);
    await sendCode({ ...sent, until: String(now.getTime() + 1e9) }, codeOf(secret)).expect(401);
    later(11 * 60);
    await sendCode(sent, codeOf(secret)).expect(401);
  });

  it('is guessed at no more often than a password', async () => {
    const user = await signedIn('editor');
    const secret = await withCodes(user);
    const sent = await halfway(user.email);
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess++) statuses.push((await sendCode(sent, '000000')).status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(10);
    await sendCode(sent, codeOf(secret)).expect(429);
  }, 60_000);

  it('is turned off by the password', async () => {
    const user = await signedIn('editor');
    await withCodes(user);
    const off = (password: string) => post('/desk/account/codes/off', { form: user.form, password }, user.cookie);
    await off('not this one').expect(422);
    await off(PASSWORD).expect(303);
    await signIn(user.email).expect(303);
  });
});

describe('one’s password', () => {
  it('is changed by who knows it; everywhere else they are signed out', async () => {
    const user = await signedIn('editor');
    const elsewhere = cookieOf(await signIn(user.email).expect(303));
    const send = (password: string, chosen: string) =>
      post('/desk/account/password', { form: user.form, password, chosen }, user.cookie);
    expect((await send('not this one', OTHER).expect(422)).text).toContain('This is not your password.');
    expect((await send(PASSWORD, 'password1234').expect(422)).text).toContain('guessed first');
    await send(PASSWORD, OTHER).expect(303);
    await get('/desk', user.cookie).expect(200);
    await get('/desk', elsewhere).expect(303);
    await signIn(user.email, PASSWORD).expect(401);
    await signIn(user.email, OTHER).expect(303);
  });

  it('is chosen anew by a link of an administrator, once, and codes are no longer asked', async () => {
    const [admin, user] = [await signedIn('admin'), await signedIn('editor')];
    await withCodes(user);
    await post(`/desk/users/${user.id}/reset`, { form: user.form }, user.cookie).expect(403);
    const offer = async () => {
      const page = await post(`/desk/users/${user.id}/reset`, { form: admin.form }, admin.cookie).expect(200);
      return /http:\/\/record\.test(\/desk\/reset\/[\w-]{43})/.exec(page.text)![1]!;
    };
    const [older, link] = [await offer(), await offer()];
    await get(older).expect(410);
    expect((await get(link).expect(200)).text).toContain(user.email);
    await post(link, { chosen: 'short' }).expect(422);
    await post(link, { chosen: OTHER }, '', { origin: 'https://evil.example.org' }).expect(422);
    const chosen = await post(link, { chosen: OTHER }).expect(303);
    await get('/desk', cookieOf(chosen)).expect(200);
    await get('/desk', user.cookie).expect(303);
    await post(link, { chosen: OTHER }).expect(410);
    await signIn(user.email, OTHER).expect(303);
    const told = await site.db
      .selectFrom('changes')
      .select(['action', 'actor_id', 'reason'])
      .where('action', 'in', ['reset.offer', 'password.reset'])
      .execute();
    expect(told).toContainEqual({
      action: 'reset.offer',
      actor_id: admin.id,
      reason: expect.stringMatching(/^For User/),
    });
    expect(told).toContainEqual({ action: 'password.reset', actor_id: user.id, reason: null });
  });

  it('keeps the link for a day, and none of whoever may not sign in', async () => {
    const [admin, user] = [await signedIn('admin'), await signedIn('editor')];
    const page = await post(`/desk/users/${user.id}/reset`, { form: admin.form }, admin.cookie).expect(200);
    const link = /(\/desk\/reset\/[\w-]{43})/.exec(page.text)![1]!;
    later(86_401);
    await get(link).expect(410);
    await post(`/desk/users/${user.id}`, { form: admin.form, role: 'editor', disabled: 'on' }, admin.cookie);
    await post(`/desk/users/${user.id}/reset`, { form: admin.form }, admin.cookie).expect(404);
    expect(await site.db.selectFrom('resets').select('user_id').where('user_id', '=', user.id).execute()).toHaveLength(
      1,
    );
  });
});
