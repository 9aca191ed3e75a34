import { beforeAll } from '@jest/globals';
import request, { type Test } from 'supertest';
import { change } from '../../src/db/change.ts';
import type { Role } from '../../src/db/types.ts';
import { acceptInvitation } from '../../src/domain/users/accept-invitation.ts';
import { inviteUser } from '../../src/domain/users/invite-user.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { hashPassword } from '../../src/domain/users/passwords.ts';
import { publicUrl } from './database.ts';
import type { Body } from './records.ts';
import type { Site } from './site.ts';

export const PASSWORD = 'the river bends twice at Millford';

/** The desk as a browser sees it, and people who sign in there. */
export function deskOn(site: Site) {
  let passwordHash: string;
  let number = 0;
  beforeAll(async () => {
    passwordHash = await hashPassword(PASSWORD);
  });

  async function aUser(...roles: Role[]): Promise<{ id: string; email: string }> {
    const email = `user${++number}@example.org`;
    return change(site.db, { actor: operator, action: 'invitation.accept' }, async (tx) => {
      const { secret } = await inviteUser(tx, { roles });
      return { ...(await acceptInvitation(tx, { secret, name: `User ${number}`, email, passwordHash })), email };
    });
  }
  const post = (path: string, form: Record<string, string>, cookie = '', headers = {}): Test =>
    request(site.app)
      .post(path)
      .type('form')
      .set({ origin: publicUrl, cookie, ...headers })
      .send(form);
  const get = (path: string, cookie = ''): Test => request(site.app).get(path).set({ cookie, accept: 'text/html' });
  const signIn = (email: string, password = PASSWORD, cookie = '', headers = {}) =>
    post('/desk/sign-in', { email, password }, cookie, headers);
  const cookieOf = (response: Body, name = 'session'): string =>
    (response.headers['set-cookie'] as string[]).find((one) => one.includes(name))!.split(';')[0]!;

  return {
    aUser,
    post,
    get,
    signIn,
    /** The cookie of a session, or of a device, as a browser sends it. */
    cookieOf,
    /** Somebody signed in: the session's cookie, and what its forms carry. */
    async signedIn(...roles: Role[]) {
      const user = await aUser(...roles);
      const cookie = cookieOf(await signIn(user.email).expect(303));
      const form = /name="form" value="([^"]+)"/.exec((await get('/desk', cookie).expect(200)).text)![1]!;
      return { ...user, cookie, form };
    },
  };
}
