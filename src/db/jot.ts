import type { Transaction } from 'kysely';
import type { DB } from './tables.ts';
import type { Database } from './types.ts';

/** A transaction that writes what is no part of the record; every other table is out of its reach. */
export type Jotter = Transaction<Pick<DB, 'unsent_forms'>>;

/**
 * Writes what is no change: what somebody types is kept every second, and must neither take the others' turn, nor stand in
 * the list of changes, nor empty the memory of answers. The record is written through `change()` alone.
 */
export function jot<T>(db: Database, write: (tx: Jotter) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read write')
    .execute((tx) => write(tx as unknown as Jotter));
}
