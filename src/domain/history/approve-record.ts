import { type RawBuilder, sql } from 'kysely';
import type { Reader, Writer } from '../../db/types.ts';
import { Conflict, Forbidden, Gone, NotFound, Stale } from '../../errors.ts';
import { type StatefulNoun, tables } from '../nouns.ts';
import { demand } from '../users/permissions.ts';

/**
 * Approves the words of a record in review, as a second pair of eyes; any edit voids it. It publishes nothing. Throws
 * `Conflict` where the record is not in review, `Forbidden` for a token and for whoever wrote or changed it, `Stale`.
 */
export async function approveRecord(
  tx: Writer,
  noun: StatefulNoun,
  id: string,
  expectedVersion: number,
): Promise<void> {
  demand(tx, 'record.approve');
  const { actor } = tx.change;
  // The tables differ in type but not in what is done here.
  const table = tables[noun] as 'claims';
  const record = await tx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst();
  if (!record) throw new NotFound(noun, id);
  if (record.purged_because) throw Gone.purged(noun, record.purged_because);
  if (record.version !== expectedVersion) throw new Stale(noun, record.version);
  if (record.state !== 'in_review')
    throw new Conflict(`${noun}.not_in_review`, `This ${noun} is not in review: its state is ${record.state}.`);
  if (actor.id === null || actor.tokenId !== null)
    throw new Forbidden('A person approves, not a token: sign in at the desk.');
  if ((await writersOf(tx, noun, id)).includes(actor.id))
    throw new Forbidden(`You wrote or changed this ${noun}, so somebody else must approve it.`);
  if (record.approved_by === actor.id) return tx.unchanged(undefined);
  await tx.updateTable(table).set({ approved_by: actor.id }).where('id', '=', id).execute();
}

/** Ids of the users who wrote or changed a record since it was last public. */
export async function writersOf(db: Reader, noun: StatefulNoun, id: string): Promise<string[]> {
  const writers: RawBuilder<{ id: string }> = sql`select w as id from written_by(${tables[noun]}, ${id}::uuid) as w`;
  return (await db.executeQuery(writers.compile(db))).rows.map((row) => row.id);
}
