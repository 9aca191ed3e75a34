import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../../src/db/tables.ts';

/**
 * Runs `fill` with the triggers off and without secondary indexes and foreign keys, which are set up afterwards: what a
 * million rows cost at once is a small part of what they cost one by one. `fill` must write what the triggers would.
 */
export async function inBulk(db: Kysely<DB>, fill: () => Promise<void>): Promise<void> {
  const ours = sql`in ('public', 'history')`;
  const keys = await statements(db, [
    sql`select format('alter table %s drop constraint %I', conrelid::regclass, conname) as undo,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as redo
      from pg_constraint where contype = 'f' and connamespace::regnamespace::text ${ours}`,
    sql`select format('drop index %s', indexrelid::regclass) as undo, pg_get_indexdef(indexrelid) as redo
      from pg_index join pg_class on pg_class.oid = indexrelid
      where relnamespace::regnamespace::text ${ours} and not exists (select from pg_constraint where conindid = indexrelid)`,
    sql`select distinct format('alter table %s disable trigger user', tgrelid::regclass) as undo,
      format('alter table %s enable trigger user', tgrelid::regclass) as redo
      from pg_trigger join pg_class on pg_class.oid = tgrelid
      where relnamespace::regnamespace::text ${ours} and not tgisinternal`,
  ]);
  for (const { undo } of keys) await sql.raw(undo).execute(db);
  await fill();
  // What was taken away first comes back last: a foreign key is checked by the indexes.
  for (const { redo } of keys.reverse()) await sql.raw(redo).execute(db);
}

interface Taken {
  undo: string;
  redo: string;
}

async function statements(db: Kysely<DB>, queries: RawBuilder<Taken>[]): Promise<Taken[]> {
  const found: Taken[] = [];
  for (const query of queries) found.push(...(await query.execute(db)).rows);
  return found;
}
