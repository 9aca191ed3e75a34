import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Database } from '../../src/db/types.ts';
import { asProblem } from '../../src/db/violations.ts';
import { getClaim } from '../../src/domain/claims/claim.ts';
import { listClaims } from '../../src/domain/claims/claims.ts';
import { listResponses } from '../../src/domain/claims/responses.ts';
import { listPeople } from '../../src/domain/people/people.ts';
import { getPerson } from '../../src/domain/people/person.ts';
import { personProfile } from '../../src/domain/people/person-profile.ts';
import { personTimeline } from '../../src/domain/people/person-timeline.ts';
import type { Viewpoint } from '../../src/domain/read-record.ts';
import { getSource } from '../../src/domain/sources/source.ts';
import { listSources } from '../../src/domain/sources/sources.ts';
import { getAttribution, listAttributions } from '../../src/domain/statements/attributions.ts';
import { getStatement } from '../../src/domain/statements/statement.ts';
import type { StatementFilters } from '../../src/domain/statements/statement-filters.ts';
import { listStatements } from '../../src/domain/statements/statements.ts';
import { listTopics } from '../../src/domain/topics/topics.ts';
import { getVerdict, listVerdicts } from '../../src/domain/verdicts/verdicts.ts';
import type { Audience } from '../../src/domain/visibility.ts';
import { Gone, NotFound, Problem } from '../../src/errors.ts';
import { testDatabase } from '../support/database.ts';
import { acting, statementOf } from './acting.ts';

// More runs: AS_OF_RUNS=200; another beginning: AS_OF_SEED=7.
const RUNS = Number(process.env.AS_OF_RUNS ?? 15);
const SEED = Number(process.env.AS_OF_SEED ?? 20250208);
const LONGEST_MS = process.env.AS_OF_RUNS ? RUNS * 5000 : 18_000;
const WRITERS = 3;
const READERS = 2;

jest.setTimeout(LONGEST_MS + 30_000);

const database = testDatabase();
const editor = acting(database);

// What is done, as plain numbers that choose among what is on record at that moment.

const ACTS = {
  claim: 4,
  statement: 2,
  response: 4,
  verdict: 3,
  attribution: 1,
  person: 3,
  editClaim: 3,
  editStatement: 4,
  editSource: 2,
  editVerdict: 2,
  merge: 2,
} as const;

interface Step {
  act: keyof typeof ACTS;
  n: number[];
}

const someNumbers = fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 });
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(
    ...Object.entries(ACTS).map(([act, weight]) => ({ arbitrary: fc.constant(act as keyof typeof ACTS), weight })),
  ),
  n: someNumbers,
});

