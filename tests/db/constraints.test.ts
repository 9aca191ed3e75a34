import { beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Writer } from '../../src/db/types.ts';
import { asProblem } from '../../src/db/violations.ts';
import { Conflict, Invalid, type Problem } from '../../src/errors.ts';
import { newId } from '../../src/lib/ids.ts';
import { testDatabase } from '../support/database.ts';
import { acting, statementOf } from './acting.ts';

const database = testDatabase();
const editor = acting(database);

/** Writes past the acts, in a change: what the database itself refuses. */
async function refused(write: (tx: Writer) => Promise<unknown>): Promise<string | undefined> {
  try {
    await editor.act('record.test', write);
  } catch (error) {
    return (error as pg.DatabaseError).constraint ?? String(error);
  }
  return undefined;
}

/** What an act says to an input that may not be. */
async function problem(act: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await act;
  } catch (error) {
    return asProblem(error) ?? (error as Problem);
  }
  return undefined;
}

const run = (statement: string) => refused((tx) => sql.raw(statement).execute(tx));

let person: string;
let organization: string;
let claim: string;
let otherClaim: string;
let statement: string;
let otherStatement: string;
let sources: string[];
let verdict: string;
let attribution: string;

const words = { quoteKind: 'verbatim', quote: 'Words', language: 'en', saidOn: '2025' } as const;

beforeAll(async () => {
  person = await editor.addPerson({ name: 'Speaker', names: [{ name: 'Sprecher', kind: 'primary', language: 'de' }] });
  organization = await editor.addPerson({ name: 'Paper', kind: 'organization' });
  claim = await editor.logClaim({ text: 'One', language: 'en', statement: { person, ...words } });
  otherClaim = await editor.logClaim({ text: 'Two', language: 'en', statement: { person, ...words } });
  statement = await statementOf(database.db, claim);
  otherStatement = await statementOf(database.db, otherClaim);
  sources = [];
  for (const title of ['A', 'B', 'C']) sources.push((await editor.addSource({ title })).id);
  verdict = await editor.giveVerdict(claim, {
    status: 'true',
    summary: 'S',
    evidence: [{ id: sources[0], role: 'supports' }],
  });
  attribution = await editor.attributeStatement(statement, {
    status: 'confirmed',
    evidence: [{ id: sources[0], role: 'supports' }],
  });
});

/** A row like another, with some columns changed. */
const like = (table: string, where: string, changes: Record<string, string>) => {
  const given = JSON.stringify({ ...changes }).replaceAll("'", "''");
  return `insert into ${table} select (json_populate_record(t, '${given}')).* from ${table} as t where ${where} limit 1`;
};

