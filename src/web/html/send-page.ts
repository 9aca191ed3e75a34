import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPublic, type Memory, remembered, send } from '../memory.ts';

/** Nothing from elsewhere, nothing inline: styles, scripts and pictures are files of ours. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** What every page's header says. Which form an address gives depends on what is accepted. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': pagePolicy,
  vary: 'Accept',
};

/**
 * Sends what the public is shown at an address, or 304, and remembers it until the record changes. `generation` is that
 * of the memory before anything was read for it.
 */
export function sendPage(
  req: IncomingMessage & { originalUrl: string },
  res: ServerResponse,
  { memory, generation }: { memory: Memory; generation: number },
  content: string | Buffer,
  headers: Record<string, string> = {},
): void {
  const body = Buffer.from(content as string);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const all = { ...res.getHeaders(), ...pageHeaders, 'cache-control': 'public, no-cache', ...headers, etag };
  const answer = remembered(etag, all, body);
  if (isPublic(req)) memory.keep(req.originalUrl, generation, answer);
  send(req, res, answer);
}
