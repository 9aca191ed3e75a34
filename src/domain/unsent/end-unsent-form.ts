import type { Jotter } from '../../db/jot.ts';
import type { Writer } from '../../db/types.ts';

/**
 * Ends a user's form: it was sent (then in the change that it became) or thrown away. Of one that was sent, only the
 * version that was: what another tab has kept of it since is not lost.
 */
export async function endUnsentForm(
  tx: Writer | Jotter,
  userId: string,
  { id, version }: { id: string; version?: number },
): Promise<void> {
  await (tx as Jotter)
    .deleteFrom('unsent_forms')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .$if(version !== undefined, (form) => form.where('version', '=', version!))
    .execute();
}
