import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { TooMany } from '../../errors.ts';
import { hashOf } from './secrets.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Limit {
  key: string;
  most: number;
  seconds: number;
}

/** Where a guess comes from. */
export interface Guess {
  email: string;
  /** The network address of whoever asks. */
  network: string;
  /** A device on which this very user has signed in before. */
  device?: string | undefined;
}

/**
 * What throttles a guess. A device on which the user signed in before has an allowance of its own, so that strangers who
 * guess at somebody's password, from however many networks, do not lock them out.
 */
function limitsOf({ email, network, device }: Guess): Limit[] {
  const account = `account ${email.trim().toLowerCase()}`;
  if (device) return [{ key: `${account} device ${device}`, most: 20, seconds: HOUR }];
  return [
    { key: `${account} network ${network}`, most: 10, seconds: 15 * MINUTE },
    { key: account, most: 100, seconds: DAY },
    { key: `network ${network}`, most: 500, seconds: DAY },
  ];
}

/**
 * Counts a guess at a password before it is checked: changes pass one by one, so of many at once no more get through than
 * may. Throws `TooMany` with the seconds to wait; that guess is not counted.
 */
export async function trySignIn(tx: Writer, guess: Guess): Promise<void> {
  const limits = limitsOf(guess);
  for (const { key, most, seconds } of limits) {
    const { rows } = await sql<{ wait: number }>`
      select ceil(extract(epoch from at + make_interval(secs => ${seconds}) - ${tx.change.at}::timestamptz))::integer as wait
        from attempts where key = ${hashOf(key)} and at > ${tx.change.at}::timestamptz - make_interval(secs => ${seconds})
       order by at desc offset ${most - 1} limit 1`.execute(tx);
    if (rows[0])
      throw new TooMany('sign_in.throttled', 'Too many attempts. Wait a little, then try again.', rows[0].wait);
  }
  await tx
    .deleteFrom('attempts')
    .where('at', '<', sql<string>`${tx.change.at}::timestamptz - interval '1 day'`)
    .execute();
  await tx
    .insertInto('attempts')
    .values(limits.map(({ key }) => ({ key: hashOf(key), at: tx.change.at })))
    .execute();
}

/** Forgets the guesses that led to a sign-in. */
export async function forgetAttempts(tx: Writer, guess: Guess): Promise<void> {
  const keys = limitsOf(guess).map(({ key }) => hashOf(key));
  await tx.deleteFrom('attempts').where('key', 'in', keys).execute();
}
