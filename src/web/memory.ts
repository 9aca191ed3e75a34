import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { acceptedForm } from './forms.ts';
import { mayHaveSession } from './session-cookie.ts';

/** Bytes of answers kept at most. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Answer {
  etag: string;
  head: string[];
  fullHead: string[];
  body: Buffer;
}

/**
 * The memory of answers, which stands before the router: what the public was told at an address, until the record
 * changes. `generation` tells an answer that was begun before a change from one begun after it.
 */
export class Memory {
  generation = 0;
  #answers = new Map<string, Answer>();
  #bytes = 0;
  #hearing = false;

  /** Forgets all: the record changed. */
  forget(): void {
    this.generation++;
    this.#answers.clear();
    this.#bytes = 0;
  }

  /** While changes of other processes cannot be heard of, nothing is kept. */
  hear(hearing: boolean): void {
    this.#hearing = hearing;
    this.forget();
  }

  /** Answers from memory; false where it does not know. */
  answer(req: IncomingMessage, res: ServerResponse): boolean {
    if ((req.method !== 'GET' && req.method !== 'HEAD') || !isPublic(req) || acceptedForm(req) !== 'json') return false;
    const answer = this.#answers.get(req.url!);
    if (!answer) return false;
    send(req, res, answer);
    return true;
  }

  /** Keeps an answer to the public that was begun in this generation, the oldest ones giving way. */
  keep(address: string, generation: number, answer: Answer): void {
    if (!this.#hearing || generation !== this.generation) return;
    if (answer.body.length > MOST_BYTES / 8 || this.#answers.has(address)) return;
    this.#answers.set(address, answer);
    this.#bytes += answer.body.length;
    for (const [oldAddress, oldest] of this.#answers) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#answers.delete(oldAddress);
      this.#bytes -= oldest.body.length;
    }
  }
}

/** Whoever sends no credentials is told the same. */
export const isPublic = (req: IncomingMessage): boolean =>
  req.headers.authorization === undefined && !mayHaveSession(req);

/** An answer as it is kept: its header is laid out once, as node writes a flat list fastest. */
export function remembered(etag: string, headers: OutgoingHttpHeaders, body: Buffer): Answer {
  const head = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  return { etag, head, fullHead: [...head, 'content-length', String(body.length)], body };
}

/** Sends an answer, or 304 to who has it already. */
export function send(req: IncomingMessage, res: ServerResponse, { etag, head, fullHead, body }: Answer): void {
  if (matches(req.headers['if-none-match'], etag)) {
    res.writeHead(304, head);
    res.end();
    return;
  }
  res.writeHead(200, fullHead);
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** If-None-Match compares weakly (RFC 9110 §13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header === '*') return true;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
