import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { change } from '../../src/db/change.ts';
import { editUser } from '../../src/domain/users/edit-user.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { publicUrl } from '../support/database.ts';
import { deskOn, PASSWORD } from '../support/desk.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

let now = new Date();
const site = testSite(() => now);
const { aClaim } = recordsOn(site);

const { aUser, post, get, signIn, cookieOf, signedIn } = deskOn(site);
const actions = async (): Promise<string[]> =>
  (await site.db.selectFrom('changes').select('action').orderBy('at').execute()).map(({ action }) => action);

describe('signing in', () => {
  it('lets in who knows the password, however the address is written, with a cookie that scripts cannot reach', async () => {
    const { email } = await aUser('editor');
    const answer = await signIn(` ${email.toUpperCase()}`).expect(303);
    expect(answer.headers.location).toBe('/desk');
    const set = (answer.headers['set-cookie'] as unknown as string[])[0]!;
    expect(set).toMatch(/^onrecord-session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    const page = await get('/desk', cookieOf(answer)).expect(200);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe/);
    expect((await actions()).slice(-2)).toEqual(['sign-in.try', 'session.start']);
  });

  it('says the same of a wrong password and of an address that nobody has, and puts both on record', async () => {
    const { email } = await aUser('editor');
    const wrong = await signIn(email, 'not this one').expect(401);
    const nobody = await signIn('nobody@example.org', 'not this one').expect(401);
    expect(nobody.text.replaceAll('nobody@example.org', email)).toBe(wrong.text);
    expect(wrong.headers['set-cookie']).toBeUndefined();
    expect((await actions()).slice(-4)).toEqual(['sign-in.try', 'sign-in.refuse', 'sign-in.try', 'sign-in.refuse']);
  });

  it('leads whoever is not signed in to the sign-in and back, but to no other site', async () => {
    const { email } = await aUser('admin');
    const led = await get('/desk/changes?action=claim').expect(303);
    expect(led.headers.location).toBe('/desk/sign-in?next=%2Fdesk%2Fchanges%3Faction%3Dclaim');
    const back = await post(led.headers.location!, { email, password: PASSWORD }).expect(303);
    expect(back.headers.location).toBe('/desk/changes?action=claim');
    for (const next of ['//evil.example.org', 'https://evil.example.org', '/desk//evil.example.org/%0d', '/people'])
      expect(
        (await post(`/desk/sign-in?next=${encodeURIComponent(next)}`, { email, password: PASSWORD })).headers.location,
      ).toMatch(/^\/desk/);
  });

  it('gives a new secret each time, and the one that the browser had before ends', async () => {
    const { email } = await aUser('editor');
    const first = cookieOf(await signIn(email).expect(303));
    const second = cookieOf(await signIn(email, PASSWORD, first).expect(303));
    expect(second).not.toBe(first);
    await get('/desk', first).expect(303);
    await get('/desk', second).expect(200);
  });

  it('lasts a week', async () => {
    const { cookie } = await signedIn('editor');
    now = new Date(Date.now() + 8 * 86_400_000);
    await get('/desk', cookie).expect(303);
    now = new Date();
  });

  it('ends by signing out', async () => {
    const { cookie, form } = await signedIn('editor');
    await post('/desk/sign-out', { form }, cookie).expect(303);
    await get('/desk', cookie).expect(303);
  });

  it('ends at once with a change of roles, or when somebody may no longer sign in', async () => {
    const { id, email, cookie } = await signedIn('editor');
    const edit = (input: object) =>
      change(site.db, { actor: operator, action: 'user.edit' }, (tx) => editUser(tx, id, input));
    await signedIn('admin');
    await edit({ roles: ['contributor'] });
    await get('/desk', cookie).expect(303);
    const again = cookieOf(await signIn(email).expect(303));
    await edit({ disabled: true });
    await get('/desk', again).expect(303);
    await signIn(email).expect(401);
  });
});

describe('guessing', () => {
  it('is over after a few wrong passwords, for that account from that network, and on it goes later', async () => {
    const { email } = await aUser('editor');
    for (let guess = 0; guess < 10; guess++) await signIn(email, `guess ${guess}`).expect(401);
    const waits = await signIn(email, PASSWORD).expect(429);
    expect(Number(waits.headers['retry-after'])).toBeGreaterThan(800);
  }, 60_000);

  it('does not lock the owner out of a browser in which they have signed in', async () => {
    const { email } = await aUser('editor');
    const device = cookieOf(await signIn(email).expect(303), 'device');
    for (let guess = 0; guess < 10; guess++) await signIn(email, `guess ${guess}`);
    await signIn(email).expect(429);
    await signIn(email, PASSWORD, device).expect(303);
    const other = await aUser('editor');
    for (let guess = 0; guess < 10; guess++) await signIn(other.email, `guess ${guess}`, device);
    await signIn(other.email, PASSWORD, device).expect(429);
  }, 60_000);

  it('many at once gets no more through than one after the other', async () => {
    const { email } = await aUser('editor');
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => (await signIn(email, `guess ${n}`)).status),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  }, 60_000);
});