class World {
  readonly people: string[] = [];
  readonly claims: string[] = [];
  readonly statements: string[] = [];
  readonly sources: string[] = [];
  readonly verdicts: string[] = [];
  readonly attributions: string[] = [];
  readonly names: string[];
  constructor(run: number) {
    this.names = ['Ada', 'Boris', 'Cleo', 'Desk', 'Wire'].map((name) => `${name} ${run}`);
  }
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const maybe = <T>(n: number, value: T): T | undefined => (n % 3 === 0 ? value : undefined);
const DATES = [
  '2025-02-08~',
  '2025-02-09',
  '2025-02',
  '2025-02-08/2025-02-09',
  '../2025-02-08',
  '2024',
  '2025-02-09T14:30:00+03:00',
];
/** A filter has a beginning and an end. */
const CLOSED = DATES.filter((date) => !date.includes('..'));
const TOPICS = ['War', 'Weather', 'Trade'];
const STANCES = ['asserts', 'denies', 'confirms', 'neither_confirms_nor_denies', 'corrects'] as const;

const said = (world: World, n: number[]) => ({
  person: { name: pick(world.names.slice(0, 3), n[0]!) },
  quoteKind: 'verbatim' as const,
  quote: `Words ${n[1]}`,
  language: 'en',
  saidOn: pick(DATES, n[2]!),
  sequence: n[3]! % 2,
  onBehalfOf: maybe(n[4]!, { name: world.names[3]!, kind: 'organization' as const }),
  sources: [
    {
      publisher: { name: world.names[4]! },
      title: maybe(n[5]!, `Title ${n[5]! % 4}`),
      role: pick(['primary', 'reports', 'context'] as const, n[6]!),
      excerpt: maybe(n[7]!, { exact: `part ${n[7]}` }),
      derivedFrom: maybe(n[8]!, [{ publisher: { name: world.names[n[8]! % 4]! }, relation: 'quotes' as const }]),
    },
  ],
});

const perform: Record<Step['act'], (world: World, n: number[]) => Promise<unknown>> = {
  async claim(world, n) {
    const id = await editor.logClaim({
      text: `Claim ${n[9]}`,
      language: 'en',
      kind: pick(['fact', 'promise'], n[10]!),
      topics: [pick(TOPICS, n[11]!)],
      people: [{ person: { name: pick(world.names, n[9]!) }, as: 'about' }],
      statement: said(world, n),
      state: n[11]! % 4 === 0 ? 'draft' : undefined,
    });
    world.claims.push(id);
    await learn(world, await statementOf(database.db, id));
  },
  async statement(world, n) {
    const claims = [...new Set([pick(world.claims, n[9]!), pick(world.claims, n[10]!)])];
    const positions = claims.map((claim, index) => ({ claim, stance: pick(STANCES, n[11]! + index) }));
    await learn(
      world,
      await editor.logStatement({ ...said(world, n), positions, state: n[11]! % 4 ? undefined : 'draft' }),
    );
  },
  async response(world, n) {
    const claim = pick(world.claims, n[9]!);
    const answer = {
      stance: pick(STANCES, n[10]!),
      repliesTo: n[11]! % 2 ? await statementOf(database.db, claim).catch(() => null) : null,
    };
    if (n[11]! % 5 === 0) return editor.linkResponse(claim, { id: pick(world.statements, n[8]!), ...answer });
    return learn(
      world,
      await editor.linkResponse(claim, { ...said(world, n), ...answer, state: maybe(n[7]!, 'draft' as const) }),
    );
  },
  async verdict(world, n) {
    const id = await editor.giveVerdict(pick(world.claims, n[0]!), {
      status: pick(['true', 'mixed', 'false'], n[1]!),
      summary: `Found ${n[2]}`,
      by: maybe(n[3]!, { name: pick(world.names, n[4]!), kind: 'organization' as const }),
      decidedAt: pick(['2025-02-10', '2025-03', '2025-02-10T10:00:00Z'], n[5]!),
      evidence: [{ publisher: { name: world.names[4]! }, title: `Title ${n[6]! % 4}`, role: 'supports' }],
      state: maybe(n[7]!, 'draft' as const),
    });
    world.verdicts.push(id);
  },
  async attribution(world, n) {
    const id = await editor.attributeStatement(pick(world.statements, n[0]!), {
      status: pick(['confirmed', 'disputed', 'fabricated'], n[1]!),
      decidedAt: pick(['2025-02-10', '2025-03'], n[2]!),
      evidence: [{ publisher: { name: world.names[4]! }, role: 'supports' }],
    });
    world.attributions.push(id);
  },
  person: (world, n) =>
    editor.editPerson(
      pick(world.people, n[0]!),
      pick(
        [
          { name: `Renamed ${n[2]}` },
          { description: `About ${n[2]}` },
          { roles: [{ title: `Role ${n[2]}`, from: pick(DATES, n[3]!), organization: { name: world.names[3]! } }] },
          { roles: [{ title: `Role ${n[2]}` }, { title: 'Spokesman', from: '2025-02-09' }] },
          { names: [{ name: `Also ${n[2]}`, kind: 'alias' as const }] },
          { slug: `slug-${n[2]}-${n[3]}` },
        ],
        n[1]!,
      ),
    ),
  editClaim: (world, n) =>
    editor.editClaim(
      pick(world.claims, n[0]!),
      pick(
        [
          { text: `Reworded ${n[2]}` },
          { topics: [pick(TOPICS, n[2]!), pick(TOPICS, n[3]!)].filter((topic, i, all) => all.indexOf(topic) === i) },
          { people: [{ person: { name: pick(world.names, n[2]!) }, as: 'addressee' as const }] },
          { state: 'withdrawn' as const, withdrawnBecause: `Because ${n[2]}` },
          { state: 'published' as const },
          { slug: `claim-slug-${n[2]}-${n[3]}` },
        ],
        n[1]!,
      ),
    ),
  editStatement: (world, n) =>
    editor.editStatement(
      pick(world.statements, n[0]!),
      pick(
        [
          { quote: `Other words ${n[2]}` },
          { saidOn: pick(DATES, n[2]!) },
          { person: { name: pick(world.names.slice(0, 3), n[2]!) } },
          { positions: [{ claim: pick(world.claims, n[2]!), stance: pick(STANCES, n[3]!) }] },
          { sources: said(world, n).sources },
          { state: 'withdrawn' as const },
          { state: 'published' as const },
          { onBehalfOf: null, sequence: n[2]! % 3 },
        ],
        n[1]!,
      ),
    ),
  editSource: (world, n) =>
    editor.editSource(
      pick(world.sources, n[0]!),
      pick<object>(
        [{ title: `Retitled ${n[2]}` }, { author: `Author ${n[2]}` }, { publishedOn: pick(DATES, n[2]!) }],
        n[1]!,
      ),
    ),
  editVerdict: (world, n) =>
    editor.editVerdict(pick(world.verdicts, n[0]!), { state: pick(['withdrawn', 'published', 'in_review'], n[1]!) }),
  merge: (world, n) => {
    const table = n[0]! % 2 ? 'people' : 'claims';
    const from = pick(world[table], n[1]!);
    return editor.act('record.merge', async (tx) => {
      const rows = tx.updateTable(table as 'people');
      const into = n[2]! % 3 ? pick(world[table], n[3]!) : from;
      const target = await tx
        .selectFrom(table as 'people')
        .select('canonical_id')
        .where('id', '=', into)
        .executeTakeFirstOrThrow();
      if (into === from)
        await rows.set({ canonical_id: from }).where('id', '=', from).where('canonical_id', '<>', from).execute();
      else if (target.canonical_id !== from)
        await rows.set({ canonical_id: target.canonical_id }).where('canonical_id', '=', from).execute();
    });
  },
};

/** Notes what came on record with a statement, for later steps to choose from. */
async function learn(world: World, statementId: string): Promise<void> {
  world.statements.push(statementId);
  const statement = await database.db
    .selectFrom('statements')
    .select(['person_id', 'on_behalf_of_id'])
    .where('id', '=', statementId)
    .executeTakeFirstOrThrow();
  const sources = await database.db
    .selectFrom('citations')
    .select('source_id')
    .where('statement_id', '=', statementId)
    .execute();
  for (const id of [statement.person_id, statement.on_behalf_of_id])
    if (id && !world.people.includes(id)) world.people.push(id);
  for (const { source_id: id } of sources) if (!world.sources.includes(id)) world.sources.push(id);
}

async function tryTo(world: World, { act, n }: Step): Promise<void> {
  try {
    await perform[act](world, n);
  } catch (error) {
    // What an act refuses is no failure here; anything else that PostgreSQL says is.
    if (!(error instanceof Problem) && !asProblem(error)) throw error;
  }
}

// What is read.

/** Few enough that most queries are planned already. */
const FILTERS = [[], ['from'], ['to', 'stance'], ['status'], ['anyStatus', 'topic'], ['q']];

interface Question {
  about: keyof typeof ask;
  n: number[];
  audience: Audience;
  given: string[];
}

const question: fc.Arbitrary<Question> = fc.record({
  about: fc.oneof(
    { arbitrary: fc.constant('timeline' as const), weight: 8 },
    {
      arbitrary: fc.constantFrom(...(['person', 'claim', 'statement', 'source', 'verdict', 'attribution'] as const)),
      weight: 6,
    },
    {
      arbitrary: fc.constantFrom(
        ...(['people', 'claims', 'statements', 'sources', 'topics', 'responses', 'verdicts', 'attributions'] as const),
      ),
      weight: 7,
    },
  ),
  n: someNumbers,
  audience: fc.constantFrom<Audience>('public', 'desk'),
  given: fc.constantFrom<string[]>(...FILTERS),
});

type Served =
  | { items: string; last: readonly string[] | null; person?: string }
  | { id: string; json: string; version: number };

/** A question with all that it names chosen, so that it can be asked again. */
interface Asked {
  label: string;
  /** What is found in the present, so that merging since then changes what is meant. */
  meant?: { table: 'people' | 'claims'; id: string };
  read(db: Database, instant: string | null): Promise<Served>;
}

const paging = (n: number[]) => ({
  order: pick(['asc', 'desc'] as const, n[0]!),
  limit: 3,
  after: null,
});
const statesOf = (audience: Audience) =>
  audience === 'desk' ? ['draft', 'in_review', 'published', 'withdrawn'] : ['published'];

function filtersOf({ given, n }: Question): StatementFilters {
  const all: Required<Omit<StatementFilters, 'claim' | 'source'>> = {
    from: pick(CLOSED, n[2]!),
    to: pick(CLOSED, n[3]!),
    status: pick([['unverified'], ['true', 'mixed'], ['false']], n[4]!),
    anyStatus: pick([['unverified'], ['true', 'mixed'], ['false']], n[4]!),
    stance: pick([['asserts'], ['denies', 'corrects']], n[5]!),
    topic: pick([['war'], ['weather', 'trade']], n[6]!),
    q: pick(['words', 'claim 1', '2'], n[7]!),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => given.includes(name)));
}

