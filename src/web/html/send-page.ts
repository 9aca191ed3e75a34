import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Keeping, sendAnswer } from '../send-answer.ts';

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

/** Sends what the public is shown at an address, or 304, and remembers it until the record changes. */
export function sendPage(
  req: IncomingMessage & { originalUrl: string },
  res: ServerResponse,
  keeping: Keeping,
  content: string | Buffer,
  headers: Record<string, string> = {},
): void {
  const all = { ...pageHeaders, 'cache-control': 'public, no-cache', ...headers };
  sendAnswer(req, res, Buffer.from(content as string), all, { keeping });
}