describe.each([
  ['is taken from a proxy that is trusted', { TRUSTED_PROXIES: 'loopback' }, 401],
  ['is nobody’s word for it otherwise', {}, 429],
] as const)('where a guess comes from', (what, env, status) => {
  const behind = testSite(() => new Date(), { env });
  const desk = deskOn(behind);

  it(what, async () => {
    const { email } = await desk.aUser('editor');
    const guess = (address: string) => desk.signIn(email, 'a guess', '', { 'x-forwarded-for': address });
    for (let number = 0; number < 10; number++) await guess('203.0.113.1').expect(401);
    await guess('203.0.113.1').expect(429);
    await guess('203.0.113.2').expect(status);
  }, 60_000);
});

describe('another site’s page', () => {
  const elsewhere = [{ origin: 'https://evil.example.org' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }];

  it.each(elsewhere)('cannot sign anybody in: %j', async (headers) => {
    const { email } = await aUser('editor');
    await signIn(email, PASSWORD, '', headers).expect(403);
  });

  it.each(elsewhere)('cannot send a form of the desk, nor write to the API, by a session: %j', async (headers) => {
    const { cookie, form } = await signedIn('admin', 'editor');
    await post('/desk/sign-out', { form }, cookie, headers).expect(403);
    await get('/desk', cookie).expect(200);
    const bridge = { text: 'The bridge was closed', language: 'en' };
    await request(site.app)
      .post('/api/v1/claims')
      .set({ cookie, ...headers })
      .send(bridge)
      .expect(403);
  });

  it('has no form’s token, and that of another session is none', async () => {
    const [one, other] = [await signedIn('admin'), await signedIn('admin')];
    await post('/desk/sign-out', {}, one.cookie).expect(403);
    await post('/desk/sign-out', { form: other.form }, one.cookie).expect(403);
  });

  it('may read what is public, and gets no answer for the session', async () => {
    const { cookie } = await signedIn('editor');
    const answer = await request(site.app)
      .get('/api/v1/people')
      .set({ cookie, origin: 'https://evil.example.org' })
      .expect(200);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('private, no-cache');
  });
});

describe('the API by the session of the desk', () => {
  const api = (method: 'get' | 'post' | 'patch', path: string, cookie: string) =>
    request(site.app)[method](`/api/v1/${path}`).set({ cookie, origin: publicUrl });

  it('writes as the person, in their roles, and shows what is not public', async () => {
    const { id, cookie } = await signedIn('contributor');
    const draft = await api('post', 'claims', cookie).send({ text: 'The bridge is shut', language: 'en' }).expect(201);
    expect(draft.body.state).toBe('draft');
    await api('get', `claims/${draft.body.id}`, cookie).expect(200);
    await api('get', `claims/${draft.body.id}`, '').expect(404);
    const history = await api('get', `claims/${draft.body.id}/history`, cookie).expect(200);
    expect(history.body.items[0].by).toMatchObject({ id, kind: 'person' });
    await api('patch', `claims/${draft.body.id}`, cookie)
      .set('if-match', '"1"')
      .send({ state: 'published' })
      .expect(403);
  });

  it('a person approves and another publishes where four eyes hold', async () => {
    const [ada, ben, cyd] = [await signedIn('editor'), await signedIn('editor'), await signedIn('reviewer')];
    const claim = await api('post', 'claims', ada.cookie).send({ text: 'Ada wrote it', language: 'en' }).expect(201);
    expect(claim.body.state).toBe('in_review');
    const publish = (cookie: string) =>
      api('patch', `claims/${claim.body.id}`, cookie).set('if-match', '"1"').send({ state: 'published' });
    await api('post', `claims/${claim.body.id}/approval`, ada.cookie).send({ version: 1 }).expect(403);
    await api('post', `claims/${claim.body.id}/approval`, cyd.cookie).send({ version: 1 }).expect(200);
    await publish(ada.cookie).expect(403);
    await publish(ben.cookie).expect(200);
    const [published, approved] = (await api('get', `claims/${claim.body.id}/history`, cyd.cookie)).body.items;
    expect(published.fields).toEqual([{ field: 'state', before: 'in_review', after: 'published' }]);
    expect(approved.fields[0]).toMatchObject({ field: 'approvedBy', after: { id: cyd.id } });
  });
});