describe('people, names and roles', () => {
  it('one primary name in a language, one without', async () => {
    const name = (language: string | null) =>
      run(
        `insert into names (id, person_id, name, kind, language) values ('${newId()}', '${person}', 'Another', 'primary', ${language ? `'${language}'` : 'null'})`,
      );
    expect(await name('de')).toBe('names_one_primary_per_language');
    expect(await name(null)).toBe('names_one_primary_per_language');
    expect(await name('fr')).toBeUndefined();
    const twice = [
      { name: 'A', kind: 'primary' as const, language: 'en' },
      { name: 'B', kind: 'primary' as const, language: 'EN' },
    ];
    expect(await problem(editor.addPerson({ name: 'X', names: twice }))).toBeInstanceOf(Invalid);
  });

  it('the displayed name is one of the primary names', async () => {
    expect(await run(`update people set name = 'Nobody' where id = '${person}'`)).toBe('people_name_is_primary');
    expect(await run(`delete from names where person_id = '${person}' and name = 'Speaker'`)).toBe(
      'people_name_is_primary',
    );
    expect(await run(`update names set kind = 'alias' where person_id = '${person}' and name = 'Speaker'`)).toBe(
      'people_name_is_primary',
    );
    expect(await run(like('people', `id = '${person}'`, { id: newId(), slug: 'x' }))).toBe('people_name_is_primary');
    // No input reaches it: the acts put the displayed name among the names.
    await editor.editPerson(person, { names: [{ name: 'Other', kind: 'alias' }] });
    expect(
      await database.db
        .selectFrom('names')
        .select('kind')
        .where('person_id', '=', person)
        .where('name', '=', 'Speaker')
        .execute(),
    ).toEqual([{ kind: 'primary' }]);
  });

  it('a role does not end before it begins', async () => {
    expect(
      await run(
        `insert into roles (id, person_id, title, held_from, held_until) values ('${newId()}', '${person}', 'T', '2025-01-01', '2024-01-01')`,
      ),
    ).toBe('roles_check');
    expect(
      await problem(editor.editPerson(person, { roles: [{ title: 'T', from: '2025', to: '2024' }] })),
    ).toMatchObject({ name: 'ZodError' });
  });

  it('a slug is lower case, hyphenated, unique, and kept for its record', async () => {
    for (const slug of ['Upper', 'two--hyphens', '-first', '', 'x'.repeat(81)]) {
      expect([slug, await run(`insert into slugs values ('person', '${slug}', '${person}')`)]).toEqual([
        slug,
        'slug_check',
      ]);
    }
    expect(await run(`insert into slugs values ('person', 'speaker', '${organization}')`)).toBe('slugs_pkey');
    expect(await run(`update people set slug = 'paper' where id = '${person}'`)).toBe('people_slug');
    expect(await problem(editor.editPerson(person, { slug: 'paper' }))).toMatchObject({ code: 'person.slug_taken' });
  });

  it('a person whom others refer to stays', async () => {
    const gone = async (tx: Writer) => {
      await tx.deleteFrom('names').where('person_id', '=', person).execute();
      await tx.deleteFrom('people').where('id', '=', person).execute();
    };
    expect(await refused(gone)).toMatch(/_fkey/);
    expect(await problem(editor.act('person.delete', gone))).toMatchObject({ code: 'still_referred_to' });
  });
});

describe('claims', () => {
  it('a due date is for promises and predictions', async () => {
    expect(await run(`update claims set due_on = '2026', due_from = '2026-01-01' where id = '${claim}'`)).toBe(
      'due_on_is_for_promises_and_predictions',
    );
    for (const kind of ['fact', 'opinion'] as const) {
      expect(await problem(editor.logClaim({ text: 'T', language: 'en', kind, dueOn: '2026' }))).toBeInstanceOf(
        Invalid,
      );
      expect(await problem(editor.editClaim(claim, { kind, dueOn: '2026' }))).toBeInstanceOf(Invalid);
    }
    for (const kind of ['promise', 'prediction'] as const) {
      const due = await editor.logClaim({ text: 'T', language: 'en', kind, dueOn: '2026' });
      expect(await problem(editor.editClaim(due, { kind: 'fact' }))).toBeInstanceOf(Invalid);
    }
  });

  it('a date has its bounds', async () => {
    expect(await run(`update claims set kind = 'promise', due_on = '2026' where id = '${claim}'`)).toBe('claims_check');
  });

  it('a reason of withdrawal is for what is withdrawn', async () => {
    for (const table of ['claims', 'statements', 'verdicts', 'attributions']) {
      expect([table, await run(`update ${table} set withdrawn_because = 'So' where state = 'published'`)]).toEqual([
        table,
        expect.stringMatching(/_check\d?$/),
      ]);
    }
    expect(await problem(editor.editClaim(claim, { withdrawnBecause: 'So' }))).toBeInstanceOf(Invalid);
  });
});

