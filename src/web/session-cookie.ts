import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';

/** Without encryption browsers take no name that begins with __Host-. */
const nameOf = (name: string, publicUrl: string) => (publicUrl.startsWith('https:') ? `__Host-${name}` : name);

const SESSION = 'onrecord-session';
const DEVICE = 'onrecord-device';

/** Whether a request carries a session at all; cheap, as it is asked before anything else. */
export const mayHaveSession = ({ headers }: IncomingMessage): boolean => headers.cookie?.includes(SESSION) ?? false;

/** What our cookies say: the secret of a session, and the proof of a device on which somebody has signed in before. */
export function cookiesOf(
  req: IncomingMessage,
  publicUrl: string,
): { session?: string | undefined; device?: string | undefined } {
  const cookies = parseCookie(req.headers.cookie ?? '');
  return { session: cookies[nameOf(SESSION, publicUrl)], device: cookies[nameOf(DEVICE, publicUrl)] };
}

/** Sets or, without a value, ends a cookie of ours: out of reach of scripts, and not sent along by other sites' forms. */
export function setCookie(
  res: ServerResponse,
  publicUrl: string,
  of: 'session' | 'device',
  value: string,
  days: number,
): void {
  res.appendHeader(
    'set-cookie',
    stringifySetCookie({
      name: nameOf(of === 'session' ? SESSION : DEVICE, publicUrl),
      value,
      httpOnly: true,
      secure: publicUrl.startsWith('https:'),
      sameSite: 'lax',
      path: '/',
      maxAge: days * 86_400,
    }),
  );
}
