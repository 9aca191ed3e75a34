import { createHash, randomBytes, randomInt } from 'node:crypto';
import { BASE62, RANDOM_LENGTH, tokenOf } from './token-format.ts';

/** What is kept of a secret that we gave out: it has so many random bits that a plain hash cannot be searched. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function newToken(): string {
  return tokenOf(Array.from({ length: RANDOM_LENGTH }, () => BASE62[randomInt(62)]).join(''));
}

/** For an address: 256 random bits. */
export function newLinkSecret(): string {
  return randomBytes(32).toString('base64url');
}
