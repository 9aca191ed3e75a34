import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import type { Database } from '../../src/db/types.ts';
import { personTimeline } from '../../src/domain/people/person-timeline.ts';
import { type Load, median, ratio, requestsPerSecond, type Served, serve } from './load.ts';
import { type Filled, openDatabase } from './records.ts';

/** Requests/s of a timeline, nothing remembered, against the same SQL behind a bare Express route. */
export async function timeline(record: Filled): Promise<number> {
  return compared(record, ['onrecord-cold', 'bare-sql'], { paths: await timelines(record, 200) });
}

/** Requests/s of a remembered timeline, against the same bytes from the memory of a bare peer. */
export const warmTimeline = (peer: 'bare-bytes' | 'bare-node') => async (record: Filled) =>
  compared(record, ['onrecord', peer], { paths: await timelines(record, 20), zipped: true });

/** As `warmTimeline`, of a reader who has it already. */
export const notModified = (peer: 'bare-bytes' | 'bare-node') => async (record: Filled) =>
  compared(record, ['onrecord', peer], { paths: await timelines(record, 1), asKnown: true, zipped: true });

/** Resident memory of the server at its highest, in MB, after cold and after remembered reads. */
export async function memory(record: Filled): Promise<number> {
  const paths = await timelines(record, 200);
  const peaks: number[] = [];
  for (const kind of ['onrecord', 'onrecord-cold'] as const) {
    const served = await serve(kind, record.url);
    try {
      await requestsPerSecond(served, { paths, seconds: 20 });
      peaks.push(await served.peakMemory());
    } finally {
      await served.stop();
    }
  }
  return Math.max(...peaks);
}

/** Requests/s of the one over those of the other. */
export async function compared({ url }: Filled, kinds: [Served['kind'], Served['kind']], load: Load): Promise<number> {
  const [ours, theirs] = [await serve(kinds[0], url), await serve(kinds[1], url)];
  try {
    return await ratio(
      () => requestsPerSecond(ours, load),
      () => requestsPerSecond(theirs, load),
    );
  } finally {
    await ours.stop();
    await theirs.stop();
  }
}

/** The addresses of timelines of ordinary people. */
async function timelines({ url }: Filled, most: number): Promise<string[]> {
  const db = openDatabase(url);
  const slugs = await ordinaryPeople(db, most);
  await db.destroy();
  return slugs.map((slug) => `/api/v1/people/${slug}/timeline`);
}

/** People whose timelines fill a page and are read once in a while: none of the busiest. */
export async function ordinaryPeople(db: Database, most: number): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select people.slug from people join statements on statements.person_id = people.id
     group by people.id having count(*) between 40 and 120 order by people.id limit ${most}`.execute(db);
  return rows.map((row) => row.slug);
}

const firstPage = { filters: {}, order: 'desc' as const, limit: 20, after: null };
const present = { instant: null, audience: 'public' as const };

type Ask = (db: Database) => Promise<unknown>;

/** The cost of a cold page of people of equal activity, against the small record. */
export function growth(record: Filled, small: Filled): Promise<number> {
  return costs([record, small], async (db) =>
    (await ordinaryPeople(db, 40)).map((slug) => (on: Database) => personTimeline(on, slug, firstPage, present)),
  );
}

const BUSIEST = 'person-1-x';

/** As `growth`, of the busiest person's first page. */
export function busiestFirst(record: Filled, small: Filled): Promise<number> {
  return costs([record, small], async () =>
    Array.from({ length: 20 }, () => (on: Database) => personTimeline(on, BUSIEST, firstPage, present)),
  );
}

/** As `growth`, of the busiest person's last full page: the one that a cursor reaches after all others. */
export function busiestDeepest(record: Filled, small: Filled): Promise<number> {
  return costs([record, small], async (db) => {
    const { rows } = await sql<{ place: string[] }>`
      select array[said_order::text, said_until::text, sequence::text, statements.id::text] as place
        from statements join people on people.id = statements.person_id
       where people.slug = ${BUSIEST}
       order by said_order, said_until, sequence, statements.id offset 20 limit 1`.execute(db);
    const page = { ...firstPage, after: rows[0]!.place };
    return Array.from({ length: 20 }, () => (on: Database) => personTimeline(on, BUSIEST, page, present));
  });
}

/** The cost of a page as of an instant before the last version of every row, against the present. */
export async function asOf(record: Filled): Promise<number> {
  const db = openDatabase(record.url);
  const people = await ordinaryPeople(db, 40);
  const at = (instant: string | null): Ask[] =>
    people.map((slug) => (on) => personTimeline(on, slug, firstPage, { instant, audience: 'public' }));
  const result = await ratio(
    () => cost(db, at(record.middle)),
    () => cost(db, at(null)),
    9,
  );
  await db.destroy();
  return result;
}

/** The cost of the same questions to one record over that to another. */
async function costs(records: [Filled, Filled], asks: (db: Database) => Promise<Ask[]>): Promise<number> {
  const [ours, theirs] = [openDatabase(records[0].url), openDatabase(records[1].url)];
  const [ofOurs, ofTheirs] = [await asks(ours), await asks(theirs)];
  const result = await ratio(
    () => cost(ours, ofOurs),
    () => cost(theirs, ofTheirs),
    9,
  );
  await ours.destroy();
  await theirs.destroy();
  return result;
}

/** Milliseconds of one page without any memory of answers, asked of the database one after another. */
async function cost(db: Database, asks: Ask[]): Promise<number> {
  const times: number[] = [];
  for (const ask of asks) {
    const begun = performance.now();
    await ask(db);
    times.push(performance.now() - begun);
  }
  return median(times);
}
