import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { generateTypes } from '../../scripts/codegen.ts';
import { roleNames } from '../../src/domain/users/rules.ts';
import * as vocabulary from '../../src/domain/vocabulary.ts';
import { testDatabase } from '../support/database.ts';

jest.setTimeout(30_000);

/** About the work, not part of the record. Every other table keeps all its versions. */
const UNTRACKED = [
  'attempts',
  'changes',
  'comments',
  'idempotency',
  'import_keys',
  'imports',
  'invitations',
  'mentions',
  'look_alikes',
  'passwords',
  'resets',
  'sessions',
  'slugs',
  'tokens',
  'totps',
  'unsent_forms',
  'word_counts',
];

/** Unique indexes that nothing looks up in the past: slugs and members are found in the present, users are no record, what waits waits now, words are read in the languages of now. */
const PRESENT_ONLY = [
  'people_slug',
  'claims_slug',
  'topics_slug',
  'topics_name',
  'users_email',
  'names_one_primary_per_language',
  'names_folded',
  'one_position_per_claim',
  'one_derivation_per_pair',
  'sources_without_url',
  'claims_language',
  'statements_language',
  'statements_original_language',
  'claims_in_review',
  'claims_waiting_of',
  'statements_in_review',
  'statements_waiting_of',
  'verdicts_in_review',
  'verdicts_waiting_of',
  'attributions_in_review',
  'attributions_waiting_of',
  'claims_due',
  'verdicts_disputed',
  'proposals_of_record',
  'proposals_created_by',
];

let client: pg.Client;
// Before the database goes, so it is said before the database is asked for.
afterAll(() => client.end());
const database = testDatabase();
beforeAll(async () => {
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

async function rows<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query<T>(statement, values)).rows;
}

async function namesOf(statement: string, values: unknown[] = []): Promise<string[]> {
  return (await rows<{ name: string }>(statement, values)).map(({ name }) => name);
}

const tablesOf = (schema: string) =>
  namesOf(`select tablename as name from pg_tables where schemaname = $1 and tablename not like 'kysely%' order by 1`, [
    schema,
  ]);

