import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isPublic, type Memory } from './memory.ts';
import { codingFor, represent, sendRepresentation } from './representation.ts';

/** Where an answer may be kept: the memory, and its generation before anything was read for the answer. */
export interface Keeping {
  memory: Memory;
  generation: number;
}

/**
 * Sends what a reader is answered, compressed for who takes that, or 304 to who has it; what the public is answered is
 * kept as it was sent. `headers` go before those that were set on `res`; the ETag is theirs, else the hash of the body.
 */
export function sendAnswer(
  req: IncomingMessage & { originalUrl: string },
  res: ServerResponse,
  body: Buffer,
  headers: OutgoingHttpHeaders,
  { keeping, status }: { keeping?: Keeping; status?: number } = {},
): void {
  const coding = codingFor(req);
  const etag = String(headers.etag ?? `"${digestOf(body)}"`);
  const answer = represent({ etag, headers: { ...res.getHeaders(), ...headers }, body }, coding);
  if (keeping && isPublic(req)) keeping.memory.keep(req.originalUrl, coding, keeping.generation, answer);
  sendRepresentation(req, res, answer, status);
}

/** What tells these bytes from others: the first 132 bits of their SHA-256, as 22 signs. */
export const digestOf = (body: Buffer | string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 22);
