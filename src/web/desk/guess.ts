import type { Request } from 'express';
import { change } from '../../db/change.ts';
import type { Actor } from '../../db/types.ts';
import type { Account } from '../../domain/users/account.ts';
import { refuseSignIn } from '../../domain/users/refuse-sign-in.ts';
import { type Guess, trySignIn } from '../../domain/users/try-sign-in.ts';
import { TooMany } from '../../errors.ts';
import { cookiesOf } from '../session-cookie.ts';
import type { Site } from '../site.ts';
import { provenDevice } from './device.ts';

/** Whoever is not signed in yet. */
export const somebody: Actor = { id: null, tokenId: null, roles: [] };

/** What is counted of somebody who says that they are the user with this address. */
export function guessAt(site: Site, req: Request, email: string, account: { id: string } | undefined): Guess {
  const { device } = cookiesOf(req, site.publicUrl);
  return {
    email,
    network: req.ip ?? '',
    device: account && provenDevice(site.secret, account.id, device),
  };
}

/** Counts a guess before it is checked. Where there were too many, how long to wait, in seconds and in words. */
export async function countGuess(site: Site, guess: Guess): Promise<{ seconds: string; text: string } | undefined> {
  try {
    await change(site.db, { actor: somebody, action: 'sign-in.try' }, (tx) => trySignIn(tx, guess));
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return { seconds: String(error.seconds), text: `${error.message} (${waiting(error.seconds)})` };
  }
}

/** Puts on record that a guess was wrong. */
export async function recordRefusal(
  site: Site,
  what: 'password' | 'code',
  account: Account | undefined,
): Promise<void> {
  const reason = account ? `Wrong ${what} for ${account.name}` : 'Nobody signs in with the address that was given';
  await change(site.db, { actor: somebody, action: 'sign-in.refuse', reason }, refuseSignIn);
}

const waiting = (seconds: number) =>
  seconds < 90
    ? `${seconds} seconds`
    : seconds < 5400
      ? `${Math.ceil(seconds / 60)} minutes`
      : `${Math.ceil(seconds / 3600)} hours`;
