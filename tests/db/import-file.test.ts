import { Readable } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import { importFile } from '../../src/domain/exchange/import-file.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testDatabase } from '../support/database.ts';
import { importText, jsonl, rowCounts, us } from '../support/importing.ts';

// Thousands of records, on a machine that may be busy.
jest.setTimeout(60_000);

const id = (n: number) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;
const begin = { type: 'begin', format: 'onrecord/1', publisher: us };
const ada = {
  type: 'person',
  id: id(1),
  slug: 'ada-moss',
  name: 'Ada Moss',
  names: [{ id: id(2), name: 'Ada Moss', kind: 'primary' }],
};
const closed = { type: 'claim', id: id(10), slug: 'the-bridge', text: 'The bridge was closed', language: 'en' };
const aClaim = (key: string, more: object = {}) => ({
  type: 'claim',
  key,
  text: `Claim ${key}`,
  language: 'en',
  ...more,
});
const said = (key: string, claim: string, more: object = {}) => ({
  type: 'statement',
  key,
  person: { name: 'Ada Moss' },
  quoteKind: 'verbatim',
  quote: 'It was closed.',
  language: 'en',
  saidOn: '2025-02-08~',
  positions: [{ claim: { key: claim }, stance: 'asserts' }],
  ...more,
});

/** Everything that our own form can carry. */
const whole = [
  { ...ada, canonicalId: id(3), externalIds: { wikidata: 'Q1' } },
  {
    type: 'person',
    id: id(3),
    slug: 'a-moss',
    formerSlugs: ['moss'],
    name: 'A. Moss',
    description: 'A councillor.',
    names: [
      { id: id(4), name: 'A. Moss', kind: 'primary', language: 'en', script: 'Latn' },
      { id: id(5), name: 'А. Мосс', kind: 'transliteration', language: 'ru', script: 'Cyrl' },
    ],
    roles: [{ id: id(6), title: 'Mayor', organization: id(7), from: '2020', to: '2024-06' }],
  },
  {
    type: 'person',
    id: id(7),
    slug: 'council',
    name: 'Council',
    kind: 'organization',
    names: [{ id: id(8), name: 'Council', kind: 'primary' }],
  },
  {
    type: 'person',
    id: id(9),
    slug: 'record-check-old',
    name: 'Old Name',
    kind: 'organization',
    names: [{ id: id(91), name: 'Old Name', kind: 'primary' }],
  },
  { type: 'topic', id: id(20), slug: 'roads', name: 'Roads' },
  {
    type: 'source',
    id: id(30),
    url: 'https://a.example.org/1',
    title: 'One',
    publisher: id(7),
    author: 'B',
    publishedOn: '2025-02',
    language: 'en',
    archivedUrl: 'https://archive.example.org/1',
    archivedHash: 'a'.repeat(64),
  },
  { type: 'source', id: id(31), title: 'Two', publisher: id(7) },
  {
    ...closed,
    kind: 'promise',
    dueOn: '2026',
    topics: [id(20)],
    people: [{ person: id(7), as: 'addressee' }],
    sources: [
      { citationId: id(40), id: id(30), role: 'context', excerpt: { exact: 'closed', prefix: 'was ', suffix: null } },
    ],
  },
  {
    type: 'claim',
    id: id(11),
    canonicalId: id(10),
    slug: 'the-bridge-2',
    text: 'The bridge was shut',
    language: 'en',
    state: 'withdrawn',
    withdrawnBecause: 'A duplicate',
  },
  {
    type: 'statement',
    id: id(50),
    person: id(1),
    onBehalfOf: id(7),
    role: id(6),
    quoteKind: 'translated',
    quote: 'Nein.',
    language: 'de',
    originalLanguage: 'en',
    original: 'No.',
    saidOn: '2025-02-10',
    sequence: 2,
    venue: 'Hall',
    sources: [{ citationId: id(41), id: id(30), role: 'primary', excerpt: { start: 1.5, end: 2 } }],
    derivations: [
      { id: id(60), source: id(30), from: id(31), relation: 'quotes' },
      { id: id(61), source: id(31), from: null, relation: 'first_hand' },
    ],
    positions: [{ id: id(70), claim: id(10), stance: 'denies', repliesTo: id(51), repeatOfEarlier: false }],
  },
  {
    type: 'statement',
    id: id(51),
    person: id(3),
    quoteKind: 'verbatim',
    quote: 'Closed.',
    language: 'en',
    saidOn: '2025-02-08',
    positions: [{ id: id(71), claim: id(10), stance: 'asserts', repliesTo: null, repeatOfEarlier: true }],
  },
  {
    type: 'statement',
    id: id(52),
    person: id(3),
    quoteKind: 'silence',
    askedOn: '2025-02-11',
    askedBy: id(7),
    deadline: '2025-02-12',
    saidOn: '2025-02-12',
    positions: [],
  },
  {
    type: 'statement',
    id: id(53),
    person: id(3),
    quoteKind: 'verbatim',
    quote: null,
    language: 'en',
    originalLanguage: 'en',
    saidOn: '2025',
    state: 'withdrawn',
    purgedBecause: 'Art. 17',
  },
  {
    type: 'verdict',
    id: id(80),
    claim: id(10),
    by: id(9),
    ours: true,
    status: 'in_progress',
    summary: 'Half done',
    explanation: 'As the minutes say.',
    decidedAt: '2025-03-01T10:00:00Z',
    evidence: [{ citationId: id(42), id: id(31), role: 'supports', excerpt: null }],
  },
  {
    type: 'verdict',
    id: id(81),
    claim: id(10),
    by: id(9),
    ours: true,
    status: 'kept',
    summary: 'Done',
    decidedAt: '2025-04-01',
    supersedes: id(80),
    revision: 'correction',
    note: 'It was done.',
    evidence: [{ citationId: id(43), id: id(31), role: 'supports' }],
  },
  {
    type: 'verdict',
    id: id(82),
    claim: id(10),
    by: id(7),
    ours: false,
    status: 'unverified',
    nativeLabel: 'Kept-ish',
    mappingVersion: '1',
    url: 'https://c.example.org/',
    decidedAt: '2025',
    state: 'draft',
  },
  {
    type: 'attribution',
    id: id(85),
    statement: id(50),
    by: id(7),
    ours: false,
    status: 'disputed',
    summary: 'Was it she?',
    decidedAt: '2025',
    evidence: [{ citationId: id(44), id: id(30), role: 'refutes' }],
  },
];

