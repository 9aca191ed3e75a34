import { createHash, type Hash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { sql } from 'kysely';
import { change } from '../../db/change.ts';
import { analyseAll } from '../../db/statistics.ts';
import type { Actor, Database } from '../../db/types.ts';
import { countWords } from '../../db/word-counts.ts';
import { DiskMap } from '../../lib/disk-map.ts';
import { sweep } from '../../lib/sweep.ts';
import type { Run } from './batch.ts';
import { beginImport } from './begin-import.ts';
import { finishImport } from './finish-import.ts';
import { type FormatName, formats } from './formats.ts';
import { incomingOf, namesOf } from './incoming.ts';
import type { Incoming } from './on-record.ts';
import type { ReadingOptions } from './reading.ts';
import { type Report, type Reporter, reporter } from './report.ts';
import { findSamePeople } from './same-people.ts';
import { writeBatch } from './write-batch.ts';

export interface ImportOptions {
  format: FormatName;
  actor: Actor;
  us: { name: string; url: string };
  language?: string | undefined;
  mapping?: ReadingOptions['mapping'];
  dryRun?: boolean | undefined;
  /** Of an import that was begun already; otherwise it is begun once the file is known to be well-formed. */
  id?: string | undefined;
  /** Breaks it off, between two batches. */
  signal?: AbortSignal | undefined;
  progress?: (progress: Progress) => void;
}

export interface Progress {
  phase: 'checking' | 'writing';
  /** Of the file. */
  bytes: number;
  rows: number;
}

export interface Imported {
  id: string;
  report: Report;
}

/** Records in one change: enough that sets pay, few enough that other writers get their turn and that they die young. */
const BATCH = 500;
/** Records that wait for others further on in the file; more would not fit into memory. */
const MOST_WAITING = 50_000;

/**
 * Brings a file in: reads it once to see that it is well-formed, then again, writing in batches of one change each. What
 * broke off is continued by running it again. `open` gives the bytes from the beginning each time.
 * Throws `Malformed` and then has written nothing.
 */
export async function importFile(db: Database, open: () => Readable, options: ImportOptions): Promise<Imported> {
  const { actor, dryRun = false } = options;
  const { mappingVersion } = formats[options.format];
  let { id } = options;
  if (id === undefined) {
    const fileHash = await checkForm(open, options);
    id = await change(db, { actor, action: 'import.begin' }, (tx) =>
      beginImport(tx, { format: options.format, fileHash, mappingVersion, dryRun }),
    );
  }
  const report = await workOn(db, open, id, options);
  return { id, report };
}

/** Keeps the report at the end, or why it broke off. */
async function workOn(db: Database, open: () => Readable, id: string, options: ImportOptions): Promise<Report> {
  const { actor } = options;
  const out = reporter(await stateUnasked(db));
  try {
    if (options.id !== undefined) await checkForm(open, options);
    const made = new Map<string, string>();
    const assumed = options.dryRun ? new DiskMap() : undefined;
    await writeAll(db, open, options, { id, out, made, assumed }).finally(() => assumed?.close());
    out.report.samePeople = await findSamePeople(db, made);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await change(db, { actor, action: 'import.finish' }, (tx) => finishImport(tx, id, out.report, why)).catch(() => {});
    throw error;
  }
  await change(db, { actor, action: 'import.finish' }, (tx) => finishImport(tx, id, out.report));
  // The import is done, whether its rows and words can be counted just now or are at the next round.
  if (!options.dryRun) {
    if (out.report.rows.read > BATCH) await analyseAll(db).catch(() => {});
    await countWords(db, { ifGrown: true }).catch(() => {});
  }
  return out.report;
}

async function* read(bytes: Readable, { format, us, language = 'und', mapping }: ImportOptions) {
  const reader = await formats[format].reader();
  yield* reader(bytes, { publisherUrl: us.url, language, mapping });
}

/** Reads the whole file without writing; returns its SHA-256. */
async function checkForm(open: () => Readable, options: ImportOptions): Promise<string> {
  const hash = createHash('sha256');
  const bytes = counted(open(), hash);
  let rows = 0;
  for await (const reading of read(bytes, options)) {
    if (!('place' in reading) || ++rows % BATCH > 0) continue;
    options.signal?.throwIfAborted();
    options.progress?.({ phase: 'checking', bytes: bytes.count, rows });
  }
  return hash.digest('hex');
}

async function writeAll(
  db: Database,
  open: () => Readable,
  options: ImportOptions,
  { id, out, made, assumed }: { id: string; out: Reporter; made: Map<string, string>; assumed: DiskMap | undefined },
): Promise<void> {
  const run: Run = {
    importId: id,
    scheme: options.format,
    ourName: options.us.name,
    stateUnasked: out.report.state,
    isOurs: false,
    refused: new Map(),
    numbers: new Map(),
    assumed,
  };
  const bytes = counted(open());
  let batch: Incoming[] = [];
  const waiting: Incoming[] = [];
  const flush = async (isLast: boolean) => {
    options.signal?.throwIfAborted();
    // What waits is tried again while it is little: mostly what it waits for comes soon.
    if (isLast || waiting.length <= BATCH) batch = [...waiting.splice(0), ...batch];
    for (const written of await writeBatch(db, batch, { run, options, isLast, report: out.report })) {
      out.take(written);
      waiting.push(...written.waiting);
      for (const person of written.batch.rows.people) made.set(person.id as string, person.name as string);
    }
    for (const { place } of waiting.splice(MOST_WAITING))
      out.refuse(place, 'stands too far before what it refers to: put what is referred to first');
    options.progress?.({ phase: 'writing', bytes: bytes.count, rows: out.report.rows.read });
    batch = [];
    sweep();
  };
  for await (const reading of read(bytes, options)) {
    if ('begin' in reading) {
      const { publisher } = reading.begin;
      run.isOurs = publisher.name === options.us.name && publisher.url === options.us.url;
      continue;
    }
    if ('unread' in reading) {
      out.report.unreadColumns = reading.unread;
      continue;
    }
    out.report.rows.read++;
    if ('refused' in reading) out.refuse(reading.place, reading.refused);
    else {
      for (const flag of reading.flags ?? []) out.flag(reading.place, flag);
      for (const input of reading.records) {
        const { incoming, refused } = incomingOf(input, reading.place);
        if (incoming) batch.push(incoming);
        else {
          out.refuse(reading.place, refused);
          for (const name of namesOf(input)) run.refused.set(name, refused);
        }
      }
    }
    if (batch.length >= BATCH) await flush(false);
  }
  await flush(true);
}

/** Where four eyes hold, nobody publishes what they bring in. */
async function stateUnasked(db: Database): Promise<Report['state']> {
  const { rows } = await sql<{ state: Report['state'] }>`select state_unasked() as state`.execute(db);
  return rows[0]!.state;
}

/** Hands the bytes on and counts them; with `hash`, hashes them as well. */
function counted(bytes: Readable, hash?: Hash): Readable & { count: number } {
  const through = Object.assign(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        through.count += chunk.length;
        hash?.update(chunk);
        done(null, chunk);
      },
    }),
    { count: 0 },
  );
  bytes.once('error', (error) => through.destroy(error));
  return bytes.pipe(through) as typeof through;
}
