import { sql, type Transaction } from 'kysely';
import pg from 'pg';
import { newId } from '../lib/ids.ts';
import type { DB } from './tables.ts';
import type { Actor, Database, Writer } from './types.ts';

/** The advisory lock that puts changes in one order. */
export const DOOR = 0x0ec0;

/** The channel on which every committed change is announced. */
export const CHANGES = 'onrecord_changes';

export interface Change {
  actor: Actor;
  /** Noun and verb, as the act's file is named: `claim.log`. */
  action: string;
  reason?: string | null | undefined;
  importId?: string | undefined;
}

/**
 * The one door for writes: one act, one transaction, one row in `changes`, all or nothing.
 * Changes pass one by one, so their stamps are ordered as they commit and the past stays as it was seen.
 */
export function change<T>(db: Database, change: Change, act: (tx: Writer) => Promise<T>): Promise<T> {
  return (
    db
      .transaction()
      .setAccessMode('read write')
      // Under any other level the snapshot would be older than the turn that was waited for.
      .setIsolationLevel('read committed')
      .execute(async (tx) => {
        const opened = await open(tx, change);
        const unchanged = async <R>(result: R): Promise<R> => {
          await sql`rollback to savepoint turn`.execute(tx);
          return result;
        };
        return act(Object.assign(tx, { change: { ...opened, actor: change.actor }, unchanged }) as unknown as Writer);
      })
  );
}

/** Makes a part of a change; returns whether it wrote anything. Where it did not, the rest of the change stays. */
export async function inPart(tx: Writer, act: (tx: Writer) => Promise<void>): Promise<boolean> {
  const { unchanged } = tx;
  let wrote = true;
  const says = async <T>(result: T): Promise<T> => {
    wrote = false;
    return result;
  };
  Object.assign(tx, { unchanged: says });
  try {
    await act(tx);
  } finally {
    Object.assign(tx, { unchanged });
  }
  return wrote;
}

/** Waits for its turn, then stamps: later than every earlier change, even where the clock went back. */
async function open(
  tx: Transaction<DB>,
  { actor, action, reason, importId }: Change,
): Promise<{ id: string; at: string }> {
  const value = (text: string | null | undefined) => sql.raw(text == null ? 'null' : pg.escapeLiteral(text));
  // One round trip, as everybody else waits from here on; several statements take no parameters, so these are literals.
  // What is notified is heard when, and only if, the change commits.
  const { rows } = await sql<{ id: string; at: string }>`
    select pg_advisory_xact_lock(${sql.lit(DOOR)});
    savepoint turn;
    with change as (
      insert into changes (id, at, actor_id, token_id, import_id, action, reason)
      select ${value(newId())}::uuid, greatest(clock_timestamp(), max(at) + interval '1 microsecond'),
        ${value(actor.id)}::uuid, ${value(actor.tokenId)}::uuid, ${value(importId)}::uuid, ${value(action)}, ${value(reason)}
        from changes
      returning id, at
    )
    select set_config('app.change_id', id::text, true) as id,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      pg_notify(${sql.lit(CHANGES)}, id::text)
    from change`.execute(tx);
  return rows[0]!;
}
