import type { Writer } from '../../db/types.ts';

/** Puts on record that somebody was refused; the change itself, with its reason, is all there is to it. */
export async function refuseSignIn(tx: Writer): Promise<string> {
  return tx.change.id;
}
