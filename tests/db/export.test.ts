import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { dump, exportCommand } from '../../src/cli/export.ts';
import { readConfig } from '../../src/config.ts';
import { change } from '../../src/db/change.ts';
import type { Database } from '../../src/db/types.ts';
import { dumpLines, PACKAGE, readDescription } from '../../src/domain/exchange/data-package.ts';
import { importFile } from '../../src/domain/exchange/import-file.ts';
import { loadDemoRecord } from '../../src/domain/exchange/load-demo-record.ts';
import { type Noun, recordForms } from '../../src/domain/exchange/record-form.ts';
import { purgeRecord } from '../../src/domain/history/purge-record.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { attributionStatuses, citationRoles, quoteKinds, stances, words } from '../../src/domain/vocabulary.ts';
import { newId } from '../../src/lib/ids.ts';
import { testDatabase } from '../support/database.ts';
import { importText, jsonl, us } from '../support/importing.ts';
import { acting } from './acting.ts';

// The machine may be busy.
jest.setTimeout(120_000);

const config = {
  siteName: 'On Record',
  publisherName: us.name,
  publisherUrl: us.url,
  dataLicense: { name: 'CC-BY-4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
};
const demo = testDatabase();
const copy = testDatabase();
const generated = testDatabase();
const generatedCopy = testDatabase();
const secret = testDatabase();
const { act, logClaim, editClaim, giveVerdict, merge, addPerson } = acting(demo);

let home: string;
let number = 0;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'onrecord-export-test-'));
});
afterAll(() => rm(home, { recursive: true }));

async function dumped(db: Database, scope: 'published' | 'everything'): Promise<string> {
  const folder = join(home, String(++number));
  await mkdir(folder);
  await dump(db, folder, config, scope);
  return folder;
}

async function bringIn(db: Database, folder: string) {
  const description = await readDescription(folder);
  const open = () => Readable.from(dumpLines(folder, description));
  return importFile(db, open, { format: 'jsonl', actor: operator, us });
}

