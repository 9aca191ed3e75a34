import { beforeAll, describe, expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import type { Actor } from '../../src/db/types.ts';
import { getClaim } from '../../src/domain/claims/claim.ts';
import { listClaims } from '../../src/domain/claims/claims.ts';
import { listResponses } from '../../src/domain/claims/responses.ts';
import { type PurgeRecord, purgeRecord } from '../../src/domain/history/purge-record.ts';
import { listPeople } from '../../src/domain/people/people.ts';
import { getPerson } from '../../src/domain/people/person.ts';
import { personTimeline } from '../../src/domain/people/person-timeline.ts';
import { getSource } from '../../src/domain/sources/source.ts';
import { listSources } from '../../src/domain/sources/sources.ts';
import { getAttribution, listAttributions } from '../../src/domain/statements/attributions.ts';
import { getStatement } from '../../src/domain/statements/statement.ts';
import { listStatements } from '../../src/domain/statements/statements.ts';
import { createToken } from '../../src/domain/users/create-token.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { getVerdict, listVerdicts } from '../../src/domain/verdicts/verdicts.ts';
import { Conflict, Forbidden, Gone, NotFound } from '../../src/errors.ts';
import { newId } from '../../src/lib/ids.ts';
import { testDatabase } from '../support/database.ts';
import { acting, session, statementOf } from './acting.ts';

const database = testDatabase();
const editor = acting(database);
const ground = 'GDPR article 17';
const purge = (noun: PurgeRecord['noun'], id: string, by = editor) =>
  by.act('record.purge', (tx) => purgeRecord(tx, { noun, id, ground }));

const all = { filters: {}, order: 'asc', limit: 100, after: null } as const;
const everyState = { ...all, states: ['draft', 'in_review', 'published', 'withdrawn'], personId: null };
const views = [
  { instant: null, audience: 'public' },
  { instant: null, audience: 'desk' },
] as const;

/** Where a word stands, in whatever column of whatever table, the planner's samples included. */
async function placesOf(word: string): Promise<string[]> {
  return session(database.url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`select format('%I.%I', nspname, relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      union all select 'pg_catalog.pg_stats'`);
    expect(tables.length).toBeGreaterThan(50);
    const found = [];
    for (const { name } of tables) {
      const { rows } = await client.query(
        `select only_rows::text as row from ${name} as only_rows where only_rows::text ilike $1`,
        [`%${word}%`],
      );
      found.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
    return found;
  });
}

const stamp = async () =>
  (
    await session(database.url, (client) =>
      client.query(`select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from changes`),
    )
  ).rows[0].at as string;

/** What each list and each other record shows now and showed at `instant`, to everybody. */
async function everythingShown(instant: string): Promise<string> {
  const shown: string[] = [];
  const people = await database.db.selectFrom('people').select('id').execute();
  const claims = await database.db.selectFrom('claims').select('id').execute();
  const statements = await database.db.selectFrom('statements').select('id').execute();
  for (const view of [...views, ...views.map(({ audience }) => ({ instant, audience }))]) {
    // One after another, so that one connection plans each query once.
    const reads = [
      () => listPeople(database.db, all, view),
      () => listClaims(database.db, everyState, view),
      () => listStatements(database.db, everyState, view),
      () => listSources(database.db, all, view),
      ...claims.flatMap(({ id }) => [
        () => listResponses(database.db, id, all, view),
        () => listVerdicts(database.db, id, all, view),
        () => getClaim(database.db, id, view),
      ]),
      ...statements.flatMap(({ id }) => [
        () => listAttributions(database.db, id, all, view),
        () => getStatement(database.db, id, view),
      ]),
      ...people.flatMap(({ id }) => [
        () => personTimeline(database.db, id, all, view),
        () => getPerson(database.db, id, view),
      ]),
    ];
    for (const read of reads) {
      try {
        const found = await read();
        shown.push('items' in found ? found.items : found.json);
      } catch (error) {
        if (!(error instanceof NotFound || error instanceof Gone)) throw error;
      }
    }
  }
  return shown.join('\n');
}

