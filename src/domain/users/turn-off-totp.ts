import type { Writer } from '../../db/types.ts';

/** The actor of this change signs in without a code again. */
export async function turnOffTotp(tx: Writer): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('totps')
    .where('user_id', '=', tx.change.actor.id)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return tx.unchanged(undefined);
}