const one = (
  get: (db: Database, id: string, viewpoint: Viewpoint) => Promise<Served>,
  ids: (world: World) => string[],
  table?: 'people' | 'claims',
) => {
  return (world: World, { n, audience }: Question): Asked | undefined => {
    const id = pick(ids(world), n[8]!);
    if (!id) return undefined;
    return {
      label: `${get.name} ${id}`,
      ...(table && { meant: { table, id } }),
      read: (db, instant) => get(db, id, { instant, audience }),
    };
  };
};

const below = (list: typeof listVerdicts, ids: (world: World) => string[]) => {
  return (world: World, { n, audience }: Question): Asked | undefined => {
    const id = pick(ids(world), n[8]!);
    return id === undefined
      ? undefined
      : {
          label: `${list.name} ${id}`,
          read: (db, instant) => list(db, id, { ...paging(n), filters: {} }, { instant, audience }),
        };
  };
};

const all = (
  list: (
    db: Database,
    page: ReturnType<typeof paging> & { filters: object; states: string[]; personId: string | null },
    viewpoint: Viewpoint,
  ) => Promise<Served>,
  filters: (question: Question, world: World) => object,
) => {
  return (world: World, question: Question): Asked => {
    const { n, audience } = question;
    const page = {
      ...paging(n),
      filters: filters(question, world),
      states: statesOf(audience),
      personId: question.given.length ? null : pick(world.people, n[10]!),
    };
    return {
      label: `${list.name} ${JSON.stringify(page)}`,
      read: (db, instant) => list(db, page, { instant, audience }),
    };
  };
};

