import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { change } from '../../db/change.ts';
import type { Actor, Database, Writer } from '../../db/types.ts';
import { asProblem, isUnavailable } from '../../db/violations.ts';
import { newBatch, type Run } from './batch.ts';
import { assume, nothingFound } from './found.ts';
import type { Incoming } from './on-record.ts';
import type { Report } from './report.ts';
import { inOrder, type Written, writeRecords } from './write-records.ts';

/** How often a batch is tried while the database is away. */
const MOST_TRIES = 6;

interface Options {
  run: Run;
  options: { actor: Actor };
  /** Whether nothing comes after it that its records may wait for. */
  isLast: boolean;
  report: Report;
}

/**
 * Writes a batch as one change, or nothing of it in a dry run. Where the database itself refuses, as no rule here
 * foresaw it, the batch is halved until the one record is found that is at fault, and that one is refused.
 */
export async function writeBatch(db: Database, batch: readonly Incoming[], options: Options): Promise<Written[]> {
  if (batch.length === 0) return [];
  for (let tries = 1; ; tries++) {
    try {
      return [await writeOnce(db, batch, options)];
    } catch (error) {
      const reason = refusalIn(error);
      if (reason !== undefined)
        return batch.length === 1 ? [refusedBy(batch[0]!, reason, options.run)] : writeHalves(db, batch, options);
      if (!isUnavailable(error) || tries === MOST_TRIES) throw error;
      await sleep(tries * 300);
    }
  }
}

async function writeOnce(
  db: Database,
  batch: readonly Incoming[],
  { run, options, isLast, report }: Options,
): Promise<Written> {
  const { actor } = options;
  const written = await change(db, { actor, action: 'records.write', importId: run.importId }, async (tx) => {
    const written = await writeRecords(tx, batch, run, isLast);
    const { batch: wrote } = written;
    const isNothing =
      wrote.met.size + wrote.filledSources.size === 0 && Object.values(wrote.rows).every((rows) => !rows.length);
    if (run.assumed || isNothing) return tx.unchanged(written);
    await keepProgress(tx, run.importId, report);
    return written;
  });
  if (run.assumed) assume(run.assumed, written.batch.found);
  return written;
}

/** So that whoever asks while it goes on sees how far it is. */
async function keepProgress(tx: Writer, id: string, { rows, records }: Report): Promise<void> {
  await sql`update imports set report = ${JSON.stringify({ rows, records })} where id = ${id}`.execute(tx);
}

/** Why the database refused what was written; undefined for a failure that is not about the data. */
function refusalIn(error: unknown): string | undefined {
  const isAboutData = error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');
  return isAboutData ? (asProblem(error)?.message ?? error.message) : undefined;
}

async function writeHalves(db: Database, batch: readonly Incoming[], options: Options): Promise<Written[]> {
  const ordered = inOrder(batch);
  const middle = ordered.length >> 1;
  const first = await writeBatch(db, ordered.slice(0, middle), { ...options, isLast: false });
  // What waits for the other half goes with it, unless that would make it the whole again.
  const waiting = first.flatMap((written) => written.waiting.splice(0));
  const whole = waiting.length === middle;
  const second = await writeBatch(db, [...(whole ? [] : waiting), ...ordered.slice(middle)], options);
  return whole ? [...first, ...second, ...(await writeBatch(db, waiting, options))] : [...first, ...second];
}

function refusedBy(incoming: Incoming, reason: string, run: Run): Written {
  const known = { ...nothingFound(), slugs: new Map() };
  const batch = newBatch(run, known, { at: '', actor: { id: null } });
  return { made: [], present: [], changed: [], refused: [{ incoming, reason }], waiting: [], batch };
}
