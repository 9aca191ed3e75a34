import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { Conflict, NotFound } from '../../errors.ts';
import { tables } from '../nouns.ts';
import { by, idBy } from '../references.ts';
import { demand } from '../users/permissions.ts';
import type { MergeableNoun } from './merge-record.ts';

/**
 * Sets a person or claim that was merged apart again, with those that stood behind it when it was merged; returns its id.
 * The reference is its own id or slug, not that of the one which stands for it. Throws `Conflict` where it is not merged.
 */
export async function unmergeRecord(tx: Writer, noun: MergeableNoun, reference: string): Promise<string> {
  demand(tx, 'record.merge');
  const table = tables[noun] as 'people';
  const record = await tx
    .selectFrom(table)
    .select(['id', 'canonical_id'])
    .where('id', '=', idBy(noun, by(reference), sql`${reference}`))
    .executeTakeFirst();
  if (!record) throw new NotFound(noun, reference);
  const { id, canonical_id: kept } = record;
  if (kept === id) throw new Conflict(`${noun}.not_merged`, `This ${noun} is not merged into another.`);
  // Whoever stood behind it until the moment at which it was last merged; not who has been set apart since.
  await sql`
    update ${sql.table(table)} as member set canonical_id = ${id}::uuid
     where member.canonical_id = ${kept}::uuid and (member.id = ${id}::uuid or exists (
       select from ${sql.table(`history.${table}`)} as before
        where before.id = member.id and before.canonical_id = ${id}::uuid and before.sys_until = (
          select max(sys_until) from ${sql.table(`history.${table}`)} where id = ${id}::uuid and canonical_id = ${id}::uuid)))`.execute(
    tx,
  );
  return id;
}
