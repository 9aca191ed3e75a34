import { sql } from 'kysely';
import { inPart } from '../../db/change.ts';
import type { Writer } from '../../db/types.ts';

/** Makes an edit as an editor would and undoes it, for whoever proposes it; returns whether it changed anything. */
export async function rehearseEdit(tx: Writer, edit: (tx: Writer) => Promise<void>): Promise<boolean> {
  await sql`savepoint rehearsal`.execute(tx);
  const wrote = await asEditor(tx, edit);
  await sql`rollback to savepoint rehearsal`.execute(tx);
  return wrote;
}

/** Lets an edit be made, in what will be undone, whatever roles the actor has; returns whether it changed anything. */
export async function asEditor(tx: Writer, edit: (tx: Writer) => Promise<void>): Promise<boolean> {
  const { change } = tx;
  Object.assign(tx, { change: { ...change, actor: { ...change.actor, roles: ['editor'] } } });
  try {
    return await inPart(tx, edit);
  } finally {
    Object.assign(tx, { change });
  }
}
