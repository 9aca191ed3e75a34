import type { IncomingMessage } from 'node:http';

/**
 * Whether a form was sent from a page of ours. Browsers say so in Sec-Fetch-Site or, where the connection is not
 * encrypted, in Origin; whoever sends neither is no browser that another site could misuse.
 */
export function isSameOrigin({ headers }: IncomingMessage, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false; // "null", from a page without an origin
  return new URL(origin).host === headers.host || origin === new URL(publicUrl).origin;
}