describe('an import of our own form', () => {
  const database = testDatabase();

  it('brings in every column that is part of the record, under the ids that it had', async () => {
    const { report } = await importText(database.db, 'jsonl', jsonl(whole, begin));
    expect(report.refusals).toEqual([]);
    expect(report.records).toEqual({
      made: { person: 4, topic: 1, source: 2, claim: 2, statement: 4, verdict: 3, attribution: 1 },
      present: {},
    });
    const { db } = database;
    const one = (table: 'claims', n: number) =>
      db.selectFrom(table).selectAll().where('id', '=', id(n)).executeTakeFirst();
    expect(await one('claims', 10)).toMatchObject({
      slug: 'the-bridge',
      kind: 'promise',
      due_on: '2026',
      state: 'published',
    });
    expect(await one('claims', 11)).toMatchObject({ canonical_id: id(10), withdrawn_because: 'A duplicate' });
    expect(await one('people' as 'claims', 1)).toMatchObject({ canonical_id: id(3), external_ids: { wikidata: 'Q1' } });
    expect(await one('roles' as 'claims', 6)).toMatchObject({
      title: 'Mayor',
      starts_on: '2020',
      organization_id: id(7),
    });
    expect(await one('statements' as 'claims', 50)).toMatchObject({
      person_id: id(1),
      role_id: id(6),
      original: 'No.',
      sequence: 2,
    });
    expect(await one('statements' as 'claims', 53)).toMatchObject({ quote: null, purged_because: 'Art. 17' });
    expect(await one('positions' as 'claims', 70)).toMatchObject({ replies_to_id: id(51), stance: 'denies' });
    expect(await one('positions' as 'claims', 71)).toMatchObject({ repeat_of_earlier: true });
    expect(await one('citations' as 'claims', 41)).toMatchObject({ starts_at: 1.5, ends_at: 2, role: 'primary' });
    expect(await one('derivations' as 'claims', 60)).toMatchObject({ from_source_id: id(31), relation: 'quotes' });
    expect(await one('sources' as 'claims', 30)).toMatchObject({
      archived_hash: 'a'.repeat(64),
      published_on: '2025-02',
    });
    expect(await one('verdicts' as 'claims', 81)).toMatchObject({
      ours: true,
      supersedes_id: id(80),
      revision: 'correction',
    });
    expect(await one('verdicts' as 'claims', 82)).toMatchObject({ ours: false, mapping_version: '1', state: 'draft' });
    expect(await one('attributions' as 'claims', 85)).toMatchObject({ status: 'disputed' });
    const slugs = await db.selectFrom('slugs').select('slug').where('record_id', '=', id(3)).orderBy('slug').execute();
    expect(slugs.map(({ slug }) => slug)).toEqual(['a-moss', 'moss']);
  });

  it('makes nothing when it is run again', async () => {
    const before = await rowCounts(database.db);
    const { report } = await importText(database.db, 'jsonl', jsonl(whole, begin));
    expect(report.records.made).toEqual({});
    expect(report.records.present).toMatchObject({ person: 4, verdict: 3 });
    expect(await rowCounts(database.db)).toEqual(before);
  });

  it('does not take another publisher’s word for what is ours', async () => {
    const theirs = { ...begin, publisher: { name: 'Another Check', url: 'https://another.example.org' } };
    const verdict = {
      type: 'verdict',
      id: id(88),
      claim: id(10),
      by: id(9),
      ours: true,
      status: 'kept',
      decidedAt: '2025',
    };
    await importText(database.db, 'jsonl', jsonl([verdict], theirs));
    const row = await database.db.selectFrom('verdicts').select('ours').where('id', '=', id(88)).executeTakeFirst();
    expect(row).toEqual({ ours: false });
  });
});

