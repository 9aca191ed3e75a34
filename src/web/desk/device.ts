import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a browser keeps in which somebody has signed in, so that it is throttled apart from strangers. It lets nobody in. */
export function newDevice(secret: string, userId: string): string {
  const name = randomBytes(16).toString('base64url');
  return `${name}.${proof(secret, userId, name)}`;
}

/** The name of the device, where this is one in which this very user has signed in. */
export function provenDevice(secret: string, userId: string, sent: string | undefined): string | undefined {
  const [name = '', sentProof = ''] = (sent ?? '').split('.');
  const [one, other] = [Buffer.from(sentProof), Buffer.from(proof(secret, userId, name))];
  return one.length === other.length && timingSafeEqual(one, other) ? name : undefined;
}

const proof = (secret: string, userId: string, name: string) =>
  createHmac('sha256', secret).update(`device ${userId} ${name}`).digest('base64url');