/** The files of records; when they were written out is not among what goes round. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

describe('the whole record', () => {
  let folder: string;
  beforeAll(async () => {
    await change(demo.db, { actor: operator, action: 'demo.load' }, (tx) => loadDemoRecord(tx, us));
    const one = await logClaim({ text: 'The bridge was closed', language: 'en' });
    const same = await logClaim({ text: 'The bridge was shut', language: 'en' });
    await merge('claims', same, one);
    await editClaim(one, { slug: 'bridge' });
    const found = { summary: 'It was open', evidence: [{ title: 'Minutes', role: 'refutes' as const }] };
    await giveVerdict(one, { ...found, status: 'false' });
    await giveVerdict(one, { ...found, status: 'mixed', revision: 'correction', note: 'We misread the minutes' });
    const draft = await logClaim({ text: 'Zyzzyva is a draft', language: 'en', state: 'draft', topics: ['Zyzzyva'] });
    await logClaim({
      text: 'Zyzzyva was withdrawn',
      language: 'en',
      people: [{ person: { name: 'Zyzzyva Person' }, as: 'about' }],
    }).then((id) => editClaim(id, { state: 'withdrawn' }));
    expect(draft).toEqual(expect.any(String));
    await addPerson({ name: 'Zyzzyva Nobody' });
    const libel = await logClaim({ text: 'A libel', language: 'en' });
    const him = await addPerson({ name: 'Somebody Erased' });
    await logClaim({ text: 'About somebody', language: 'en', people: [{ person: him, as: 'about' }] });
    for (const [noun, id] of [
      ['claim', libel],
      ['person', him],
    ] as const)
      await act('record.purge', (tx) => purgeRecord(tx, { noun, id, ground: 'A court ordered it' }));
    folder = await dumped(demo.db, 'published');
  });

  it('is described: licence, instant, files with their hashes, fields, code book', async () => {
    const description = JSON.parse(await readFile(join(folder, PACKAGE), 'utf8'));
    expect(description).toMatchObject({
      $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
      name: 'on-record',
      licenses: [{ name: 'CC-BY-4.0', path: 'https://creativecommons.org/licenses/by/4.0/' }],
      created: expect.stringMatching(/^\d{4}-.*\dZ$/),
      codeBook: { verdictStatuses: { false: { ratingValue: 1 } } },
    });
    expect(description.resources.map(({ name }: { name: string }) => name)).toEqual([
      'people',
      'topics',
      'sources',
      'claims',
      'statements',
      'verdicts',
      'attributions',
    ]);
    for (const { path, bytes, records, schema } of description.resources) {
      const text = await readFile(join(folder, path), 'utf8');
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(Buffer.byteLength(text)).toBe(bytes);
      expect(lines[0]).toEqual({ type: 'begin', format: 'onrecord/1', publisher: us });
      expect(lines.at(-1)).toEqual({ type: 'end', records });
      expect(lines).toHaveLength(records + 2);
      const fields = schema.fields.map(({ name }: { name: string }) => name);
      for (const record of lines.slice(1, -1)) {
        expect(recordForms[record.type as Noun].safeParse(record).error).toBeUndefined();
        expect(Object.keys(record).filter((name) => !fields.includes(name))).toEqual([]);
      }
    }
  });

  it('that is published has nothing of drafts, of what was withdrawn, or of people whom nothing published names', async () => {
    expect(JSON.stringify(await filesIn(folder))).not.toMatch(/zyzzyva/i);
    expect(JSON.stringify(await filesIn(await dumped(demo.db, 'everything')))).toMatch(/Zyzzyva Nobody/);
  });

  it.each(['published', 'everything'] as const)('goes round: %s', async (scope) => {
    const target = scope === 'published' ? copy : secret;
    const out = scope === 'published' ? folder : await dumped(demo.db, scope);
    const { report } = await bringIn(target.db, out);
    expect(report.refusals).toEqual([]);
    expect(await filesIn(await dumped(target.db, scope))).toEqual(await filesIn(out));
    const again = await bringIn(target.db, out);
    expect(again.report.records.made).toEqual({});
  });

  it('is of one instant while writes go on', async () => {
    const before = await filesIn(await dumped(demo.db, 'everything'));
    const out = join(home, 'busy');
    await mkdir(out);
    const writes: Promise<unknown>[] = [];
    await dump(demo.db, out, config, 'everything', (done) => {
      if (done < 6)
        writes.push(logClaim({ text: `Written meanwhile ${done}`, language: 'en', topics: [`Meanwhile ${done}`] }));
    });
    await Promise.all(writes);
    const after = await filesIn(out);
    expect(JSON.stringify(after)).not.toContain('Meanwhile 5');
    const ids = (files: Record<string, string>, name: string) =>
      new Set(
        files[name]!.split('\n')
          .filter((line) => line.includes('"id"'))
          .map((line) => JSON.parse(line).id),
      );
    const topics = ids(after, 'topics.jsonl');
    for (const line of after['claims.jsonl']!.split('\n').filter((one) => one.includes('"topics"')))
      for (const topic of JSON.parse(line).topics) expect(topics.has(topic)).toBe(true);
    expect(topics.size).toBeGreaterThanOrEqual(ids(before, 'topics.jsonl').size);
  });

  it('is refused where a file was changed or cut off, and nothing is written', async () => {
    const file = join(folder, 'claims.jsonl');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.replace('The bridge was closed', 'The bridge was opened'));
    await expect(bringIn(generatedCopy.db, folder)).rejects.toThrow(
      /claims\.jsonl is not the file that datapackage\.json describes/,
    );
    await writeFile(file, whole.slice(0, -200));
    await expect(bringIn(generatedCopy.db, folder)).rejects.toThrow(/claims\.jsonl/);
    await writeFile(file, whole);
    expect(await generatedCopy.db.selectFrom('claims').select('id').execute()).toEqual([]);
  });

  it('is not written over what is in a folder, unless told', async () => {
    const settings = {
      ...readConfig({ DATABASE_URL: demo.url, PUBLISHER_NAME: us.name, PUBLISHER_URL: us.url }),
      sessionSecret: undefined,
    };
    await expect(exportCommand(settings, { all: folder, json: true })).rejects.toThrow(/is not empty.*--overwrite/);
  });
});

/** A record of every noun, tied to each other, with whatever texts can hold. */
const textOf = (max: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: max })
    .filter((text) => !text.includes('\0') && text.trim() !== '');
const date = fc.constantFrom(
  '2025-02-08',
  '2025-02-08~',
  '2025-02',
  '../2025-02-08',
  '2025-02-08/2025-02-10',
  '201X',
  '2025-21',
  '2025-02-09T14:30:00+03:00',
  '-0044-03-15',
);
const decided = fc.constantFrom('2025-02-08', '2025-02', '2025-02-09T14:30:00Z');
const state = fc.constantFrom('draft', 'in_review', 'published');
const excerpt = fc.oneof(
  fc.constant(null),
  fc.record({ exact: textOf(20), prefix: fc.constant(null), suffix: fc.constant('…') }),
  fc.record({ start: fc.constantFrom(0, 1.5), end: fc.constantFrom(null, 90.125) }),
);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