describe('an import', () => {
  const database = testDatabase();

  it('refuses a record with its line and reason, and what depends on it, and takes the rest of the batch', async () => {
    const records = [
      aClaim('a'),
      aClaim('b', { dueOn: '2026' }),
      { type: 'claim', key: 'c', language: 'en' },
      said('sa', 'a'),
      said('sb', 'b'),
      said('sc', 'c'),
      said('sd', 'nowhere'),
      said('se', 'a', { person: 'nobody-at-all' }),
    ];
    const { report } = await importText(database.db, 'jsonl', jsonl(records));
    expect(report.records.made).toEqual({ person: 1, claim: 1, statement: 1 });
    expect(report.rows).toEqual({ read: 8, refused: 6 });
    const reasons = new Map(report.refusals.map(({ line, reason }) => [line, reason]));
    expect(reasons.get(2)).toMatch(/\/dueOn: only a promise/);
    expect(reasons.get(3)).toMatch(/\/text: /);
    expect(reasons.get(5)).toMatch(/refers to the claim "b".*only a promise/);
    expect(reasons.get(6)).toMatch(/refers to the claim "c".*\/text/);
    expect(reasons.get(7)).toMatch(/refers to the claim "nowhere", which is neither on record nor in the file/);
    expect(reasons.get(8)).toMatch(/\/person: no person or organization "nobody-at-all"/);
  });

  it('lets a record refer to one further on, also in another batch', async () => {
    const many = Array.from({ length: 2500 }, (_, n) => aClaim(`many ${n}`));
    const reply = said('early', 'late', {
      positions: [{ claim: { key: 'late' }, stance: 'denies', repliesTo: { key: 'later' } }],
    });
    const { report } = await importText(
      database.db,
      'jsonl',
      jsonl([reply, ...many, aClaim('late'), said('later', 'late')]),
    );
    expect(report.refusals).toEqual([]);
    expect(report.records.made).toMatchObject({ claim: 2501, statement: 2 });
  });

  it('gives many records of one text each a slug of its own', async () => {
    const many = Array.from({ length: 300 }, (_, n) => aClaim(`same ${n}`, { text: 'The very same words' }));
    await importText(database.db, 'jsonl', jsonl(many));
    const slugs = await database.db
      .selectFrom('claims')
      .select('slug')
      .where('text', '=', 'The very same words')
      .execute();
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(300);
    expect(slugs.map(({ slug }) => slug)).toContain('the-very-same-words-300');
  });

  it('finds whom and what the record has, and makes each other person, source and topic once', async () => {
    const before = await rowCounts(database.db);
    const source = { url: 'https://paper.example.org/x?utm_source=y', publisher: { name: 'Paper' }, role: 'reports' };
    const records = [
      aClaim('f', { topics: ['Roads', 'roads ', 'Bridges'], people: [{ person: { name: ' Ada Moss ' } }] }),
      said('sf', 'f', { sources: [source, { title: 'Minutes', publisher: { name: 'Paper' }, role: 'primary' }] }),
      said('sg', 'f', { sources: [{ ...source, url: 'http://www.paper.example.org/x', title: 'A heading' }] }),
    ];
    await importText(database.db, 'jsonl', jsonl(records));
    await importText(database.db, 'jsonl', jsonl([said('sh', 'f', { sources: [{ ...source, author: 'B. Ruiz' }] })]));
    const after = await rowCounts(database.db);
    expect({ people: after.people! - before.people!, sources: after.sources, topics: after.topics }).toEqual({
      people: 1,
      sources: 2,
      topics: 2,
    });
    const paper = await database.db.selectFrom('sources').selectAll().where('url', 'is not', null).executeTakeFirst();
    expect(paper).toMatchObject({ title: 'A heading', author: 'B. Ruiz', version: 2 });
  });

  it('says of a record that it was something else the last time, and leaves it', async () => {
    const { report } = await importText(database.db, 'jsonl', jsonl([aClaim('a', { text: 'Another text' })]));
    expect(report.records).toEqual({ made: {}, present: { claim: 1 } });
    expect(report.flags).toMatchObject([{ line: 1, code: 'changed' }]);
    const texts = await database.db.selectFrom('claims').select('text').where('text', '=', 'Another text').execute();
    expect(texts).toEqual([]);
  });

  it('refuses the one record that only the database can refuse, and takes the others', async () => {
    const name = { id: id(500), kind: 'primary', name: 'Twice' };
    const twice = (n: number) => ({ type: 'person', id: id(n), name: 'Twice', names: [name] });
    const { report } = await importText(
      database.db,
      'jsonl',
      jsonl([twice(501), ...[1, 2, 3].map((n) => aClaim(`x${n}`)), twice(502)]),
    );
    expect(report.records.made).toEqual({ person: 1, claim: 3 });
    expect(report.refusals).toHaveLength(1);
  });

  it('writes nothing in a dry run, and tells what it would make', async () => {
    const before = await rowCounts(database.db);
    const many = Array.from({ length: 2500 }, (_, n) =>
      aClaim(`dry ${n}`, { people: [{ person: { name: 'New Person' } }] }),
    );
    const records = [...many, said('dry', 'dry 7'), aClaim('a')];
    const { report } = await importText(database.db, 'jsonl', jsonl(records), { dryRun: true });
    expect(report.records).toEqual({ made: { person: 1, claim: 2500, statement: 1 }, present: { claim: 1 } });
    expect(await rowCounts(database.db)).toEqual(before);
  });
});

