import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from '../../src/db/tables.ts';
import { nameKeys } from '../../src/lib/name-keys.ts';
import { inBulk } from './bulk.ts';
import { personName, words } from './words.ts';

const BATCH = 20_000;

/** How many rows of each a record of `statements` statements has. */
export function sizes(statements: number) {
  return {
    people: Math.max(50, Math.round(statements / 500)),
    publishers: Math.max(20, Math.round(statements / 5000)),
    claims: Math.round(statements * 0.35),
    asserting: Math.round(statements * 0.7),
    statements,
    ourVerdicts: Math.round(statements * 0.2),
    verdicts: Math.round(statements * 0.7),
    sources: Math.round(statements * 0.4),
  };
}

/** An instant after every first version and before every second one. */
export const MIDDLE = '2024-01-01T00:00:00.000000Z';

/**
 * Fills an empty database with a deterministic record: people with Zipf activity, words of a vocabulary by Zipf; per
 * 1,000,000 statements 300,000 responses, 700,000 verdicts, 400,000 sources, 1,200,000 citations; one old version of
 * every row. Ids count up and stamps are fixed, so every run makes the same rows.
 */
export async function fillRecord(db: Kysely<DB>, statements: number, log: (line: string) => void): Promise<void> {
  const n = sizes(statements);
  await helpers.execute(db);
  await inBulk(db, async () => {
    await sql`select bench.begin_versions()`.execute(db);
    let batch = 0;
    const batches = async (what: string, from: number, to: number, write: Write) => {
      for (let first = from; first <= to; first += BATCH) {
        const last = Math.min(first + BATCH - 1, to);
        batch++;
        await db.transaction().execute(async (tx) => {
          await sql`select bench.change(${sql.lit(batch)})`.execute(tx);
          await write(tx, first, last);
        });
      }
      log(`${what}: ${to - from + 1}`);
    };
    await batches('people', 1, n.people + n.publishers, people(n));
    await batches('claims', 1, n.claims, claims);
    await batches('sources', 1, n.sources, sources(n));
    await batches('asserting statements', 1, n.asserting, asserting(n));
    await batches('responses', n.asserting + 1, n.statements, responding(n));
    await batches('verdicts', 1, n.verdicts, verdicts(n));
    await sql`select bench.end_versions()`.execute(db);
    log('old versions');
  });
}

type Write = (tx: Transaction<DB>, from: number, to: number) => Promise<unknown>;

/**
 * Uniform in [0, 1) for each i and salt; ids that look like UUIDv7; Zipf by the logarithm of a uniform. `change` begins
 * a change before the middle and one after it: rows are written as the second left them, then `end_versions` adds what
 * the first had made of each.
 */
const helpers = sql`
  create schema bench;
  create function bench.u(i bigint, salt int) returns float8 language sql immutable parallel safe as $$
    select (hashint8extended(i, salt) & 9007199254740991) / 9007199254740992.0::float8 $$;
  create function bench.id(kind int, i bigint) returns uuid language sql immutable parallel safe as $$
    select ('0190' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
  create function bench.zipf(i bigint, salt int, n int) returns int language sql immutable parallel safe as $$
    select least(n, floor(power(n + 1, bench.u(i, salt)))::int) $$;
  create function bench.day(i bigint, salt int) returns date language sql immutable parallel safe as $$
    select date '2016-01-01' + floor(bench.u(i, salt) * 3650)::int $$;
  create function bench.change(batch int) returns void language plpgsql as $$
  begin
    insert into changes (id, at, action)
      select bench.id(20 + half, batch), timestamptz ${sql.lit(MIDDLE)} + (half * 200 - 100) * interval '1 day' + batch * interval '1 minute', 'bench.fill'
        from generate_series(0, 1) as half;
    perform set_config('app.change_id', id::text, true), set_config('bench.at', at::text, true) from changes where id = bench.id(21, batch);
  end $$;
  create function bench.begin_versions() returns void language plpgsql as $$
  declare tracked text;
  begin
    for tracked in select tablename from pg_tables where schemaname = 'history' loop
      execute format('alter table public.%I alter sys_from set default current_setting(''bench.at'')::timestamptz', tracked);
    end loop;
  end $$;
  create function bench.end_versions() returns void language plpgsql as $$
  declare
    tracked text;
    columns text;
  begin
    for tracked, columns in
      select table_name, string_agg(quote_ident(column_name), ', ') from information_schema.columns
       where table_schema = 'history' and column_name not in ('change_id', 'sys_from', 'sys_until') group by table_name
    loop
      execute format('alter table public.%I alter sys_from set default clock_timestamp()', tracked);
      execute format($f$insert into history.%1$I (change_id, sys_from, sys_until, %2$s)
        select bench.id(20, ('x' || right(change_id::text, 8))::bit(32)::int), sys_from - interval '200 days', sys_from, %2$s
          from public.%1$I$f$, tracked, columns);
    end loop;
  end $$`;

