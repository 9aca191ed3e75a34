import { sql } from 'kysely';
import pg from 'pg';
import { change } from '../../src/db/change.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { Database } from '../../src/db/types.ts';
import { countWords } from '../../src/db/word-counts.ts';
import { matchClaims } from '../../src/domain/search/claim-matches.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { type Filled, openDatabase } from './records.ts';

const BATCH = 20_000;
const QUESTIONS = 300;

/** Milliseconds that matching a text takes, at this share of the questions, in a record of as many claims. */
export const matching = (share: number) => async (record: Filled) => {
  const times = await timesOf(record);
  return times[Math.floor(share * (times.length - 1))]!;
};

const measured = new Map<string, Promise<number[]>>();

/** Of every question, sorted: asked once for all figures. */
function timesOf(record: Filled): Promise<number[]> {
  const known = measured.get(record.url) ?? measure(record);
  measured.set(record.url, known);
  return known;
}

async function measure({ url, statements: claims }: Filled): Promise<number[]> {
  const db = openDatabase(await databaseOf(url, claims));
  try {
    const texts = await questions(db, claims);
    const times: number[] = [];
    for (const text of [...texts.slice(0, 50), ...texts]) {
      const begun = performance.now();
      await matchClaims(db, { text, limit: 5 }, 'public');
      times.push(performance.now() - begun);
    }
    return times.slice(50).sort((a, b) => a - b);
  } finally {
    await db.destroy();
  }
}

/** A database of its own beside the record, as claims here are many and of words that are as frequent as words are. */
async function databaseOf(record: string, claims: number): Promise<string> {
  const url = new URL(record);
  url.pathname = `/match_${claims}`;
  const name = url.pathname.slice(1);
  const [kept] = await told<{ whole: boolean }>(
    record,
    `select shobj_description(oid, 'pg_database') is not null as whole from pg_database where datname = '${name}'`,
  );
  if (kept?.whole) return url.href;
  await told(record, `drop database if exists ${name}`);
  await told(record, `create database ${name}`);
  await migrate(url.href);
  const db = openDatabase(url.href);
  await fill(db, claims).finally(() => db.destroy());
  await told(url.href, 'vacuum analyze');
  // The comment says that it is whole.
  await told(record, `comment on database ${name} is 'whole'`);
  return url.href;
}

async function told<R extends pg.QueryResultRow>(url: string, statement: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query<R>(statement).finally(() => client.end())).rows;
}

/** Claims of 12 to 24 words, each second with a statement on it in other words. */
async function fill(db: Database, claims: number): Promise<void> {
  const act = (work: Parameters<typeof change<unknown>>[2]) =>
    change(db, { actor: operator, action: 'bench.fill' }, work);
  await act(async (tx) => {
    await vocabulary.execute(tx);
    await sql`insert into people (id, canonical_id, slug, name, kind)
      select bench.id(1, i), bench.id(1, i), 'person-' || i || '-x', 'Person ' || i, 'person' from generate_series(1, 1000) as i`.execute(
      tx,
    );
    await sql`insert into names (id, person_id, name, kind) select id, id, name, 'primary' from people`.execute(tx);
  });
  for (let first = 1; first <= claims; first += BATCH) {
    const series = sql`generate_series(${sql.lit(first)}::bigint, ${sql.lit(Math.min(first + BATCH - 1, claims))}::bigint) as i`;
    await act(async (tx) => {
      await sql`insert into claims (id, canonical_id, slug, text, language, kind, state)
        select bench.id(2, i), bench.id(2, i), 'claim-' || i || '-x', bench.text(i, 1, 12 + (i % 13)::int), 'en', 'fact', 'published' from ${series}`.execute(
        tx,
      );
      await sql`insert into statements (id, person_id, quote_kind, quote, language, said_on, said_from, said_until, said_order, said_text, state)
        select bench.id(4, i), bench.id(1, 1 + i % 1000), 'verbatim', bench.text(i, 2, 20), 'en', '2025', '2025-01-01', '2026-01-01', '2025-01-01', '2025', 'published'
          from ${series} where i % 2 = 0`.execute(tx);
      await sql`insert into positions (id, statement_id, claim_id, stance)
        select bench.id(5, i), bench.id(4, i), bench.id(2, i), 'asserts' from ${series} where i % 2 = 0`.execute(tx);
    });
  }
  await countWords(db);
}

/**
 * Words by their rank, of 200,000, as frequent as words are that are no stop words (Zipf and Mandelbrot: the first is in
 * each sixth claim, half of all occur in hardly any), and texts of them.
 */
const vocabulary = sql`
  create schema bench;
  create function bench.id(kind int, i bigint) returns uuid language sql immutable parallel safe as $$
    select ('0190' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
  create function bench.word(u float8) returns text language sql immutable parallel safe as $$
    select translate(lpad(to_hex((floor(10 * power(20001, u))::bigint * 40503) % 16777216), 6, '0'), '0123456789', 'ghijklmnop') $$;
  create function bench.text(i bigint, salt int, n int) returns text language sql immutable parallel safe as $$
    select string_agg(bench.word((('x' || substr(md5(i || ' ' || salt || ' ' || w), 1, 12))::bit(48)::bigint) / 281474976710656.0), ' ' order by w)
      from generate_series(1, n) as w $$`;

/** Half of the words of a claim among as many others, as in a post about it. */
async function questions(db: Database, claims: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select (select string_agg(word, ' ') from regexp_split_to_table(claims.text, ' ') with ordinality as w (word, n) where n % 2 = 0)
           || ' ' || bench.text(i, 3, 12) as text
      from generate_series(1, ${QUESTIONS}::int) as i
      join claims on claims.id = bench.id(2, 1 + (i * 7919::bigint) % ${claims}::bigint) order by i`.execute(db);
  return rows.map(({ text }) => text);
}
