import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CompiledQuery, sql } from 'kysely';
import { asOf } from '../../src/db/as-of.ts';
import { connect } from '../../src/db/connect.ts';
import type { Database, Reader } from '../../src/db/types.ts';
import { getClaim } from '../../src/domain/claims/claim.ts';
import { listClaims } from '../../src/domain/claims/claims.ts';
import { listResponses } from '../../src/domain/claims/responses.ts';
import { personTimeline } from '../../src/domain/people/person-timeline.ts';
import { listSources } from '../../src/domain/sources/sources.ts';
import { getStatement } from '../../src/domain/statements/statement.ts';
import { listStatements } from '../../src/domain/statements/statements.ts';
import { newId } from '../../src/lib/ids.ts';
import { publicUrl, testDatabase } from '../support/database.ts';
import { acting } from './acting.ts';

jest.setTimeout(60_000);

const PEOPLE = 500;
const CLAIMS = 2500;
const STATEMENTS = 5000;

const database = testDatabase();
const ids = (count: number) => Array.from({ length: count }, newId);
const people = ids(PEOPLE);
const claims = ids(CLAIMS);
const statements = ids(STATEMENTS);
let between = '';

beforeAll(async () => {
  // Long work takes its time, as an import does.
  const importer = connect(database.url, { publicUrl, max: 1, statementTimeout: 0 });
  const editor = acting({ db: importer });
  await editor.act('record.import', async (tx) => {
    await sql`insert into people (id, canonical_id, slug, name, kind) select id, id, 'p-' || n, 'P ' || n, 'person'
      from unnest(${people}::uuid[]) with ordinality as p (id, n)`.execute(tx);
    await sql`insert into names (id, person_id, name, kind) select id, id, 'P ' || n, 'primary'
      from unnest(${people}::uuid[]) with ordinality as p (id, n)`.execute(tx);
    await sql`insert into sources (id, publisher_id, title) select id, id, 'T ' || n
      from unnest(${people}::uuid[]) with ordinality as p (id, n)`.execute(tx);
    await sql`insert into claims (id, canonical_id, slug, text, language, kind, state) select id, id, 'c-' || n, 'C ' || n, 'en', 'fact', 'published'
      from unnest(${claims}::uuid[]) with ordinality as c (id, n)`.execute(tx);
    await sql`insert into statements (id, person_id, quote_kind, quote, language, original, original_language, said_on, said_from, said_until, said_order, said_text, state)
      select id, (${people}::uuid[])[1 + n % ${sql.lit(PEOPLE)}], 'verbatim', 'Words ' || n, 'en', 'Wörter ' || n, 'de', '2025', day, day + interval '1 day', day, '2025', 'published'
        from unnest(${statements}::uuid[]) with ordinality as s (id, n), lateral (select timestamp '2015-01-01' + n * interval '17 hours' as day) as d`.execute(
      tx,
    );
    await sql`insert into positions (id, statement_id, claim_id, stance)
      select id, id, (${claims}::uuid[])[1 + n % ${sql.lit(CLAIMS)}], case when n < 1000 then 'asserts' else 'denies' end
        from unnest(${statements}::uuid[]) with ordinality as s (id, n)`.execute(tx);
    await sql`insert into citations (id, statement_id, source_id, role) select id, id, (${people}::uuid[])[1 + n % ${sql.lit(PEOPLE)}], 'primary'
      from unnest(${statements}::uuid[]) with ordinality as s (id, n)`.execute(tx);
    await sql`insert into verdicts (id, claim_id, publisher_id, ours, status, summary, decided_on, decided_from, decided_until, decided_text, state)
      select id, id, (${people}::uuid[])[1 + n % ${sql.lit(PEOPLE)}], false, 'true', 'S', '2025', '2025-01-01', '2026-01-01', '2025', 'published' from unnest(${claims}::uuid[]) with ordinality as c (id, n)`.execute(
      tx,
    );
    between = tx.change.at;
  });
  await editor.act('record.import', async (tx) => {
    await sql`update statements set quote = quote || ' again'`.execute(tx);
    await sql`update positions set repeat_of_earlier = not repeat_of_earlier`.execute(tx);
    await sql`update claims set text = text || ' again'`.execute(tx);
    await sql`update citations set exact = 'words'`.execute(tx);
    await sql`update verdicts set version = version + 1`.execute(tx);
    await sql`update people set description = 'again'`.execute(tx);
  });
  const { rows } = await sql<{ name: string }>`select format('%I.%I', nspname, relname) as name
    from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'r' and nspname in ('public', 'history', 'versions')`.execute(
    database.db,
  );
  // As an operator does after an import: autovacuum never analyses the parents.
  await editor.act('record.analyze', async (tx) => {
    for (const { name } of rows) await sql`analyze ${sql.raw(name)}`.execute(tx);
  });
  await importer.destroy();
}, 60_000);

/** The query that a view sends, caught on its way. */
async function queryOf(read: (db: Database) => Promise<unknown>): Promise<CompiledQuery> {
  const caught: CompiledQuery[] = [];
  const listening = {
    executeQuery: (query: CompiledQuery) => database.db.executeQuery(query).finally(() => caught.push(query)),
  };
  await read(listening as unknown as Database);
  return caught[0]!;
}