const KIND = { person: 1, claim: 2, source: 3, statement: 4, position: 5, verdict: 6, citation: 7, name: 8, role: 9 };
const id = (kind: keyof typeof KIND, i: string) => sql`bench.id(${sql.lit(KIND[kind])}, ${sql.raw(i)})`;
const series = (from: number, to: number) =>
  sql`generate_series(${sql.lit(from)}::bigint, ${sql.lit(to)}::bigint) as i`;

/** As `series`, with `words` from the generator of this salt. */
const worded = (from: number, to: number, salt: number, count: number) => {
  const texts = Array.from({ length: to - from + 1 }, (_, i) => words(from + i, salt, count));
  return sql`(select ${sql.lit(from)} - 1 + k as i, words
    from unnest(${texts}::text[]) with ordinality as text (words, k)) as worded`;
};

type Sizes = ReturnType<typeof sizes>;

const people =
  (n: Sizes): Write =>
  async (tx, from, to) => {
    const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const names = numbers.map((i) => (i <= n.people ? personName(i) : `The ${personName(i)} Gazette`));
    await sql`create temporary table named on commit drop as
      select * from unnest(${numbers}::int[], ${names}::text[], ${names.map(nameKeys)}::text[]) as named (i, name, keys)`.execute(
      tx,
    );
    await sql`insert into people (id, canonical_id, slug, name, kind)
      select ${id('person', 'i')}, ${id('person', 'i')}, 'person-' || i || '-x', name,
        case when i <= ${sql.lit(n.people)} then 'person' else 'organization' end from named`.execute(tx);
    await sql`insert into slugs select 'person', 'person-' || i || '-x', ${id('person', 'i')} from named`.execute(tx);
    await sql`insert into names (id, person_id, name, kind, keys)
      select ${id('name', 'i')}, ${id('person', 'i')}, name, 'primary', keys from named`.execute(tx);
    await sql`insert into roles (id, person_id, title, starts_on, held_from)
      select ${id('role', 'i')}, ${id('person', 'i')}, 'Minister ' || i, '2015', '2015-01-01' from named`.execute(tx);
  };

const claims = async (tx: Transaction<DB>, from: number, to: number) => {
  await sql`insert into claims (id, canonical_id, slug, text, language, kind, state)
    select ${id('claim', 'i')}, ${id('claim', 'i')}, 'claim-' || i || '-x', words, 'en', 'fact', 'published' from ${worded(from, to, 1, 18)}`.execute(
    tx,
  );
  await sql`insert into slugs select 'claim', 'claim-' || i || '-x', ${id('claim', 'i')} from ${series(from, to)}`.execute(
    tx,
  );
};

const sources = (n: Sizes) => (tx: Transaction<DB>, from: number, to: number) =>
  sql`insert into sources (id, title, publisher_id, url, canonical_url)
    select ${id('source', 'i')}, words, ${id('person', `${n.people} + 1 + i % ${n.publishers}`)},
      'https://paper' || i % ${sql.lit(n.publishers)} || '.example.org/' || i, 'https://paper' || i % ${sql.lit(n.publishers)} || '.example.org/' || i
      from ${worded(from, to, 2, 8)}`.execute(tx);

