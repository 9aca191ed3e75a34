import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptedForm } from './forms.ts';
import { type Coding, codingFor, type Representation, sendRepresentation } from './representation.ts';
import { mayHaveSession } from './session-cookie.ts';

/** Bytes of answers kept at most; the headers of each count as so many. */
const MOST_BYTES = 32 * 1024 * 1024;
const HEADER_BYTES = 2048;

/**
 * The memory of answers, which stands before the router: what the public was told at an address, as it was
 * sent, until the record changes. `generation` tells an answer that was begun before a change from one begun after it.
 */
export class Memory {
  generation = 0;
  #answers = new Map<string, Representation>();
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
    const answer = this.#answers.get(keyOf(req.url!, codingFor(req)));
    if (!answer) return false;
    sendRepresentation(req, res, answer);
    return true;
  }

  /** Keeps an answer to the public as it was sent, if it was begun in this generation, the oldest ones giving way. */
  keep(address: string, coding: Coding, generation: number, answer: Representation): void {
    if (!this.#hearing || generation !== this.generation) return;
    const key = keyOf(address, coding);
    if (answer.body.length > MOST_BYTES / 8 || this.#answers.has(key)) return;
    this.#answers.set(key, answer);
    this.#bytes += sizeOf(answer);
    for (const [oldKey, oldest] of this.#answers) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#answers.delete(oldKey);
      this.#bytes -= sizeOf(oldest);
    }
  }
}

const keyOf = (address: string, coding: Coding): string => (coding === 'gzip' ? `gzip ${address}` : address);
const sizeOf = ({ body }: Representation): number => body.length + HEADER_BYTES;

/** Whoever sends no credentials is told the same. */
export const isPublic = (req: IncomingMessage): boolean =>
  req.headers.authorization === undefined && !mayHaveSession(req);
