import type { Writer } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import { demand } from './permissions.ts';
import { daysAfter } from './rules.ts';
import { hashOf, newLinkSecret } from './secrets.ts';

export interface OfferedReset {
  /** Goes into the link; shown this once. */
  secret: string;
  /** Whom it is for. */
  name: string;
  expiresAt: string;
}

/** Makes a link by which a user chooses a new password, once and within 24 hours; an earlier one is void. Throws `NotFound`. */
export async function offerReset(tx: Writer, userId: string): Promise<OfferedReset> {
  demand(tx, 'user.manage');
  const user = await tx
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId)
    .where('kind', '=', 'person')
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (!user) throw new NotFound('user', userId);
  const secret = newLinkSecret();
  const reset = { hash: hashOf(secret), expires_at: daysAfter(tx.change.at, 1) };
  await tx
    .insertInto('resets')
    .values({ user_id: userId, ...reset })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(reset))
    .execute();
  return { secret, name: user.name, expiresAt: reset.expires_at };
}
