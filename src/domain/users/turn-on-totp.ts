import type { Writer } from '../../db/types.ts';
import { Conflict } from '../../errors.ts';

/**
 * From now on the actor of this change signs in with a code, too. `step` is that of a first code, which shows that the
 * secret has come to their device. Throws `Conflict` where codes are asked of them already.
 */
export async function turnOnTotp(tx: Writer, { secret, step }: { secret: string; step: number }): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('totps')
    .values({ user_id: tx.change.actor.id!, secret, last_step: step })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n)
    throw new Conflict('totp.is_on', 'You sign in with a code already: turn that off first.');
}
