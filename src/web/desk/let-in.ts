import type { Request, Response } from 'express';
import { change } from '../../db/change.ts';
import type { Actor, Writer } from '../../db/types.ts';
import { SESSION_DAYS, startSession } from '../../domain/users/start-session.ts';
import { cookiesOf, setCookie } from '../session-cookie.ts';
import type { Site } from '../site.ts';
import { newDevice, provenDevice } from './device.ts';
import { parametersOf } from './visit.ts';

const DEVICE_DAYS = 365;

/**
 * Starts a session of somebody of whom it was made sure who they are, and leads them to where they wanted to go.
 * `last` is what must still hold in the same change; where it does not, nobody is let in, and false is returned.
 */
export async function letIn(
  site: Site,
  req: Request,
  res: Response,
  { id, roles }: Pick<Actor, 'roles'> & { id: string },
  last: (tx: Writer) => Promise<boolean> = async () => true,
): Promise<boolean> {
  const { session: previous, device } = cookiesOf(req, site.publicUrl);
  const actor: Actor = { id, tokenId: null, roles };
  const started = await change(site.db, { actor, action: 'session.start' }, async (tx) => {
    if (!(await last(tx))) return tx.unchanged(undefined);
    return startSession(tx, { agent: req.headers['user-agent'], previous });
  });
  if (!started) return false;
  setCookie(res, site.publicUrl, 'session', started.secret, SESSION_DAYS);
  if (!provenDevice(site.secret, id, device))
    setCookie(res, site.publicUrl, 'device', newDevice(site.secret, id), DEVICE_DAYS);
  res.redirect(303, nextOf(req));
  return true;
}

/** Where they wanted to go: a page of the desk, never another site. */
function nextOf(req: Request): string {
  const next = parametersOf(req).get('next') ?? '';
  return /^\/desk(?:[/?][\w/?=&%.-]*)?$/.test(next) ? next : '/desk';
}
