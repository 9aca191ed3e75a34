import type { Writer } from '../../db/types.ts';

/** Takes a code of this step, once. Returns whether it, or a later one, has not been taken before. */
export async function takeStep(tx: Writer, userId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('totps')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', String(step))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
