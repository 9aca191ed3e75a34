import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, Invalid, NotFound, Stale } from '../../errors.ts';
import { Id } from '../fields.ts';
import { members, tables } from '../nouns.ts';
import { demandEdit, type Stateful } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { isPublicPerson, isPublicSource } from '../visibility.ts';
import { SYSTEM } from './record-versions.ts';

/** Findings are not reworded, so there is nothing to restore of them. */
export type RestorableNoun = 'person' | 'claim' | 'statement' | 'source';

export const RestoreRecord = z.strictObject({
  change: Id.meta({ description: 'A change of its history: what is restored is how the record stood right after it' }),
  version: z.int().min(1).meta({ description: 'The version that you read' }),
});
export type RestoreRecord = z.output<typeof RestoreRecord>;

/** What is not restored: who and where the record is, whether it is public, and what is about the row. */
const BESIDE = [
  'id',
  'canonical_id',
  'slug',
  'state',
  'withdrawn_because',
  'created_by',
  'approved_by',
  'version',
  'purged_because',
];

/**
 * Makes the words of a record, and what belongs to it, what they were after an earlier change: a new change, so that
 * nothing in between is lost. To undo a change, restore what stood before it. Throws `Forbidden`, `Stale`, `Gone`.
 */
export async function restoreRecord(
  tx: Writer,
  noun: RestorableNoun,
  id: string,
  { change, version }: RestoreRecord,
): Promise<void> {
  const table = tables[noun] as 'claims';
  const record = await tx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst();
  if (!record) throw new NotFound(noun, id);
  if (record.purged_because) throw Gone.purged(noun, record.purged_because);
  await demandRestore(tx, noun, id, record);
  if (record.version !== version) throw new Stale(noun, record.version);
  const stamp = await stampOf(tx, noun, id, change);

  const columns = Object.keys(record).filter((column) => ![...BESIDE, ...SYSTEM].includes(column));
  const then = (of: string) =>
    sql`${sql.table(`versions.${of}`)} as v where v.sys_from <= ${stamp} and v.sys_until > ${stamp}`;
  const of = (row: string) => sql.join(columns.map((column) => sql.ref(`${row}.${column}`)));
  const own = await sql`
    update ${sql.table(table)} as present set (${sql.join(columns.map((column) => sql.ref(column)))}) = (
      select ${of('v')} from ${then(table)} and v.id = present.id)
     where id = ${id}::uuid and exists (
       select from ${then(table)} and v.id = present.id and (${of('v')}) is distinct from (${of('present')}))`.execute(
    tx,
  );
  let changed = Number(own.numAffectedRows ?? 0);
  for (const member of members[noun])
    changed += await restoreMembers(tx, member, sql.ref(`${noun}_id`), id, then(member));
  if (changed === 0) return tx.unchanged(undefined);
  await sql`update ${sql.table(table)} set version = version + 1 where id = ${id}::uuid`.execute(tx);
}

async function demandRestore(tx: Writer, noun: RestorableNoun, id: string, record: Stateful): Promise<void> {
  if (noun === 'claim' || noun === 'statement') return demandEdit(tx, record);
  const isPublic = noun === 'person' ? isPublicPerson('x.id') : isPublicSource('x.id');
  const found = await tx
    .selectFrom(`${tables[noun]} as x` as 'people as x')
    .select(isPublic.as('public'))
    .where('x.id', '=', id)
    .executeTakeFirstOrThrow();
  demand(tx, found.public ? 'published.edit' : 'draft.edit');
}

/** When the record, or a row that belongs to it, was changed by this change. */
async function stampOf(tx: Writer, noun: RestorableNoun, id: string, change: string): Promise<RawBuilder<unknown>> {
  const touched = [[tables[noun], 'id'], ...members[noun].map((member) => [member, `${noun}_id`])].map(
    ([table, column]) => sql`exists (select from ${sql.table(`versions.${table}`)} as v
      where v.${sql.ref(column!)} = ${id}::uuid and (v.sys_from = changes.at or v.sys_until = changes.at))`,
  );
  const { rows } = await sql<{ at: string }>`
    select at::text from changes where id = ${change}::uuid and (${sql.join(touched, sql` or `)})`.execute(tx);
  if (!rows[0]) throw Invalid.at(['change'], `is not in the history of this ${noun}`);
  return sql`${rows[0].at}::timestamptz`;
}

/** How many rows went or came back. */
async function restoreMembers(
  tx: Writer,
  table: string,
  owner: RawBuilder<unknown>,
  id: string,
  then: RawBuilder<unknown>,
): Promise<number> {
  const system = sql`${sql.lit(`{${SYSTEM.join(',')}}`)}::text[]`;
  const name = sql.table(table);
  const gone = await sql`
    delete from ${name} as m where m.${owner} = ${id}::uuid and not exists (
      select from ${then} and v.${owner} = ${id}::uuid and to_jsonb(v) - ${system} = to_jsonb(m) - ${system})`.execute(
    tx,
  );
  const back = await sql`
    insert into ${name} select (jsonb_populate_record(null::${name}, to_jsonb(v) - ${system}
      || jsonb_build_object('change_id', current_setting('app.change_id'), 'sys_from', clock_timestamp(), 'sys_until', 'infinity'))).*
      from ${then} and v.${owner} = ${id}::uuid and not exists (
        select from ${name} as m where m.${owner} = ${id}::uuid and to_jsonb(m) - ${system} = to_jsonb(v) - ${system})`.execute(
    tx,
  );
  return Number(gone.numAffectedRows ?? 0) + Number(back.numAffectedRows ?? 0);
}