let claim: string;
let statement: string;
let answer: string;
let before: string;

beforeAll(async () => {
  claim = await editor.logClaim({
    text: 'The bridge zqclaim was closed',
    language: 'en',
    people: [{ person: { name: 'Mayor' } }],
    sources: [{ title: 'Background', role: 'context', excerpt: { exact: 'zqclaim excerpt' } }],
    statement: {
      person: { name: 'Zqperson Speaker' },
      quoteKind: 'translated',
      quote: 'It is zqquote',
      language: 'en',
      originalLanguage: 'ru',
      original: 'Zqoriginal',
      saidOn: '2025-02-08',
      venue: 'Zqvenue Hall',
      sources: [
        {
          url: 'https://zqsource.example.org/a',
          title: 'Zqsource title',
          author: 'Zqsource author',
          publisher: { name: 'Zqpublisher' },
          role: 'primary',
          excerpt: { exact: 'zqexcerpt', prefix: 'zqprefix' },
        },
      ],
    },
  });
  statement = await statementOf(database.db, claim);
  answer = await editor.linkResponse(claim, {
    person: { name: 'Peskov' },
    stance: 'denies',
    repliesTo: statement,
    quoteKind: 'verbatim',
    quote: 'No zqanswer',
    language: 'en',
    saidOn: '2025-02-09',
    sources: [{ url: 'https://zqsource.example.org/a', role: 'reports' }],
  });
  await editor.giveVerdict(claim, {
    status: 'true',
    summary: 'Zqverdict summary',
    explanation: 'Zqverdict explained',
    decidedAt: '2025-03',
    evidence: [{ publisher: { name: 'Council' }, role: 'supports', excerpt: { exact: 'zqverdict words' } }],
  });
  await editor.attributeStatement(statement, {
    status: 'confirmed',
    summary: 'Zqattribution',
    evidence: [{ publisher: { name: 'Council' }, role: 'supports', excerpt: { exact: 'zqattribution words' } }],
  });
  // Old versions of everything, with other words.
  await editor.editClaim(claim, { text: 'The bridge zqclaim was shut', slug: 'zqclaim-slug' });
  await editor.editStatement(statement, { quote: 'It was zqquote', venue: 'Zqvenue' });
  before = await stamp();
  // So that the planner's samples hold the words too.
  await session(database.url, (client) => client.query('analyze'));
});