describe('statements and positions', () => {
  const silence = { person: 'speaker', quoteKind: 'silence', askedOn: '2025-02-08' } as const;

  it('a silence has no quote, everything else has one', async () => {
    expect(await run(`update statements set quote = null where id = '${statement}'`)).toBe('silence_has_no_quote');
    expect(
      await run(
        `update statements set quote_kind = 'silence', asked_on = '2025', asked_from = '2025-01-01' where id = '${statement}'`,
      ),
    ).toBe('silence_has_no_quote');
    expect(await problem(editor.logStatement({ ...silence, quote: 'Words', language: 'en' }))).toBeInstanceOf(Invalid);
    expect(await problem(editor.logStatement({ person, ...words, quote: null }))).toBeInstanceOf(Invalid);
    expect(await problem(editor.editStatement(statement, { quote: null }))).toBeInstanceOf(Invalid);
  });

  it('a silence was asked for, and nothing else was', async () => {
    expect(
      await run(`update statements set asked_on = '2025', asked_from = '2025-01-01' where id = '${statement}'`),
    ).toBe('silence_was_asked');
    expect(await problem(editor.logStatement({ person, quoteKind: 'silence' }))).toBeInstanceOf(Invalid);
    expect(await problem(editor.logStatement({ person, ...words, askedOn: '2025' }))).toBeInstanceOf(Invalid);
    const id = await editor.logStatement(silence);
    expect(await problem(editor.editStatement(id, { askedOn: null }))).toBeInstanceOf(Invalid);
  });

  it('a quote has a language, a time goes forward, a date has its bounds', async () => {
    for (const change of [
      'language = null',
      `said_until = said_from`,
      `asked_on = null, asked_from = '2025-01-01'`,
      `deadline_on = '2025'`,
    ]) {
      expect([change, await run(`update statements set ${change} where id = '${statement}'`)]).toEqual([
        change,
        expect.stringMatching(/^statements_check\d?$/),
      ]);
    }
    expect(await problem(editor.logStatement({ person, ...words, language: null }))).toBeInstanceOf(Invalid);
  });

  it('a statement takes one position on a claim', async () => {
    expect(await run(like('positions', `statement_id = '${statement}'`, { id: newId() }))).toBe(
      'one_position_per_claim',
    );
    const twice = [
      { claim, stance: 'asserts' as const },
      { claim, stance: 'denies' as const },
    ];
    expect(await problem(editor.logStatement({ person, ...words, positions: twice }))).toBeInstanceOf(Invalid);
    expect(await problem(editor.linkResponse(claim, { id: statement, stance: 'denies' }))).toBeInstanceOf(Conflict);
  });

  it('a reply is to another statement on the same claim, and keeps it there', async () => {
    expect(await run(`update positions set replies_to_id = statement_id where statement_id = '${statement}'`)).toBe(
      'no_reply_to_itself',
    );
    expect(
      await run(`update positions set replies_to_id = '${otherStatement}' where statement_id = '${statement}'`),
    ).toBe('reply_is_on_the_same_claim');
    const reply = { person: 'paper', stance: 'denies', ...words } as const;
    expect(await problem(editor.linkResponse(claim, { ...reply, repliesTo: otherStatement }))).toBeInstanceOf(Invalid);
    const id = await editor.linkResponse(otherClaim, { ...reply, repliesTo: otherStatement });
    expect(
      await problem(editor.editStatement(id, { positions: [{ claim: otherClaim, stance: 'denies', repliesTo: id }] })),
    ).toBeInstanceOf(Invalid);
    expect(await run(`delete from positions where statement_id = '${otherStatement}'`)).toBe(
      'reply_is_on_the_same_claim',
    );
    expect(await problem(editor.editStatement(otherStatement, { positions: [] }))).toMatchObject({
      code: 'position.has_replies',
    });
  });

  it('a position is on a claim and of a statement that exist', async () => {
    expect(await run(like('positions', 'true', { id: newId(), claim_id: newId() }))).toBe('positions_claim_id_fkey');
    expect(await run(like('positions', 'true', { id: newId(), statement_id: newId() }))).toBe(
      'positions_statement_id_fkey',
    );
    expect(await problem(editor.linkResponse(newId(), { person, stance: 'denies', ...words }))).toBeInstanceOf(Invalid);
  });
});