const columnsOf = (schema: string, table: string) =>
  rows<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = format('%I.%I', $1::text, $2::text)::regclass and attnum > 0 and not attisdropped order by attnum`,
    [schema, table],
  );

const triggersOf = (schema: string, table: string) =>
  namesOf(
    `select tgname as name from pg_trigger where tgrelid = format('%I.%I', $1::text, $2::text)::regclass and not tgisinternal and tgenabled = 'O' order by 1`,
    [schema, table],
  );

/** What each index is over, without where it stands. */
const indexesOf = async (schema: string, table: string) =>
  (
    await rows<{ name: string; definition: string }>(
      'select indexname as name, indexdef as definition from pg_indexes where schemaname = $1 and tablename = $2 order by 1',
      [schema, table],
    )
  ).map(({ name, definition }) => ({
    name,
    unique: definition.startsWith('CREATE UNIQUE'),
    over: definition.replace(/^.* USING /, ''),
  }));

describe('the schema', () => {
  it('tracks every table that is not on the list of those which need it not', async () => {
    const tracked = await namesOf(`select viewname as name from pg_views where schemaname = 'as_of' order by 1`);
    expect([...tracked, ...UNTRACKED].sort()).toEqual(await tablesOf('public'));
    expect(await tablesOf('versions')).toEqual(tracked);
    expect(await tablesOf('history')).toEqual(tracked);
    for (const table of tracked) {
      const parents = await namesOf(
        `select format('%s %s', c.relnamespace::regnamespace, i.inhparent::regclass) as name
        from pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relname = $1 order by 1`,
        [table],
      );
      expect(parents).toEqual([`history versions.${table}`, `public versions.${table}`]);
    }
  });

  it('has the same columns in the same order in the present, the history, their parent and the view of the past', async () => {
    for (const table of await tablesOf('versions')) {
      const columns = await columnsOf('versions', table);
      expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['change_id', 'sys_from', 'sys_until']));
      for (const schema of ['public', 'history', 'as_of']) {
        expect([schema, table, await columnsOf(schema, table)]).toEqual([schema, table, columns]);
      }
    }
  });

  it('has no generated columns and no defaults in the history that would differ from the present', async () => {
    expect(
      await namesOf(`select format('%s.%s', attrelid::regclass, attname) as name from pg_attribute
        where (attgenerated <> '' or attidentity <> '') and attrelid in (select oid from pg_class where relnamespace::regnamespace::text in ('public', 'history', 'versions'))`),
    ).toEqual([]);
  });

  it('guards each table, its history and their parent', async () => {
    for (const table of await tablesOf('versions')) {
      expect([table, await triggersOf('public', table)]).toEqual([
        table,
        expect.arrayContaining(['keep', 'no_truncate']),
      ]);
      expect([table, await triggersOf('history', table)]).toEqual([table, ['guard', 'no_truncate']]);
      expect([table, await triggersOf('versions', table)]).toEqual([table, ['no_truncate']]);
    }
    expect(await triggersOf('public', 'changes')).toEqual(['append_only', 'no_truncate']);
    expect(await triggersOf('public', 'slugs')).toEqual(['append_only', 'no_truncate']);
    const other = await namesOf(
      `select distinct tgrelid::regclass::text as name from pg_trigger where not tgisinternal and tgname = 'keep'`,
    );
    expect(other.sort()).toEqual(await tablesOf('versions'));
  });

  it('lets every trigger that may change a row run before the one that keeps it', async () => {
    // Triggers run in the order of their names; what runs after "keep" would change what was stamped.
    const later = await namesOf(`select format('%s %s', tgrelid::regclass, tgname) as name from pg_trigger
      where not tgisinternal and tgname > 'keep' and tgtype & 2 = 2 and tgtype & 1 = 1 and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`);
    expect(later.filter((name) => !name.endsWith(' never_deleted'))).toEqual([]);
  });

  it('has the indexes of the present on the history too', async () => {
    for (const table of await tablesOf('versions')) {
      const history = (await indexesOf('history', table)).map(({ over }) => over);
      for (const { name, over } of await indexesOf('public', table)) {
        if (PRESENT_ONLY.includes(name)) continue;
        const twin = name.endsWith('_pkey') ? over.replace(/\)$/, ', sys_from)') : over;
        expect([table, name, history]).toEqual([table, name, expect.arrayContaining([twin])]);
      }
    }
  });

  it('refuses rows in the parent, an end in the present and a period that is empty or backwards in the history', async () => {
    for (const table of await tablesOf('versions')) {
      const checks = async (schema: string) =>
        namesOf(
          `select pg_get_constraintdef(oid) as name from pg_constraint where conrelid = format('%I.%I', $1::text, $2::text)::regclass and contype = 'c'`,
          [schema, table],
        );
      expect(await checks('versions')).toContain('CHECK (false) NO INHERIT');
      expect(await checks('public')).toContain("CHECK ((sys_until = 'infinity'::timestamp with time zone))");
      expect(await checks('history')).toContain('CHECK ((sys_from < sys_until))');
      // Whatever the parent demands holds for both.
      const demanded = (await checks('versions')).filter((check) => !check.endsWith('NO INHERIT'));
      for (const schema of ['public', 'history'])
        expect(await checks(schema)).toEqual(expect.arrayContaining(demanded));
    }
  });

  it('brings a column added to the parent into both, into the view of the past, and through an update', async () => {
    await client.query('begin');
    try {
      await client.query(`alter table versions.topics add column note text not null default 'none'`);
      await client.query(`select versions.show('topics')`);
      const columns = await columnsOf('versions', 'topics');
      expect(columns.at(-1)).toEqual({ name: 'note', type: 'text' });
      for (const schema of ['public', 'history', 'as_of']) expect(await columnsOf(schema, 'topics')).toEqual(columns);
      const open = (id: string) =>
        client.query(`with c as (insert into changes (id, at, action) values ('${id}', clock_timestamp(), 'topic.edit') returning id)
        select set_config('app.change_id', id::text, true) from c`);
      await open('00000000-0000-7000-8000-000000000001');
      await client.query(
        `insert into topics (id, slug, name, note) values ('00000000-0000-7000-8000-00000000000a', 't', 'T', 'first')`,
      );
      const [{ at } = { at: '' }] = await rows<{ at: string }>('select sys_from::text as at from topics');
      await client.query('select pg_sleep(0.002)');
      await open('00000000-0000-7000-8000-000000000002');
      await client.query(`update topics set note = 'second'`);
      await client.query(`select set_config('app.as_of', $1, true)`, [at]);
      expect(await rows('select note from as_of.topics')).toEqual([{ note: 'first' }]);
      expect(await rows('select note from topics')).toEqual([{ note: 'second' }]);
    } finally {
      await client.query('rollback');
    }
  });

  it('is what src/db/tables.ts says', async () => {
    const { code, output } = await generateTypes(database.url, { verify: true });
    expect([code, code === 0 ? '' : output]).toEqual([0, '']);
  });
});

describe('the vocabulary', () => {
  const wordsIn = (definition: string) => [...definition.matchAll(/'([^']*)'::text/g)].map(([, word]) => word);
  const domain = async (name: string) => {
    const [found] = await namesOf(
      'select pg_get_constraintdef(oid) as name from pg_constraint where contypid = $1::regtype',
      [name],
    );
    return wordsIn(found!);
  };
  const column = async (table: string, name: string) => {
    const [found] = await namesOf(
      `select pg_get_constraintdef(oid) as name from pg_constraint where contype = 'c' and conrelid = ('versions.' || $1)::regclass
        and conkey = array[(select attnum from pg_attribute where attrelid = conrelid and attname = $2)] and pg_get_constraintdef(oid) like '%ARRAY[%'`,
      [table, name],
    );
    return wordsIn(found!);
  };
  const { vocabulary: lists } = vocabulary;
  const inDatabase: Record<keyof typeof lists, () => Promise<unknown[]>> = {
    verdictStatuses: () => domain('verdict_status'),
    stances: () => domain('stance'),
    states: () => domain('state'),
    attributionStatuses: () => column('attributions', 'status'),
    quoteKinds: () => column('statements', 'quote_kind'),
    claimKinds: () => column('claims', 'kind'),
    revisions: () => column('verdicts', 'revision'),
    fourEyes: () => column('settings', 'four_eyes'),
    personKinds: () => column('people', 'kind'),
    nameKinds: () => column('names', 'kind'),
    citationRoles: () => column('citations', 'role'),
    relations: () => column('derivations', 'relation'),
    claimPersonRoles: () => column('claim_people', 'as'),
  };
  for (const [name, list] of Object.entries(lists)) {
    it(`of ${name} is what the database takes`, async () => {
      expect((await inDatabase[name as keyof typeof lists]()).sort()).toEqual(Object.keys(list).sort());
    });
  }

  it('of roles is what the database takes', async () => {
    expect((await domain('user_role')).sort()).toEqual([...roleNames].sort());
  });

  it('leaves no list of the database without its module', async () => {
    const lists = await namesOf(`select format('%s %s', conrelid::regclass, conname) as name from pg_constraint
      where contype = 'c' and connamespace = 'versions'::regnamespace and pg_get_constraintdef(oid) like '%= ANY%' and array_length(conkey, 1) = 1 order by 1`);
    expect(lists.map((name) => name.replace(/^versions\./, '').replace(/_check$/, ''))).toEqual([
      'attributions attributions_status',
      'citations citations_role',
      'claim_people claim_people_as',
      'claims claims_kind',
      'derivations derivations_relation',
      'names names_kind',
      'people people_kind',
      // Of what an edit can be proposed is a type of the acts.
      'proposals proposals_noun',
      'settings settings_four_eyes',
      'statements statements_quote_kind',
      // A user is a person or a program; the acts write it, no reader sees it.
      'users users_kind',
      'verdicts verdicts_revision',
    ]);
  });
});