describe('purgeRecord()', () => {
  it('is for administrators', async () => {
    const actor: Actor = { id: null, tokenId: null, roles: ['editor'] };
    await expect(purge('statement', answer, acting(database, actor))).rejects.toThrow(Forbidden);
  });

  it('finds no record of another noun, and erases a record once', async () => {
    await expect(purge('claim', statement)).rejects.toThrow(NotFound);
    await expect(purge('claim', newId())).rejects.toThrow(NotFound);
    const id = await editor.addPerson({ name: 'Twice' });
    await purge('person', id);
    await expect(purge('person', id)).rejects.toThrow(Gone);
  });

  it('blanks a verdict: the claim falls back to the one before', async () => {
    const { id } = await database.db.selectFrom('verdicts').select('id').executeTakeFirstOrThrow();
    expect(await placesOf('zqverdict')).not.toEqual([]);
    await purge('verdict', id);
    expect(await placesOf('zqverdict')).toEqual([]);
    for (const view of views) {
      await expect(getVerdict(database.db, id, view)).rejects.toThrow(Gone);
      expect((await listVerdicts(database.db, claim, all, view)).items).toBe('[]');
      expect(JSON.parse((await getClaim(database.db, claim, view)).json).verdict.status).toBe('unverified');
    }
    expect(await everythingShown(before)).not.toContain(id);
  });

  it('blanks an attribution', async () => {
    const { id } = await database.db.selectFrom('attributions').select('id').executeTakeFirstOrThrow();
    await purge('attribution', id);
    expect(await placesOf('zqattribution')).toEqual([]);
    await expect(getAttribution(database.db, id, views[0])).rejects.toThrow(`This attribution was erased: ${ground}`);
    expect(await everythingShown(before)).not.toContain(id);
  });

  it('blanks a source, which no statement names any more', async () => {
    const { id } = await database.db
      .selectFrom('sources')
      .select('id')
      .where('url', 'is not', null)
      .executeTakeFirstOrThrow();
    await editor.editSource(id, { author: 'Zqsource other' });
    await purge('source', id);
    expect(await placesOf('zqsource')).toEqual([]);
    expect(await placesOf('zqexcerpt')).toEqual([]);
    for (const view of views) await expect(getSource(database.db, id, view)).rejects.toThrow(Gone);
    const shown = await everythingShown(before);
    expect(shown).not.toContain(id);
    // Where it came from counts as before.
    expect(shown).toContain('"origins":["Zqpublisher"]');
    // The address is free again for a source that is another.
    const { id: another } = await editor.addSource({ url: 'https://zqsource.example.org/a' });
    expect(another).not.toBe(id);
  });

  it('blanks a statement: no position, no response, no list shows it, now or then', async () => {
    const { version } = await database.db
      .selectFrom('statements')
      .select('version')
      .where('id', '=', answer)
      .executeTakeFirstOrThrow();
    expect(await everythingShown(before)).toContain(answer);
    await purge('statement', answer);
    expect(await placesOf('zqanswer')).toEqual([]);
    expect(await everythingShown(before)).not.toContain(answer);
    for (const view of views) await expect(getStatement(database.db, answer, view)).rejects.toThrow(Gone);
    const row = await database.db
      .selectFrom('statements')
      .selectAll()
      .where('id', '=', answer)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ version: version + 1, purged_because: ground, quote: null, said_on: '2025-02-09' });
  });

  it('blanks a claim with its address, which stays gone and is given to nobody', async () => {
    const slugs = ['zqclaim-slug', 'the-bridge-zqclaim-was-closed'];
    await purge('claim', claim);
    expect(await placesOf('zqclaim')).toEqual([]);
    expect(await everythingShown(before)).not.toContain(claim);
    for (const view of views) {
      for (const reference of [claim, ...slugs]) {
        await expect(getClaim(database.db, reference, view)).rejects.toThrow(Gone);
      }
    }
    const again = await editor.logClaim({ text: 'The bridge zqclaim was closed', language: 'en' });
    const { slug } = await database.db
      .selectFrom('claims')
      .select('slug')
      .where('id', '=', again)
      .executeTakeFirstOrThrow();
    expect(slug).toBe('the-bridge-zqclaim-was-closed-2');
    await expect(editor.editClaim(again, { slug: 'zqclaim-slug' })).rejects.toThrow(Conflict);
    await purge('claim', again);
    expect(await placesOf('zqclaim')).toEqual([]);
    await expect(editor.editStatement(statement, { positions: [{ claim, stance: 'denies' }] })).rejects.toThrow(Gone);
  });

  it('blanks a person and whoever was merged into them: their statements are somebody’s still', async () => {
    const { id } = await database.db
      .selectFrom('people')
      .select('id')
      .where('slug', '=', 'zqperson-speaker')
      .executeTakeFirstOrThrow();
    await editor.editPerson(id, {
      name: 'Zqperson Renamed',
      description: 'Zqperson is known for it',
      externalIds: { wikidata: 'zqperson' },
      roles: [{ title: 'Zqperson in chief', from: '2020', organization: { name: 'Town' } }],
      slug: 'zqperson-slug',
    });
    const twin = await editor.addPerson({ name: 'Zqperson Twin', names: [{ name: 'Zqperson alias', kind: 'alias' }] });
    await editor.merge('people', twin, id);
    const about = await editor.logClaim({ text: 'About them', language: 'en', people: [{ person: id }] });
    const instant = await stamp();

    await purge('person', id);
    expect(await placesOf('zqperson')).toEqual([]);
    for (const view of [...views, { instant, audience: 'public' as const }]) {
      for (const reference of [
        id,
        twin,
        'zqperson-speaker',
        'zqperson-slug',
        'zqperson-twin',
        `person-${id.slice(-8)}`,
      ]) {
        await expect(getPerson(database.db, reference, view)).rejects.toThrow(`This person was erased: ${ground}`);
        await expect(personTimeline(database.db, reference, all, view)).rejects.toThrow(Gone);
      }
      expect((await listPeople(database.db, all, view)).items).not.toContain(id);
      expect((await getClaim(database.db, about, view)).json).toContain('"people":[]');
      expect(JSON.parse((await getStatement(database.db, statement, view)).json).speaker).toMatchObject({
        id,
        name: '[erased]',
        slug: `person-${id.slice(-8)}`,
        role: null,
      });
    }
    await expect(editor.logClaim({ text: 'Another', language: 'en', people: [{ person: id }] })).rejects.toThrow(Gone);
    const found = await editor.logClaim({
      text: 'Another',
      language: 'en',
      people: [{ person: { name: '[erased]' } }],
    });
    expect((await getClaim(database.db, found, views[1])).json).not.toContain(id);
  });

  it('blanks the reasons given with its changes, and the answers kept for repeats', async () => {
    const { id: tokenId } = await editor.act('token.create', (tx) =>
      createToken(tx, { name: 'T', role: 'editor', days: 1 }),
    );
    const reason = 'Because zqreason';
    const kept = await editor.addPerson({ name: 'Zqkept "quoted" Person' });
    await change(database.db, { actor: operator, action: 'person.edit', reason }, async (tx) => {
      await tx.updateTable('people').set({ description: 'x', version: 2 }).where('id', '=', kept).execute();
      const row = { token_id: tokenId, body_hash: Buffer.from('h'), status: 201 };
      const answers = [
        {
          route: 'POST /api/v1/people',
          key: 'made',
          body: JSON.stringify({ id: kept, name: 'Zqkept "quoted" Person' }),
          headers: '{"location":"/people/1"}',
        },
        {
          route: 'POST /api/v1/claims',
          key: 'named',
          body: JSON.stringify({ publisher: 'Zqkept "quoted" Person' }),
          headers: '{}',
        },
        { route: 'POST /api/v1/people/zqkept-quoted-person/notes', key: 'below', body: '{"id":1}', headers: '{}' },
        { route: 'POST /api/v1/claims', key: 'other', body: '{"text":"Other"}', headers: '{}' },
      ];
      await tx
        .insertInto('idempotency')
        .values(answers.map((answer) => ({ ...row, ...answer })))
        .execute();
    });
    expect(await placesOf('zqreason')).not.toEqual([]);
    await purge('person', kept);
    expect(await placesOf('zqkept')).toEqual([]);
    expect(await placesOf('zqreason')).toEqual([]);
    const rows = await database.db
      .selectFrom('idempotency')
      .select(['key', 'body', 'headers'])
      .orderBy('key')
      .execute();
    expect(rows).toEqual([
      { key: 'made', body: '{}', headers: { location: '/people/1' } },
      { key: 'named', body: '{}', headers: {} },
      { key: 'other', body: '{"text":"Other"}', headers: {} },
    ]);
  });

  it('leaves the rest of the past as it was', async () => {
    const id = await editor.addPerson({ name: 'Bystander' });
    const kept = await editor.logClaim({
      text: 'Untouched',
      language: 'en',
      statement: { person: id, quoteKind: 'verbatim', quote: 'Mine', language: 'en', saidOn: '2025' },
    });
    const other = await editor.linkResponse(kept, {
      person: { name: 'Peskov' },
      stance: 'denies',
      quoteKind: 'verbatim',
      quote: 'Other',
      language: 'en',
      saidOn: '2025',
    });
    const instant = await stamp();
    const read = () => getPerson(database.db, id, { instant, audience: 'public' });
    const was = await read();
    await purge('statement', other);
    expect(await read()).toEqual(was);
    const timeline = await personTimeline(database.db, id, all, { instant, audience: 'public' });
    expect(JSON.parse(timeline.items as string)[0].positions[0]).toMatchObject({ responseCount: 0, responses: [] });
  });
});