describe('findings', () => {
  it('a verdict of ours has a summary', async () => {
    const bare = { summary: null as unknown as string, id: newId() };
    expect(await run(like('verdicts', `id = '${verdict}'`, bare))).toBe('our_verdict_has_a_summary');
    expect(
      await problem(editor.giveVerdict(claim, { status: 'true', evidence: [{ id: sources[0], role: 'supports' }] })),
    ).toBeInstanceOf(Invalid);
  });

  it('a published verdict of ours has evidence, and keeps it', async () => {
    expect(await run(like('verdicts', `id = '${verdict}'`, { id: newId() }))).toBe('our_verdict_has_evidence');
    expect(await run(`delete from citations where verdict_id = '${verdict}'`)).toBe('our_verdict_has_evidence');
    expect(
      await run(`update citations set verdict_id = null, claim_id = '${claim}' where verdict_id = '${verdict}'`),
    ).toBe('our_verdict_has_evidence');
    expect(await problem(editor.giveVerdict(claim, { status: 'true', summary: 'S' }))).toBeInstanceOf(Invalid);
    await editor.giveVerdict(claim, { status: 'false', by: { name: 'AFP' } });
  });

  it('is never reworded once published, nor deleted; only its state moves', async () => {
    for (const [table, id] of [
      ['verdicts', verdict],
      ['attributions', attribution],
    ] as const) {
      for (const change of [`summary = 'Other'`, `status = 'disputed'`, `decided_on = '2020'`, `ours = false`]) {
        expect([change, await run(`update ${table} set ${change} where id = '${id}'`)]).toEqual([
          change,
          'finding_is_append_only',
        ]);
      }
      expect(await run(`delete from ${table} where id = '${id}'`)).toMatch(/what was recorded stays recorded/);
      expect(
        await run(
          `update ${table} set state = 'withdrawn', withdrawn_because = 'So', version = version + 1 where id = '${id}'`,
        ),
      ).toBeUndefined();
      expect(await run(`update ${table} set summary = 'Other' where id = '${id}'`)).toBe('finding_is_append_only');
      expect(
        await run(`update ${table} set state = 'published', withdrawn_because = null where id = '${id}'`),
      ).toBeUndefined();
    }
    const draft = await editor.giveVerdict(claim, {
      status: 'true',
      summary: 'S',
      state: 'draft',
      evidence: [{ id: sources[0], role: 'supports' }],
    });
    expect(await run(`update verdicts set summary = 'Other' where id = '${draft}'`)).toBeUndefined();
  });
});

