import type { Jotter } from '../../db/jot.ts';
import type { Writer } from '../../db/types.ts';

/** Ends a user's form: it was sent (then in the change that it became) or thrown away. */
export async function endUnsentForm(tx: Writer | Jotter, userId: string, id: string): Promise<void> {
  await (tx as Jotter).deleteFrom('unsent_forms').where('id', '=', id).where('user_id', '=', userId).execute();
}
