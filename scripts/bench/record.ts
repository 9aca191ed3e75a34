import { sql } from 'kysely';
import { change } from '../../src/db/change.ts';
import type { Database, Writer } from '../../src/db/types.ts';
import { operator } from '../../src/domain/users/operator.ts';

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

/**
 * Fills an empty database with a deterministic record: people with Zipf activity; per 1,000,000 statements 300,000
 * responses, 700,000 verdicts, 400,000 sources, 1,200,000 citations. Ids count up, so every run makes the same rows.
 */
export async function fillRecord(db: Database, statements: number, log: (line: string) => void): Promise<void> {
  const n = sizes(statements);
  const batches = async (
    what: string,
    from: number,
    to: number,
    write: (tx: Writer, from: number, to: number) => Promise<unknown>,
  ) => {
    for (let first = from; first <= to; first += BATCH) {
      const last = Math.min(first + BATCH - 1, to);
      await change(db, { actor: operator, action: 'bench.fill' }, (tx) => write(tx, first, last));
    }
    log(`${what}: ${to - from + 1}`);
  };
  await change(db, { actor: operator, action: 'bench.fill' }, (tx) => helpers.execute(tx));
  await batches('people', 1, n.people + n.publishers, people(n));
  await batches('claims', 1, n.claims, claims);
  await batches('sources', 1, n.sources, sources(n));
  await batches('asserting statements', 1, n.asserting, asserting(n));
  await batches('responses', n.asserting + 1, n.statements, responding(n));
  await batches('verdicts', 1, n.verdicts, verdicts(n));
}

/** Writes every row once more, so that each has one old version. Returns an instant between the two. */
export async function rewriteRecord(db: Database): Promise<string> {
  const { rows } = await sql<{
    at: string;
  }>`select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from changes`.execute(db);
  const tables = {
    people: 'name = name',
    claims: 'text = text',
    sources: 'title = title',
    statements: 'quote = quote',
    positions: 'stance = stance',
    verdicts: 'state = state',
    citations: 'role = role',
    names: 'name = name',
    roles: 'title = title',
  };
  for (const [table, set] of Object.entries(tables)) {
    const ids = await sql<{
      id: string;
    }>`select id from (select id, row_number() over (order by id) as n from ${sql.table(table)}) as t where n % ${sql.lit(BATCH)} = 0`.execute(
      db,
    );
    const bounds = [null, ...ids.rows.map((row) => row.id), null];
    for (let i = 1; i < bounds.length; i++) {
      await change(db, { actor: operator, action: 'bench.rewrite' }, (tx) =>
        sql`update ${sql.table(table)} set ${sql.raw(set)}
          where (${bounds[i - 1] ?? null}::uuid is null or id > ${bounds[i - 1] ?? null}::uuid)
            and (${bounds[i] ?? null}::uuid is null or id <= ${bounds[i] ?? null}::uuid)`.execute(tx),
      );
    }
  }
  return rows[0]!.at;
}

/** Uniform in [0, 1) for each i and salt; ids that look like UUIDv7; Zipf by the logarithm of a uniform. */
const helpers = sql`
  create schema bench;
  create function bench.u(i bigint, salt int) returns float8 language sql immutable parallel safe as $$
    select (('x' || substr(md5(i || ' ' || salt), 1, 12))::bit(48)::bigint) / 281474976710656.0 $$;
  create function bench.id(kind int, i bigint) returns uuid language sql immutable parallel safe as $$
    select ('0190' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
  create function bench.zipf(i bigint, salt int, n int) returns int language sql immutable parallel safe as $$
    select least(n, floor(power(n + 1, bench.u(i, salt)))::int) $$;
  create function bench.day(i bigint, salt int) returns date language sql immutable parallel safe as $$
    select date '2016-01-01' + floor(bench.u(i, salt) * 3650)::int $$;
  create function bench.words(i bigint, salt int, n int) returns text language sql immutable parallel safe as $$
    select string_agg(substr(md5(i || ' ' || salt || ' ' || w), 1, 3 + (w % 6)), ' ') from generate_series(1, n) as w $$`;

const KIND = { person: 1, claim: 2, source: 3, statement: 4, position: 5, verdict: 6, citation: 7, name: 8, role: 9 };
const id = (kind: keyof typeof KIND, i: string) => sql`bench.id(${sql.lit(KIND[kind])}, ${sql.raw(i)})`;
const series = (from: number, to: number) =>
  sql`generate_series(${sql.lit(from)}::bigint, ${sql.lit(to)}::bigint) as i`;

type Sizes = ReturnType<typeof sizes>;

const people = (n: Sizes) => async (tx: Writer, from: number, to: number) => {
  const kind = sql`case when i <= ${sql.lit(n.people)} then 'person' else 'organization' end`;
  await sql`insert into people (id, canonical_id, slug, name, kind)
    select ${id('person', 'i')}, ${id('person', 'i')}, 'person-' || i || '-x', 'Person ' || i, ${kind} from ${series(from, to)}`.execute(
    tx,
  );
  await sql`insert into slugs select 'person', 'person-' || i || '-x', ${id('person', 'i')} from ${series(from, to)}`.execute(
    tx,
  );
  await sql`insert into names (id, person_id, name, kind) select ${id('name', 'i')}, ${id('person', 'i')}, 'Person ' || i, 'primary' from ${series(from, to)}`.execute(
    tx,
  );
  await sql`insert into roles (id, person_id, title, starts_on, held_from)
    select ${id('role', 'i')}, ${id('person', 'i')}, 'Minister ' || i, '2015', '2015-01-01' from ${series(from, to)}`.execute(
    tx,
  );
};