const statement = sql`(id, person_id, quote_kind, quote, language, original_language, said_on, said_from, said_until, said_order, said_text, venue, state)`;
const said = (
  salt: number,
) => sql`to_char(bench.day(i, ${sql.lit(salt)}), 'YYYY-MM-DD'), bench.day(i, ${sql.lit(salt)}),
  bench.day(i, ${sql.lit(salt)}) + 1, bench.day(i, ${sql.lit(salt)}), to_char(bench.day(i, ${sql.lit(salt)}), 'FMDD FMMonth YYYY')`;

const cited = (n: Sizes, from: number, to: number) => sql`insert into citations (id, source_id, statement_id, role)
  select ${id('citation', 'i')}, ${id('source', `1 + (i * 7919) % ${n.sources}`)}, ${id('statement', 'i')}, 'reports' from ${series(from, to)}`;

const asserting = (n: Sizes) => async (tx: Transaction<DB>, from: number, to: number) => {
  await sql`insert into statements ${statement}
    select ${id('statement', 'i')}, bench.id(${sql.lit(KIND.person)}, bench.zipf(i, 3, ${sql.lit(n.people)})), 'verbatim', words, 'en', 'en',
      ${said(5)}, 'Interview', 'published' from ${worded(from, to, 4, 25)}`.execute(tx);
  await sql`insert into positions (id, statement_id, claim_id, stance)
    select ${id('position', 'i')}, ${id('statement', 'i')}, ${id('claim', `1 + (i - 1) % ${n.claims}`)}, 'asserts' from ${series(from, to)}`.execute(
    tx,
  );
  await cited(n, from, to).execute(tx);
};

const responding = (n: Sizes) => async (tx: Transaction<DB>, from: number, to: number) => {
  const answered = `1 + ((i * 104729) % ${n.asserting})`;
  await sql`insert into statements ${statement}
    select ${id('statement', 'i')}, bench.id(${sql.lit(KIND.person)}, bench.zipf(i, 3, ${sql.lit(n.people)})), 'verbatim', words, 'en', 'en',
      ${said(5)}, null, 'published' from ${worded(from, to, 4, 25)}`.execute(tx);
  await sql`insert into positions (id, statement_id, claim_id, stance, replies_to_id)
    select ${id('position', 'i')}, ${id('statement', 'i')}, ${id('claim', `1 + (${answered} - 1) % ${n.claims}`)},
      (array['denies', 'confirms', 'neither_confirms_nor_denies', 'clarifies'])[1 + i % 4], ${id('statement', answered)} from ${series(from, to)}`.execute(
    tx,
  );
  await cited(n, from, to).execute(tx);
};

const verdicts = (n: Sizes) => async (tx: Transaction<DB>, from: number, to: number) => {
  const ours = sql`i <= ${sql.lit(n.ourVerdicts)}`;
  await sql`insert into verdicts (id, claim_id, publisher_id, ours, status, summary, native_label, decided_on, decided_from, decided_until, decided_text, state)
    select ${id('verdict', 'i')}, ${id('claim', `1 + (i - 1) % ${n.claims}`)}, ${id('person', `${n.people} + 1 + i % ${n.publishers}`)}, ${ours},
      (array['true', 'false', 'mixed', 'misleading', 'mostly_true'])[1 + i % 5], words, 'Label', to_char(bench.day(i, 7), 'YYYY-MM-DD'), bench.day(i, 7), bench.day(i, 7) + 1,
      to_char(bench.day(i, 7), 'FMDD FMMonth YYYY'), 'published' from ${worded(from, to, 6, 12)}`.execute(tx);
  await sql`insert into citations (id, source_id, verdict_id, role)
    select ${id('citation', `10000000 + i`)}, ${id('source', `1 + (i * 6271) % ${n.sources}`)}, ${id('verdict', 'i')}, 'supports'
      from ${series(from, to)} where ${ours}`.execute(tx);
};