interface Plan {
  'Index Name'?: string;
  'Node Type': string;
  'Relation Name'?: string;
  Schema?: string;
  Plans?: Plan[];
}

interface Explained {
  Plan: Plan & { 'Actual Total Time': number };
  'Planning Time': number;
  'Execution Time': number;
}

async function explain(reader: Reader, { sql: text, parameters }: CompiledQuery): Promise<Explained> {
  const { rows } = await reader.executeQuery<{ 'QUERY PLAN': [Explained] }>(
    CompiledQuery.raw(`explain (analyze, verbose, format json) ${text}`, [...parameters]),
  );
  return rows[0]!['QUERY PLAN'][0];
}

const LARGE = ['statements', 'positions', 'citations', 'claims', 'verdicts'];
const WORDS = /^(statements|claims|sources)_(original_)?words/;

function wholeTablesRead(plan: Plan): string[] {
  const here =
    plan['Node Type'] === 'Seq Scan' && LARGE.includes(plan['Relation Name']!)
      ? [`${plan.Schema}.${plan['Relation Name']}`]
      : [];
  return [...here, ...(plan.Plans ?? []).flatMap(wholeTablesRead)].filter((name) => !name.startsWith('versions.'));
}

const indexesRead = (plan: Plan): string[] => [plan['Index Name'] ?? [], ...(plan.Plans ?? []).map(indexesRead)].flat();

const viewpoint = { instant: null, audience: 'public' } as const;
const page = { filters: {}, order: 'desc', limit: 20, after: null } as const;
const views: Record<string, (db: Database) => Promise<unknown>> = {
  'a timeline': (db) => personTimeline(db, people[1]!, page, viewpoint),
  'a timeline with filters': (db) =>
    personTimeline(db, people[1]!, { ...page, filters: { from: '2016', to: '2018', stance: ['denies'] } }, viewpoint),
  'all statements': (db) => listStatements(db, { ...page, states: ['published'], personId: null }, viewpoint),
  'a timeline with words': (db) => personTimeline(db, people[1]!, { ...page, filters: { q: 'c 7' } }, viewpoint),
  'statements with words': (db) =>
    listStatements(db, { ...page, filters: { q: '"words 7"' }, states: ['published'], personId: null }, viewpoint),
  'claims with words': (db) => listClaims(db, { ...page, filters: { q: '7 -8' }, states: ['published'] }, viewpoint),
  'sources with words': (db) => listSources(db, { ...page, filters: { q: 't 7' } }, viewpoint),
  'one statement': (db) => getStatement(db, statements[7]!, viewpoint),
  'one claim': (db) => getClaim(db, claims[7]!, viewpoint),
  'the responses on a claim': (db) => listResponses(db, claims[7]!, page, viewpoint),
};

describe('PostgreSQL reads by index, never a whole table, for', () => {
  for (const [name, view] of Object.entries(views)) {
    it(`${name}, in the present and in the past`, async () => {
      const query = await queryOf(view);
      const present = await explain(database.db, query);
      const past = await asOf(database.db, between, (reader) => explain(reader, query));
      if (process.env.SHOW)
        console.log(
          name,
          'present',
          present['Planning Time'],
          present['Execution Time'],
          'past',
          past['Planning Time'],
          past['Execution Time'],
        );
      expect([wholeTablesRead(present.Plan), wholeTablesRead(past.Plan)]).toEqual([[], []]);
      const hasWords = [present, past].map(({ Plan }) => indexesRead(Plan).some((index) => WORDS.test(index)));
      expect(hasWords).toEqual(name.endsWith('with words') ? [true, true] : [false, false]);
    });
  }

  it('a timeline whose plan is made without knowing the values', async () => {
    const query = await queryOf(views['a timeline']!);
    const generic = (instant: string) =>
      asOf(database.db, instant, async (reader) => {
        const { rows } = await reader.executeQuery<{ 'QUERY PLAN': [Explained] }>(
          CompiledQuery.raw(
            `explain (generic_plan, verbose, format json) ${query.sql.replace(/(\$\d+)(?!::)/g, '$1')}`,
          ),
        );
        return rows[0]!['QUERY PLAN'][0].Plan;
      });
    const { rows } = await sql<{
      version: number;
    }>`select current_setting('server_version_num')::int / 10000 as version`.execute(database.db);
    if (rows[0]!.version >= 16) expect(wholeTablesRead(await generic(between))).toEqual([]);
  });
});

it('the plans are made of what the record was then', async () => {
  const quotes = async (instant: string | null) => {
    const { items } = await personTimeline(database.db, people[1]!, { ...page, limit: 3 }, { ...viewpoint, instant });
    return (JSON.parse(items) as { statement: { quote: string } }[]).map((item) => item.statement.quote);
  };
  const now = await quotes(null);
  expect(now.every((quote) => quote.endsWith('again'))).toBe(true);
  expect(await quotes(between)).toEqual(now.map((quote) => quote.replace(' again', '')));
});