const cluster = fc
  .record({
    name: textOf(40),
    description: maybe(textOf(60)),
    alias: textOf(20),
    title: textOf(30),
    role: textOf(20),
    topic: textOf(20),
    claim: textOf(80),
    quote: textOf(80),
    original: maybe(textOf(40)),
    venue: maybe(textOf(20)),
    summary: textOf(50),
    label: maybe(textOf(20)),
    explanation: maybe(textOf(80)),
    said: date,
    decided,
    claimState: state,
    statementState: state,
    stance: fc.constantFrom(...words(stances)),
    quoteKind: fc.constantFrom(...words(quoteKinds).filter((kind) => kind !== 'silence')),
    citationRole: fc.constantFrom(...words(citationRoles)),
    attribution: fc.constantFrom(...words(attributionStatuses)),
    excerpt,
    merged: fc.boolean(),
    sequence: fc.integer({ min: -5, max: 5 }),
  })
  .map((a) => {
    const id = Object.fromEntries(
      [
        'person',
        'paper',
        'name',
        'alias',
        'paperName',
        'role',
        'topic',
        'source',
        'other',
        'claim',
        'twin',
        'statement',
        'reply',
        'position',
        'replyPosition',
        'verdict',
        'attribution',
        'c1',
        'c2',
        'c3',
        'c4',
        'derivation',
      ].map((key) => [key, newId()]),
    ) as Record<string, string>;
    const slug = (of: string) => `${of}-${id[of]!.slice(-12)}x`;
    const cite = (citationId: string) => ({
      citationId: id[citationId],
      id: id.source,
      role: a.citationRole,
      excerpt: a.excerpt,
    });
    const topic = `${a.topic} ${id.topic}`;
    const saying = {
      person: id.person,
      quoteKind: a.quoteKind,
      quote: a.quote,
      language: 'en',
      saidOn: a.said,
      sequence: a.sequence,
      state: a.statementState,
    };
    return [
      {
        type: 'person',
        id: id.person,
        slug: slug('person'),
        formerSlugs: [slug('alias')],
        name: a.name,
        description: a.description,
        names: [
          { id: id.name, name: a.name, kind: 'primary' },
          { id: id.alias, name: a.alias, kind: 'alias', language: 'uk', script: 'Cyrl' },
        ],
        roles: [{ id: id.role, title: a.role, organization: id.paper, from: '2020', to: null }],
        externalIds: { wikidata: a.alias },
      },
      {
        type: 'person',
        id: id.paper,
        slug: slug('paper'),
        name: a.title,
        kind: 'organization',
        names: [{ id: id.paperName, name: a.title, kind: 'primary' }],
      },
      { type: 'topic', id: id.topic, slug: slug('topic'), name: topic },
      {
        type: 'source',
        id: id.source,
        url: `https://example.org/${id.source}`,
        title: a.title,
        publisher: id.paper,
        publishedOn: a.said,
      },
      { type: 'source', id: id.other, title: `${a.title} ${id.other}`, publisher: id.paper },
      {
        type: 'claim',
        id: id.claim,
        slug: slug('claim'),
        text: a.claim,
        language: 'en',
        kind: 'promise',
        dueOn: '2030',
        topics: [id.topic],
        people: [{ person: id.person, as: 'about' }],
        sources: [cite('c1')],
        state: a.claimState,
      },
      {
        type: 'claim',
        id: id.twin,
        slug: slug('twin'),
        ...(a.merged && { canonicalId: id.claim }),
        text: a.claim,
        language: 'de',
        kind: 'opinion',
        state: a.claimState,
      },
      {
        type: 'statement',
        id: id.statement,
        ...saying,
        role: id.role,
        originalLanguage: 'ru',
        original: a.original,
        venue: a.venue,
        sources: [cite('c2')],
        derivations: [{ id: id.derivation, source: id.source, from: id.other, relation: 'quotes' }],
        positions: [{ id: id.position, claim: id.claim, stance: 'asserts', repeatOfEarlier: true }],
      },
      {
        type: 'statement',
        id: id.reply,
        ...saying,
        onBehalfOf: id.paper,
        positions: [{ id: id.replyPosition, claim: id.claim, stance: a.stance, repliesTo: id.statement }],
      },
      {
        type: 'verdict',
        id: id.verdict,
        claim: id.claim,
        by: id.paper,
        ours: false,
        status: 'broken',
        summary: a.summary,
        explanation: a.explanation,
        nativeLabel: a.label,
        url: `https://example.org/${id.verdict}`,
        decidedAt: a.decided,
        evidence: [cite('c3')],
        state: a.claimState,
      },
      {
        type: 'attribution',
        id: id.attribution,
        statement: id.statement,
        by: id.paper,
        ours: false,
        status: a.attribution,
        summary: a.summary,
        decidedAt: a.decided,
        evidence: [cite('c4')],
        state: a.statementState,
      },
    ];
  });

it('export → import → export gives the same bytes, whatever is on record', async () => {
  const begin = { type: 'begin', format: 'onrecord/1', publisher: us };
  await fc.assert(
    fc.asyncProperty(
      fc.array(cluster, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('published' as const, 'everything' as const),
      async (clusters, scope) => {
        const order = Object.keys(recordForms);
        const all = clusters.flat().sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
        const { report } = await importText(generated.db, 'jsonl', jsonl(all, begin));
        expect(report.refusals).toEqual([]);
        const everything = await dumped(generated.db, 'everything');
        expect((await bringIn(generatedCopy.db, everything)).report.refusals).toEqual([]);
        const [out, back] = [await dumped(generated.db, scope), await dumped(generatedCopy.db, scope)];
        expect(await filesIn(back)).toEqual(await filesIn(out));
      },
    ),
    { numRuns: Number(process.env.GENERATED_RECORDS ?? 5) },
  );
});
