import { createHmac, timingSafeEqual } from 'node:crypto';

/** What only this server can say of a text: whoever brings it back was given it by us. */
export function proofOf(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** Whether two proofs are the same; how long it takes tells nothing of where they differ. */
export function isSame(sent: string, expected: string): boolean {
  const [one, other] = [Buffer.from(sent), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