describe('citations and derivations', () => {
  it('a citation is of exactly one record', async () => {
    const cite = (columns: string, values: string) =>
      run(
        `insert into citations (id, source_id, role, ${columns}) values ('${newId()}', '${sources[0]}', 'primary', ${values})`,
      );
    expect(await cite('exact', 'null')).toBe('cited_by_one_record');
    expect(await cite('statement_id, claim_id', `'${statement}', '${claim}'`)).toBe('cited_by_one_record');
    expect(await cite('statement_id, exact, starts_at', `'${statement}', 'words', 3`)).toBe('excerpt_is_words_or_time');
    for (const [columns, values] of [
      ['prefix', `'before'`],
      ['starts_at, ends_at', '3, 2'],
      ['starts_at', '-1'],
    ]) {
      expect([columns, await cite(`statement_id, ${columns}`, `'${statement}', ${values}`)]).toEqual([
        columns,
        expect.stringMatching(/^citations_.*check\d?$/),
      ]);
    }
    expect(await cite('statement_id, starts_at, ends_at', `'${statement}', 3, 4.5`)).toBeUndefined();
  });

  it('a source has no statement from itself, by any path', async () => {
    const derive = (...steps: [string, string | null, string?][]) =>
      run(
        steps
          .map(
            ([source, from, relation = 'quotes']) =>
              `insert into derivations (id, statement_id, source_id, from_source_id, relation) values ('${newId()}', '${statement}', '${source}', ${from ? `'${from}'` : 'null'}, '${relation}')`,
          )
          .join(';'),
      );
    const [a, b, c] = sources as [string, string, string];
    expect(await derive([a, a])).toBe('no_derivation_from_itself');
    expect(await derive([a, b], [b, a])).toBe('derivations_have_no_cycle');
    expect(await derive([a, b], [b, c], [c, a])).toBe('derivations_have_no_cycle');
    expect(await derive([a, null])).toBe('first_hand_is_from_no_source');
    expect(await derive([a, b, 'first_hand'])).toBe('first_hand_is_from_no_source');
    expect(await derive([a, b], [a, b])).toBe('one_derivation_per_pair');
    expect(await derive([a, null, 'first_hand'], [a, null, 'first_hand'])).toBe('one_derivation_per_pair');
    expect(await derive([a, b], [b, c], [a, c])).toBeUndefined();

    const cycle = (...titles: string[]) =>
      titles.reduceRight<object[]>((derivedFrom, title) => [{ title, relation: 'quotes', derivedFrom }], []);
    for (const path of [['A'], ['B', 'A'], ['B', 'C', 'A']]) {
      const cited = { title: 'A', role: 'primary' as const, derivedFrom: cycle(...path) as never };
      expect([path, await problem(editor.logStatement({ person, ...words, sources: [cited] }))]).toEqual([
        path,
        expect.any(Invalid),
      ]);
    }
    // The same sources may stand the other way round for another statement.
    expect(
      await problem(
        editor.logStatement({
          person,
          ...words,
          sources: [{ title: 'B', role: 'primary', derivedFrom: cycle('A') as never }],
        }),
      ),
    ).toBeUndefined();
  });
});

describe('sources', () => {
  it('has an address in both forms or none, something to know it by, and is there once', async () => {
    const [source] = sources;
    expect(await run(`update sources set url = 'https://x.example.org/' where id = '${source}'`)).toMatch(
      /^sources_check\d?$/,
    );
    expect(await run(`update sources set title = null where id = '${source}'`)).toMatch(/^sources_check\d?$/);
    expect(await run(`update sources set published_on = '2025' where id = '${source}'`)).toMatch(/^sources_check\d?$/);
    expect(await run(like('sources', `id = '${source}'`, { id: newId() }))).toBe('sources_without_url');
    const [one, two] = [
      await editor.addSource({ url: 'https://one.example.org/' }),
      await editor.addSource({ url: 'https://two.example.org/' }),
    ];
    expect(
      await run(
        `update sources set canonical_url = (select canonical_url from sources where id = '${one.id}') where id = '${two.id}'`,
      ),
    ).toBe('sources_canonical_url');
    expect(await problem(editor.editSource(two.id, { url: 'https://one.example.org/' }))).toMatchObject({
      code: 'source.exists',
    });
    expect(await problem(editor.editSource(sources[0]!, { title: null }))).toBeInstanceOf(Invalid);
    expect(await problem(editor.editSource(sources[0]!, { title: ' B ' }))).toMatchObject({ code: 'source.exists' });
  });
});

describe('users', () => {
  it('an e-mail address is one user’s, whatever its case', async () => {
    const user = (email: string) =>
      run(
        `insert into users (id, name, email, kind, roles) values ('${newId()}', 'U', '${email}', 'person', '{editor}')`,
      );
    expect(await user('ada@example.org')).toBeUndefined();
    expect(await user('ADA@example.org')).toBe('users_email');
    expect(await run(`insert into users (id, name, kind, roles) values ('${newId()}', 'U', 'person', '{}')`)).toBe(
      'users_roles_check',
    );
    expect(await run(`insert into users (id, name, kind, roles) values ('${newId()}', 'U', 'person', '{owner}')`)).toBe(
      'user_role_check',
    );
  });
});
