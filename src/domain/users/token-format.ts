import { crc32 } from 'node:zlib';

const PREFIX = 'onr_';
/** 62^30 is about 2^178. */
export const RANDOM_LENGTH = 30;
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHAPE = /^onr_([0-9A-Za-z]{30,100})([0-9A-Za-z]{6})$/;

/**
 * An access token made of random base62 digits. The prefix lets scanners find leaked ones, and the checksum lets anyone
 * tell a token from a mistyped one without asking the database, as GitHub's tokens do.
 */
export function tokenOf(random: string): string {
  return `${PREFIX}${random}${checksum(random)}`;
}

/** Whether this may be a token: the prefix, the length and the checksum are right. */
export function isTokenShaped(text: string): boolean {
  const [, random, mark] = SHAPE.exec(text) ?? [];
  return random !== undefined && mark === checksum(random);
}

/** CRC-32 of prefix and random part as six base62 digits. */
function checksum(random: string): string {
  let digits = '';
  for (let rest = crc32(PREFIX + random); rest > 0; rest = Math.floor(rest / 62)) digits = BASE62[rest % 62] + digits;
  return digits.padStart(6, '0');
}
