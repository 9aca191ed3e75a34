import express, { type RequestHandler } from 'express';
import { Invalid, Malformed } from '../../errors.ts';
import { badText } from '../../lib/text.ts';
import { problem, sendProblem } from './problems.ts';

const TYPES = ['application/json', 'application/merge-patch+json'];
const MOST_LEVELS = 64;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body as JSON into `req.body`. What PostgreSQL cannot hold or a decoder would change silently is refused
 * here: invalid UTF-8, NUL, lone surrogates.
 */
export const jsonBody: RequestHandler[] = [
  (req, res, next) => {
    const [type = '', ...parameters] = (req.headers['content-type'] ?? '')
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    const otherCharset = parameters.some((part) => part.startsWith('charset=') && !/^charset="?utf-?8"?$/.test(part));
    if (TYPES.includes(type) && !otherCharset) return next();
    sendProblem(res, problem(415, 'unsupported_media_type', 'Send the body as application/json in UTF-8.'));
  },
  express.raw({ type: () => true, limit: '1mb' }),
  (req, _res, next) => {
    req.body = parse(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
    next();
  },
];

function parse(bytes: Buffer): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw Invalid.at([], 'is not valid UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Malformed(`The body is not JSON: ${(error as Error).message}`);
  }
  refuseBadKeys(value, []);
  return value;
}

/** Values are checked by the schemas; keys and depth are nobody else's. */
function refuseBadKeys(value: unknown, path: (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > MOST_LEVELS) throw Invalid.at([], `is nested more than ${MOST_LEVELS} levels deep`);
  for (const [key, member] of Object.entries(value)) {
    const bad = badText(key);
    if (bad) throw Invalid.at(path, `a name in it ${bad}`);
    // The schemas would leave it out without a word.
    if (key === '__proto__') throw Invalid.at([...path, key], 'is not known here');
    refuseBadKeys(member, [...path, key]);
  }
}