const claims = async (tx: Writer, from: number, to: number) => {
  await sql`insert into claims (id, canonical_id, slug, text, language, kind, state)
    select ${id('claim', 'i')}, ${id('claim', 'i')}, 'claim-' || i || '-x', bench.words(i, 1, 18), 'en', 'fact', 'published' from ${series(from, to)}`.execute(
    tx,
  );
  await sql`insert into slugs select 'claim', 'claim-' || i || '-x', ${id('claim', 'i')} from ${series(from, to)}`.execute(
    tx,
  );
};

const sources = (n: Sizes) => (tx: Writer, from: number, to: number) =>
  sql`insert into sources (id, title, publisher_id, url, canonical_url)
    select ${id('source', 'i')}, bench.words(i, 2, 8), ${id('person', `${n.people} + 1 + i % ${n.publishers}`)},
      'https://paper' || i % ${sql.lit(n.publishers)} || '.example.org/' || i, 'https://paper' || i % ${sql.lit(n.publishers)} || '.example.org/' || i
      from ${series(from, to)}`.execute(tx);

const statement = sql`(id, person_id, quote_kind, quote, language, original_language, said_on, said_from, said_until, said_order, said_text, venue, state)`;
const said = (
  salt: number,
) => sql`to_char(bench.day(i, ${sql.lit(salt)}), 'YYYY-MM-DD'), bench.day(i, ${sql.lit(salt)}),
  bench.day(i, ${sql.lit(salt)}) + 1, bench.day(i, ${sql.lit(salt)}), to_char(bench.day(i, ${sql.lit(salt)}), 'FMDD FMMonth YYYY')`;

const cited = (n: Sizes, from: number, to: number) => sql`insert into citations (id, source_id, statement_id, role)
  select ${id('citation', 'i')}, ${id('source', `1 + (i * 7919) % ${n.sources}`)}, ${id('statement', 'i')}, 'reports' from ${series(from, to)}`;

const asserting = (n: Sizes) => async (tx: Writer, from: number, to: number) => {
  await sql`insert into statements ${statement}
    select ${id('statement', 'i')}, bench.id(${sql.lit(KIND.person)}, bench.zipf(i, 3, ${sql.lit(n.people)})), 'verbatim', bench.words(i, 4, 25), 'en', 'en',
      ${said(5)}, 'Interview', 'published' from ${series(from, to)}`.execute(tx);
  await sql`insert into positions (id, statement_id, claim_id, stance)
    select ${id('position', 'i')}, ${id('statement', 'i')}, ${id('claim', `1 + (i - 1) % ${n.claims}`)}, 'asserts' from ${series(from, to)}`.execute(
    tx,
  );
  await cited(n, from, to).execute(tx);
};

const responding = (n: Sizes) => async (tx: Writer, from: number, to: number) => {
  const answered = `1 + ((i * 104729) % ${n.asserting})`;
  await sql`insert into statements ${statement}
    select ${id('statement', 'i')}, bench.id(${sql.lit(KIND.person)}, bench.zipf(i, 3, ${sql.lit(n.people)})), 'verbatim', bench.words(i, 4, 25), 'en', 'en',
      ${said(5)}, null, 'published' from ${series(from, to)}`.execute(tx);
  await sql`insert into positions (id, statement_id, claim_id, stance, replies_to_id)
    select ${id('position', 'i')}, ${id('statement', 'i')}, ${id('claim', `1 + (${answered} - 1) % ${n.claims}`)},
      (array['denies', 'confirms', 'neither_confirms_nor_denies', 'clarifies'])[1 + i % 4], ${id('statement', answered)} from ${series(from, to)}`.execute(
    tx,
  );
  await cited(n, from, to).execute(tx);
};

const verdicts = (n: Sizes) => async (tx: Writer, from: number, to: number) => {
  const ours = sql`i <= ${sql.lit(n.ourVerdicts)}`;
  await sql`insert into verdicts (id, claim_id, publisher_id, ours, status, summary, native_label, decided_on, decided_from, decided_until, decided_text, state)
    select ${id('verdict', 'i')}, ${id('claim', `1 + (i - 1) % ${n.claims}`)}, ${id('person', `${n.people} + 1 + i % ${n.publishers}`)}, ${ours},
      (array['true', 'false', 'mixed', 'misleading', 'mostly_true'])[1 + i % 5], bench.words(i, 6, 12), 'Label', to_char(bench.day(i, 7), 'YYYY-MM-DD'), bench.day(i, 7), bench.day(i, 7) + 1,
      to_char(bench.day(i, 7), 'FMDD FMMonth YYYY'), 'published' from ${series(from, to)}`.execute(tx);
  await sql`insert into citations (id, source_id, verdict_id, role)
    select ${id('citation', `10000000 + i`)}, ${id('source', `1 + (i * 6271) % ${n.sources}`)}, ${id('verdict', 'i')}, 'supports'
      from ${series(from, to)} where ${ours}`.execute(tx);
};
