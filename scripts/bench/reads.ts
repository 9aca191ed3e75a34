import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { connect } from '../../src/db/connect.ts';
import type { Database } from '../../src/db/types.ts';
import { personTimeline } from '../../src/domain/people/person-timeline.ts';
import { median, ratio, requestsPerSecond, type Served, serve } from './load.ts';
import type { Report } from './report.ts';

const timelineOf = (slug: string): string => `/api/v1/people/${slug}/timeline`;

/** People whose timelines fill a page and are read once in a while: none of the busiest. */
async function ordinaryPeople(db: Database, most: number): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select people.slug from people join statements on statements.person_id = people.id
     group by people.id having count(*) between 40 and 120 order by people.id limit ${most}`.execute(db);
  return rows.map((row) => row.slug);
}

export async function timelineFigures(url: string, report: Report): Promise<void> {
  const db = connect(url, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
  const paths = (await ordinaryPeople(db, 200)).map(timelineOf);
  await db.destroy();
  const servers: Served[] = [];
  const start = async (kind: Served['kind']) => {
    const served = await serve(kind, url);
    servers.push(served);
    return served;
  };
  const [warm, cold, bareSql, bareBytes, bareNode] = [
    await start('onrecord'),
    await start('onrecord-cold'),
    await start('bare-sql'),
    await start('bare-bytes'),
    await start('bare-node'),
  ];
  const few = paths.slice(0, 20);
  const on = (served: Served, load: string[], headers?: Record<string, string>) => () =>
    requestsPerSecond(served, { paths: load, ...(headers && { headers }) });
  try {
    report('timeline', await ratio(on(cold!, paths), on(bareSql!, paths)), 0.9, 'higher');
    report('timeline-warm', await ratio(on(warm!, few), on(bareBytes!, few)), 3, 'higher');
    report('timeline-warm-limit', await ratio(on(warm!, few), on(bareNode!, few)), 1, 'higher');
    const headers = { 'if-none-match': (await fetch(warm!.origin + few[0]!)).headers.get('etag')! };
    const one = [few[0]!];
    report('not-modified', await ratio(on(warm!, one, headers), on(bareBytes!, one, headers)), 3, 'higher');
    report('not-modified-limit', await ratio(on(warm!, one, headers), on(bareNode!, one, headers)), 1, 'higher');
    report('memory', Math.max(await warm!.peakMemory(), await cold!.peakMemory()), 200, 'lower');
  } finally {
    for (const served of servers) await served.stop();
  }
}

type Ask = (db: Database) => Promise<unknown>;

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

const firstPage = { filters: {}, order: 'desc' as const, limit: 20, after: null };
const present = { instant: null, audience: 'public' as const };

export async function growthFigures(url: string, smallUrl: string, report: Report): Promise<void> {
  const big = connect(url, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
  const small = connect(smallUrl, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
  const pages = async (db: Database): Promise<Ask[]> =>
    (await ordinaryPeople(db, 40)).map((slug) => (on: Database) => personTimeline(on, slug, firstPage, present));
  const [ofBig, ofSmall] = [await pages(big), await pages(small)];
  report(
    'growth',
    await ratio(
      () => cost(big, ofBig),
      () => cost(small, ofSmall),
      9,
    ),
    1.3,
    'lower',
  );
  for (const [name, order] of [
    ['growth-busiest-first', 'desc'],
    ['growth-busiest-deepest', 'asc'],
  ] as const) {
    const asks = async (db: Database): Promise<Ask[]> => {
      const page = order === 'desc' ? firstPage : await deepestPage(db);
      return Array.from({ length: 20 }, () => (on: Database) => personTimeline(on, 'person-1-x', page, present));
    };
    const [bigAsks, smallAsks] = [await asks(big), await asks(small)];
    report(
      name,
      await ratio(
        () => cost(big, bigAsks),
        () => cost(small, smallAsks),
        9,
      ),
      2,
      'lower',
    );
  }
  await big.destroy();
  await small.destroy();
}

/** The last full page of the busiest person: the one that a cursor reaches after all others. */
async function deepestPage(db: Database) {
  const { rows } = await sql<{ place: string[] }>`
    select array[said_order::text, said_until::text, sequence::text, statements.id::text] as place
      from statements join people on people.id = statements.person_id
     where people.slug = 'person-1-x' order by said_order, said_until, sequence, statements.id offset 20 limit 1`.execute(
    db,
  );
  return { ...firstPage, after: rows[0]!.place };
}

export async function asOfFigure(url: string, instant: string, report: Report): Promise<void> {
  const db = connect(url, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
  const people = await ordinaryPeople(db, 40);
  const at = (when: string | null): Ask[] =>
    people.map((slug) => (on) => personTimeline(on, slug, firstPage, { instant: when, audience: 'public' }));
  report(
    'as-of',
    await ratio(
      () => cost(db, at(instant)),
      () => cost(db, at(null)),
      9,
    ),
    2,
    'lower',
  );
  await db.destroy();
}