describe('an import that breaks off', () => {
  const database = testDatabase();
  const file = Buffer.from(
    jsonl(
      Array.from({ length: 3000 }, (_, n) =>
        said(`s${n}`, `c${n % 100}`, { person: { name: `Person ${n % 50}` } }),
      ).flatMap((one, n) => (n < 100 ? [aClaim(`c${n}`), one] : [one])),
    ),
  );

  it('goes on under its id when it is run again, and makes the same record as one run', async () => {
    let opened = 0;
    const open = () => {
      opened++;
      // The first reading checks the form; the second breaks off in the middle.
      return Readable.from(
        (function* () {
          for (let at = 0; at < file.length; at += 10_000) {
            if (opened === 2 && at > file.length * 0.8) throw new Error('The disk is gone.');
            yield file.subarray(at, at + 10_000);
          }
        })(),
      );
    };
    const options = { format: 'jsonl' as const, actor: operator, us };
    await expect(importFile(database.db, open, options)).rejects.toThrow('The disk is gone.');
    const half = await rowCounts(database.db);
    expect(half.statements).toBeGreaterThan(1000);
    expect(half.statements).toBeLessThan(2500);
    const failed = await database.db.selectFrom('imports').selectAll().executeTakeFirst();
    expect(failed).toMatchObject({ failure: 'The disk is gone.', finished_at: null });

    const again = await importFile(database.db, open, options);
    expect(again.id).toBe(failed!.id);
    expect(again.report.rows).toEqual({ read: 3100, refused: 0 });
    expect(await rowCounts(database.db)).toEqual({
      people: 50,
      names: 50,
      claims: 100,
      statements: 3000,
      positions: 3000,
    });
  });
});
