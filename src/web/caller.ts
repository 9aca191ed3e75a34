import type { IncomingMessage } from 'node:http';
import type { Actor } from '../db/types.ts';
import { authenticate } from '../domain/users/authenticate.ts';
import { findSession, type Session } from '../domain/users/session.ts';
import { Forbidden } from '../errors.ts';
import { isSameOrigin } from './middleware/same-origin.ts';
import { cookiesOf, mayHaveSession } from './session-cookie.ts';
import type { Site } from './site.ts';

type Asked = Pick<Site, 'db' | 'publicUrl' | 'now'>;

/** Who is signed in at the desk, by the session's cookie. */
export async function sessionOf(req: IncomingMessage, { db, publicUrl, now }: Asked): Promise<Session | undefined> {
  if (!mayHaveSession(req)) return undefined;
  const { session } = cookiesOf(req, publicUrl);
  return session ? findSession(db, session, now()) : undefined;
}

/**
 * Who asks the API: by a token or, without one, by the desk's session; null is the public. Browsers send the session's
 * cookie whoever made the page, so whatever is written by it must come from a page of ours. Throws `Unauthenticated`, `Forbidden`.
 */
export async function callerOf(req: IncomingMessage, site: Asked): Promise<Actor | null> {
  if (req.headers.authorization !== undefined) return authenticate(site.db, req.headers.authorization, site.now());
  const session = await sessionOf(req, site);
  if (!session) return null;
  if (req.method !== 'GET' && req.method !== 'HEAD' && !isSameOrigin(req, site.publicUrl))
    throw new Forbidden('This was sent from another site’s page, so the session of the desk does not count.');
  return session;
}