describe('administration', () => {
  it.each(['/desk/users', '/desk/tokens', '/desk/changes', '/desk/changes.csv'])(
    'is for administrators alone: %s',
    async (path) => {
      const [editor, admin] = [await signedIn('editor'), await signedIn('admin')];
      await get(path, editor.cookie).expect(403);
      await get(path, admin.cookie).expect(200);
    },
  );

  it('invites by a link, which is shown once', async () => {
    const { cookie, form } = await signedIn('admin');
    const page = await post('/desk/users', { form, role: 'reviewer' }, cookie).expect(200);
    const link = /http:\/\/record\.test(\/setup\/[\w-]+)/.exec(page.text)![1]!;
    const weak = await post(link, { name: 'Eve', email: 'eve@example.org', password: 'password1234' }).expect(422);
    expect(weak.text).toMatch(/guessed first/);
    const welcome = await post(link, { name: 'Eve', email: 'eve@example.org', password: PASSWORD }).expect(201);
    expect((await get('/desk', cookieOf(welcome)).expect(200)).text).toMatch(/Welcome, Eve/);
    expect((await get('/desk/users', cookie)).text).toMatch(/eve@example.org/);
  });

  it('changes roles, of which there is always one', async () => {
    const { cookie, form } = await signedIn('admin');
    const user = await signedIn('contributor');
    await post(`/desk/users/${user.id}`, { form, role: 'editor' }, cookie).expect(303);
    await get('/desk', user.cookie).expect(303);
    const roles = await site.db.selectFrom('users').select('roles').where('id', '=', user.id).executeTakeFirst();
    expect(String(roles!.roles)).toContain('editor');
    await post(`/desk/users/${user.id}`, { form }, cookie).expect(422);
    const changes = await get('/desk/changes?action=user.edit', cookie).expect(200);
    expect(changes.text).toMatch(/User \d+: editor/);
  });

  it('makes tokens, shows them once and revokes them', async () => {
    const { cookie, form } = await signedIn('admin');
    const page = await post('/desk/tokens', { form, name: 'Importer', role: 'contributor', days: '30' }, cookie).expect(
      201,
    );
    const token = /onr_\w+/.exec(page.text)![0];
    const write = () =>
      request(site.app)
        .post('/api/v1/claims')
        .set('authorization', `Bearer ${token}`)
        .send({ text: 'By a program', language: 'en' });
    await write().expect(201);
    const list = (await get('/desk/tokens', cookie)).text;
    expect(list).not.toContain(token);
    const { id } = await site.db
      .selectFrom('tokens')
      .select('id')
      .where('name', '=', 'Importer')
      .executeTakeFirstOrThrow();
    await post(`/desk/tokens/${id}/revoke`, { form }, cookie).expect(303);
    await write().expect(401);
    await post('/desk/tokens', { form, name: '', role: 'king', days: '0' }, cookie).expect(422);
  });

  it('shows what was done, by kind and by whom, and exports it whole', async () => {
    const { cookie } = await signedIn('admin');
    await aClaim({ text: 'Logged by a program' });
    await signIn('nobody@example.org', '=cmd()').expect(401);
    const page = await get('/desk/changes?action=sign-in.refuse', cookie).expect(200);
    expect(page.text).toMatch(/Nobody signs in with the address/);
    expect(page.text).not.toMatch(/claim\.log/);
    const csv = await get('/desk/changes.csv?action=claim.log&by=EDITOR', cookie).expect(200);
    expect(csv.text.split('\n')[0]).toBe('at,action,by,token,reason,id');
    expect(csv.text).toMatch(/claim\.log,editor,editor,,/);
  });
});

describe('one’s sessions', () => {
  it('are listed, and each can be ended; nobody else’s can', async () => {
    const user = await signedIn('editor');
    const second = cookieOf(await signIn(user.email).expect(303));
    const page = await get('/desk/account', user.cookie).expect(200);
    const ids = [...page.text.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids).toHaveLength(1);
    const stranger = await signedIn('editor');
    await post('/desk/account/sessions', { form: stranger.form, session: ids[0]! }, stranger.cookie).expect(404);
    await post('/desk/account/sessions', { form: user.form, session: ids[0]! }, user.cookie).expect(303);
    await get('/desk', second).expect(303);
    await get('/desk', user.cookie).expect(200);
  });
});
