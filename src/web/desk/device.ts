import { randomBytes } from 'node:crypto';
import { isSame, proofOf } from './proofs.ts';

/** What a browser keeps in which somebody has signed in, so that it is throttled apart from strangers. It lets nobody in. */
export function newDevice(secret: string, userId: string): string {
  const name = randomBytes(16).toString('base64url');
  return `${name}.${proofOfDevice(secret, userId, name)}`;
}

/** The name of the device, where this is one in which this very user has signed in. */
export function provenDevice(secret: string, userId: string, sent: string | undefined): string | undefined {
  const [name = '', proof = ''] = (sent ?? '').split('.');
  return isSame(proof, proofOfDevice(secret, userId, name)) ? name : undefined;
}

const proofOfDevice = (secret: string, userId: string, name: string) => proofOf(secret, `device ${userId} ${name}`);
