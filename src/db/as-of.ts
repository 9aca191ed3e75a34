import { sql } from 'kysely';
import { DOOR } from './change.ts';
import type { Database, Reader } from './types.ts';

const asOfReaders = new WeakSet<object>();

/** Whether a view reads the past: its table names then mean the views of schema `as_of`. */
export const isAsOf = (reader: Reader): boolean => asOfReaders.has(reader);

/**
 * Reads the record as it stood at `instant` (ISO 8601 in UTC, microseconds kept, from `parseInstant`).
 * Every view works in here unchanged: the search path makes its tables the views of schema `as_of`.
 */
export function asOf<T>(db: Database, instant: string, read: (reader: Reader) => Promise<T>): Promise<T> {
  // The answer does not wait for the end of its transaction, which only read; the connection does.
  return new Promise((resolve, reject) => {
    db.connection()
      .execute((connection) => readAsOf(connection, instant, async (reader) => resolve(await read(reader))))
      .catch(reject);
  });
}

async function readAsOf(connection: Database, instant: string, read: (reader: Reader) => Promise<void>): Promise<void> {
  const at = sql.lit(instant);
  // One round trip. Changes commit in the order of their stamps, so after a later one nothing can still come; else a
  // change that is being written is waited for, so that the answer never changes. Planning a read of the past costs ten
  // times its execution and no value changes the plan, so each connection plans a query once and not five times.
  await sql`begin isolation level read committed read only;
    set local search_path = as_of, public;
    set local plan_cache_mode = force_generic_plan;
    select set_config('app.as_of', ${at}, true),
      case when not exists (select from changes where changes.at >= ${at}::timestamptz)
        then pg_advisory_xact_lock_shared(${sql.lit(DOOR)}) end`.execute(connection);
  asOfReaders.add(connection);
  try {
    await read(connection);
    await sql`commit`.execute(connection);
  } catch (error) {
    await sql`rollback`.execute(connection).catch(() => {});
    throw error;
  }
}

/** The present, or the past where an instant is given. */
export function at<T>(db: Database, instant: string | null, read: (reader: Reader) => Promise<T>): Promise<T> {
  return instant === null ? read(db) : asOf(db, instant, read);
}

/** The instant of the latest change: as of it, the record is what it is now, and stays so. Null where nothing is on record. */
export async function latestInstant(db: Database): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from changes`.execute(db);
  return rows[0]!.at;
}
