import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { migrate } from '../../src/db/migrate.ts';
import { FILLED } from '../../src/domain/exchange/batch.ts';
import { importFile } from '../../src/domain/exchange/import-file.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { newId } from '../../src/lib/ids.ts';
import { median } from './load.ts';
import { type Filled, openDatabase } from './records.ts';

const MOST_STATEMENTS = 20_000;
const ROUNDS = 3;
const TABLES = ['slugs', ...FILLED];
const PASSING = ['change_id', 'sys_from', 'sys_until'];

/**
 * Database rows per second that an import of our own form writes, to the same rows by COPY into the same tables of
 * another database: in both with all indexes, with the history's triggers and all checks on.
 */
export async function imports({ url, statements }: Filled): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-import-'));
  const [ours, theirs] = await Promise.all([freshDatabase(url, 'import_ours'), freshDatabase(url, 'import_copied')]);
  try {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const imported = await byImport(ours, folder, Math.min(statements, MOST_STATEMENTS));
      const copied = await byCopy(ours, theirs, folder, imported.id);
      if (imported.rows !== copied.rows) throw new Error(`${imported.rows} rows imported, ${copied.rows} copied`);
      ratios.push(copied.seconds / imported.seconds);
    }
    return median(ratios);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An empty database of this name, beside the one at `url`; its address. */
export async function freshDatabase(url: string, name: string): Promise<string> {
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  await withClient(url, async (client) => {
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
  });
  await migrate(fresh.href);
  return fresh.href;
}

async function byImport(url: string, folder: string, statements: number) {
  const file = join(folder, 'file.jsonl');
  await writeFile(file, records(statements));
  const db = openDatabase(url);
  try {
    const begun = performance.now();
    const { id, report } = await importFile(db, () => createReadStream(file), {
      format: 'jsonl',
      actor: operator,
      us: { name: 'On Record', url: 'http://localhost:3000' },
    });
    const seconds = (performance.now() - begun) / 1000;
    if (report.rows.refused) throw new Error(`Refused: ${JSON.stringify(report.refusals[0])}`);
    return { id, seconds, rows: await withClient(url, (client) => countRows(client, id)) };
  } finally {
    await db.destroy();
  }
}

/** The rows that an import wrote. Slugs know no change: they are those of its records. */
function rowsOf(table: string, id: string): string {
  const changes = `(select id from changes where import_id = '${id}')`;
  if (table !== 'slugs') return `from ${table} where change_id in ${changes}`;
  const records = ['people', 'topics', 'claims'].map((one) => `select id from ${one} where change_id in ${changes}`);
  return `from slugs where record_id in (${records.join(' union all ')})`;
}

async function countRows(client: pg.Client, id: string): Promise<number> {
  let rows = 0;
  for (const table of TABLES)
    rows += Number((await client.query(`select count(*) ${rowsOf(table, id)}`)).rows[0].count);
  return rows;
}

/** Copies the rows that an import wrote in one database into another, as fast as PostgreSQL can. */
export async function byCopy(source: string, target: string, folder: string, id: string) {
  const columns = new Map<string, string>();
  await withClient(source, async (client) => {
    for (const table of TABLES) {
      const { rows } = await client.query<{ name: string }>(
        'select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> all($2)',
        [`public.${table}`, PASSING],
      );
      columns.set(table, rows.map(({ name }) => name).join(', '));
      const out = client.query(to(`copy (select ${columns.get(table)} ${rowsOf(table, id)}) to stdout`));
      await pipeline(out, createWriteStream(join(folder, table)));
    }
  });
  return withClient(target, async (client) => {
    const begun = performance.now();
    let copied = 0;
    await client.query('begin');
    const change = newId();
    await client.query(`insert into changes (id, at, action) values ('${change}', clock_timestamp(), 'bench.copy')`);
    await client.query(`set local app.change_id = '${change}'`);
    for (const table of TABLES) {
      const into = client.query(from(`copy ${table} (${columns.get(table)}) from stdin`));
      await pipeline(createReadStream(join(folder, table)), into);
      copied += into.rowCount;
    }
    await client.query('commit');
    return { rows: copied, seconds: (performance.now() - begun) / 1000 };
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Our own form, in the proportions of a record: half a source and a third of a claim for a statement. */
function records(statements: number): string {
  const round = randomBytes(4).toString('hex');
  const many = <T>(count: number, make: (n: number) => T) =>
    Array.from({ length: Math.ceil(count) }, (_, n) => make(n));
  const people = many(statements / 500, (n) => ({ type: 'person', id: newId(), name: `Speaker ${n} ${round}` }));
  const sources = many(statements / 2, (n) => ({
    type: 'source',
    id: newId(),
    url: `https://paper${n % 20}.example.org/${round}/${n}`,
    title: `What was said on day ${n} of the year, and by whom`,
    publishedOn: '2025-02-09',
  }));
  const claims = many(statements / 3, (n) => ({
    type: 'claim',
    id: newId(),
    text: `The council of ${round} closed bridge number ${n} for a week, although the report said that it was safe`,
    language: 'en',
  }));
  const said = many(statements, (n) => ({
    type: 'statement',
    id: newId(),
    person: people[n % people.length]!.id,
    quoteKind: 'verbatim',
    quote: `They closed it for a whole week, number ${n}, and nobody had been told anything about it before.`,
    language: 'en',
    saidOn: `2025-0${1 + (n % 9)}-1${n % 10}`,
    venue: 'Council meeting',
    sources: [{ id: sources[n % sources.length]!.id, role: 'reports', excerpt: { exact: 'a whole week' } }],
    positions: [{ claim: claims[n % claims.length]!.id, stance: 'asserts' }],
  }));
  const all = [...people, ...sources, ...claims, ...said];
  return [...all, { type: 'end', records: all.length }].map((one) => `${JSON.stringify(one)}\n`).join('');
}
