import type { Writer } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';

/** Ends one of the actor's own sessions; with it they are signed out there at once. Throws `NotFound`. */
export async function endSession(tx: Writer, id: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', tx.change.actor.id)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw new NotFound('session', id);
}