const ask = {
  timeline(world: World, question: Question): Asked {
    const id = pick(world.people, question.n[8]!);
    const page = { ...paging(question.n), filters: filtersOf(question) };
    return {
      label: `timeline of ${id} ${JSON.stringify(page)}`,
      meant: { table: 'people', id },
      read: (db, instant) => personTimeline(db, id, page, { instant, audience: question.audience }),
    };
  },
  profile(world: World, question: Question): Asked {
    const id = pick(world.people, question.n[8]!);
    const page = { ...paging(question.n), filters: filtersOf(question) };
    return {
      label: `profile of ${id} ${JSON.stringify(page)}`,
      meant: { table: 'people', id },
      read: (db, instant) => personProfile(db, id, page, { instant, audience: question.audience }),
    };
  },
  person: one(getPerson, (world) => world.people, 'people'),
  claim: one(getClaim, (world) => world.claims, 'claims'),
  statement: one(getStatement, (world) => world.statements),
  source: one(getSource, (world) => world.sources),
  verdict: one(getVerdict, (world) => world.verdicts),
  attribution: one(getAttribution, (world) => world.attributions),
  people: all(listPeople, ({ n }) => (n[11]! % 2 ? { q: pick(['a', 'renamed'], n[11]!) } : { kind: ['organization'] })),
  claims: all(listClaims, (question, world) => {
    const { from: _, to: __, stance: ___, ...filters } = filtersOf(question);
    return { ...filters, ...(question.n[11]! % 3 === 0 && { person: pick(world.people, question.n[11]!) }) };
  }),
  statements: all(listStatements, filtersOf),
  sources: all(listSources, ({ n }) => (n[11]! % 2 ? { q: 'title' } : {})),
  topics: all(listTopics, () => ({})),
  responses: below(listResponses, (world) => world.claims),
  verdicts: below(listVerdicts, (world) => world.claims),
  attributions: below(listAttributions, (world) => world.statements),
};

interface Observation {
  asked: Asked;
  instant: string;
  served: Outcome;
}

type Outcome = Served | { problem: 'not found' | 'gone' };

async function outcomeOf(read: Promise<Served>): Promise<Outcome> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof NotFound) return { problem: 'not found' };
    if (error instanceof Gone) return { problem: 'gone' };
    throw error;
  }
}

/** Reads the present and the stamp of the last change in one snapshot. */
function observe(asked: Asked): Promise<Observation> {
  return database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const { rows } = await sql<{
        instant: string;
      }>`select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as instant from changes`.execute(
        snapshot,
      );
      return {
        asked,
        instant: rows[0]!.instant,
        served: await outcomeOf(asked.read(snapshot, null)),
      };
    });
}

/** A record says since when it is withdrawn, and a timeline of someone not yet on record is empty: else all is the same. */
async function verify({ asked, instant, served }: Observation): Promise<void> {
  const past = await outcomeOf(asked.read(database.db, instant));
  const where = `${asked.label} as of ${instant}`;
  if ('problem' in served) {
    if ('items' in past) expect([where, past.items, past.last]).toEqual([where, '[]', null]);
    else expect([where, past]).toEqual([where, served]);
    return;
  }
  const plain = (outcome: Outcome) =>
    'json' in outcome ? { ...outcome, json: outcome.json.replace(/,"withdrawnSince":"[^"]*"\}$/, '}') } : outcome;
  const known = (outcome: Outcome) => {
    const { id, json, version, items, last, person, problem } = plain(outcome) as Record<string, unknown>;
    return { where, id, json, version, items, last, person, problem };
  };
  expect(known(past)).toEqual(known(served));
}

describe('the past', () => {
  it('is what was served then, whatever was done since and at the same time', async () => {
    let run = 0;
    let observed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 8, maxLength: 24 }),
        fc.array(question, { minLength: 6, maxLength: 14 }),
        async (steps, questions) => {
          const world = new World(++run);
          for (let n = 0; n < 3; n++)
            await perform.claim(
              world,
              Array.from({ length: 12 }, (_, index) => n + index + 1),
            );
          const observations: Observation[] = [];
          let writing = true;
          const writers = Array.from({ length: WRITERS }, async (_, writer) => {
            for (const each of steps.filter((_, index) => index % WRITERS === writer)) await tryTo(world, each);
          });
          const readers = Array.from({ length: READERS }, async (_, reader) => {
            for (let n = reader; writing || n < questions.length; n += READERS) {
              const next = pick(questions, n);
              const asked = ask[next.about](world, next);
              if (asked) observations.push(await observe(asked));
            }
          });
          await Promise.all(writers).finally(() => {
            writing = false;
          });
          await Promise.all(readers);
          for (const observation of observations) await verify(observation);
          observed += observations.length;
        },
      ),
      { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: false },
    );
    if (process.env.AS_OF_RUNS) console.log(`${run} runs, ${observed} answers compared`);
    expect(observed).toBeGreaterThan(RUNS > 5 ? 50 : 0);
  });

  const all = { filters: {}, order: 'asc', limit: 20, after: null } as const;
  const spoken = (name: string) => ({
    person: { name },
    quoteKind: 'verbatim' as const,
    quote: `${name} speaks`,
    language: 'en',
    saidOn: '2025',
  });
  const now = () => editor.act('record.look', async (tx) => tx.unchanged(tx.change.at));
  const viewed = (instant: string | null, audience: Audience = 'public'): Viewpoint => ({ instant, audience });
  const timelineOf = async (name: string, instant: string | null) =>
    JSON.parse((await personTimeline(database.db, name, all, viewed(instant))).items) as {
      statement: { quote: string };
    }[];

  it('still shows what was withdrawn since, and the people and sources that only it made public', async () => {
    const id = await editor.logStatement({ ...spoken('Once'), sources: [{ title: 'Only here', role: 'primary' }] });
    const { id: source } = await editor.addSource({ title: 'Only here' });
    const then = await now();
    await editor.editStatement(id, { state: 'withdrawn', withdrawnBecause: 'A mistake' });

    await expect(personTimeline(database.db, 'once', all, viewed(null))).rejects.toThrow(NotFound);
    expect(await timelineOf('once', then)).toHaveLength(1);
    expect(JSON.parse((await getPerson(database.db, 'once', viewed(then))).json).name).toBe('Once');
    expect(JSON.parse((await getSource(database.db, source, viewed(then))).json).title).toBe('Only here');
    expect(JSON.parse((await getStatement(database.db, id, viewed(then))).json).withdrawnSince).toMatch(/Z$/);
    expect((await listSources(database.db, { ...all, filters: { q: 'only here' } }, viewed(then))).items).toContain(
      source,
    );
    await expect(getStatement(database.db, id, viewed(null))).rejects.toThrow(
      'This statement was withdrawn: A mistake',
    );
  });

  it('shows a verdict as of a time before its claim was withdrawn', async () => {
    const claim = await editor.logClaim({ text: 'Judged', language: 'en' });
    const verdict = await editor.giveVerdict(claim, { status: 'true', by: { name: 'AFP' } });
    const then = await now();
    await editor.editClaim(claim, { state: 'withdrawn' });
    await expect(getVerdict(database.db, verdict, viewed(null))).rejects.toThrow(NotFound);
    expect((await getVerdict(database.db, verdict, viewed(then))).id).toBe(verdict);
  });

  it('says that it was withdrawn as of a time when it was, though it is public again', async () => {
    const claim = await editor.logClaim({ text: 'To and fro', language: 'en' });
    await editor.editClaim(claim, { state: 'withdrawn', withdrawnBecause: 'In doubt' });
    const then = await now();
    await editor.editClaim(claim, { state: 'published' });
    await expect(getClaim(database.db, claim, viewed(then))).rejects.toThrow('This claim was withdrawn: In doubt');
    expect((await getClaim(database.db, claim, viewed(then, 'desk'))).json).not.toContain('withdrawnSince');
  });

  it('has nothing yet, and does not tell that there is a draft', async () => {
    const before = await now();
    const claim = await editor.logClaim({ text: 'Later', language: 'en', state: 'draft', statement: spoken('Later') });
    const drafted = await now();
    await expect(getClaim(database.db, claim, viewed(before))).rejects.toMatchObject({ code: 'claim.not_found' });
    await expect(getClaim(database.db, claim, viewed(drafted))).rejects.toMatchObject({ code: 'claim.not_found' });
    await expect(personTimeline(database.db, 'later', all, viewed(drafted))).rejects.toThrow(NotFound);
    await editor.editClaim(claim, { state: 'published' });
    await editor.editStatement(await statementOf(database.db, claim), { state: 'published' });
    for (const instant of [before, drafted]) {
      await expect(getClaim(database.db, claim, viewed(instant))).rejects.toMatchObject({ code: 'not_yet_recorded' });
      expect(await timelineOf('later', instant)).toEqual([]);
    }
    expect(await timelineOf('later', null)).toHaveLength(1);
    expect((await getClaim(database.db, claim, viewed(drafted, 'desk'))).json).toContain('"state":"draft"');
  });

  it('has a merged person’s statements apart as of a time before the merging', async () => {
    for (const name of ['Merged', 'Kept']) await editor.logStatement(spoken(name));
    const { items } = await listPeople(database.db, { ...all, filters: { q: 'Merged' } }, viewed(null));
    const [merged] = JSON.parse(items as string) as [{ id: string }];
    const kept = JSON.parse((await getPerson(database.db, 'kept', viewed(null))).json) as { id: string };
    const apart = await now();
    await editor.merge('people', merged.id, kept.id);
    const together = await now();
    await editor.merge('people', merged.id, merged.id);
    expect(await timelineOf('kept', apart)).toHaveLength(1);
    expect(await timelineOf('kept', together)).toHaveLength(2);
    expect(await timelineOf('kept', null)).toHaveLength(1);
    expect(await timelineOf('merged', null)).toHaveLength(1);
  });
});
