import { z } from 'zod';
import {
  attributionStatuses,
  citationRoles,
  claimKinds,
  claimPersonRoles,
  fourEyes,
  nameKinds,
  personKinds,
  quoteKinds,
  revisions,
  stances,
  states,
  verdictStatuses,
  words,
} from '../domain/vocabulary.ts';

/** The shapes of all answers, which the API documents and the other faces show. Input schemas stand beside their acts. */
const id = z.uuid();
const text = z.string();
const nullable = z.string().nullable();
const url = z.url();
const count = z.int().min(0);
const version = z.int().min(1);
const instant = z.iso.datetime({ precision: 6 }).meta({ description: 'UTC, to the microsecond' });
const wallClock = z
  .string()
  .regex(/^[+-]?\d{4,5}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  .nullable();

export const DateAnswer = z.strictObject({ edtf: text, from: wallClock, until: wallClock, text }).meta({
  id: 'Date',
  description: 'A date as written (EDTF), its half-open bounds in wall-clock time (null is no bound), and its words',
});
export type DateAnswer = z.output<typeof DateAnswer>;

const Party = z.strictObject({ id, slug: text, name: text }).meta({ id: 'Party' });
export type Party = z.output<typeof Party>;
const PersonRef = z.strictObject({ id, slug: text, name: text, url }).meta({ id: 'PersonReference' });
export type PersonRef = z.output<typeof PersonRef>;
const Speaker = z
  .strictObject({ id, slug: text, name: text, role: nullable, onBehalfOf: Party.nullable() })
  .meta({ id: 'Speaker', description: 'Who spoke, with the role held when it was said' });
export type Speaker = z.output<typeof Speaker>;

const Excerpt = z
  .union([
    z.strictObject({ exact: text, prefix: nullable, suffix: nullable }),
    z.strictObject({ start: z.number(), end: z.number().nullable() }),
  ])
  .meta({ id: 'Excerpt', description: 'Words of the source, or a time in a recording in seconds' });
export type Excerpt = z.output<typeof Excerpt>;

const Verdict = z
  .strictObject({ status: z.enum(words(verdictStatuses)), label: text, summary: nullable, decidedAt: nullable })
  .meta({ id: 'StandingVerdict', description: 'Our latest published verdict, else unverified' });
export type StandingVerdict = z.output<typeof Verdict>;

const OtherVerdict = z
  .strictObject({
    by: PersonRef,
    status: z.enum(words(verdictStatuses)),
    label: text,
    nativeLabel: nullable,
    summary: nullable,
    url: url.nullable(),
    decidedAt: text,
  })
  .meta({ id: 'OtherVerdict', description: 'The latest published verdict of another publisher' });
export type OtherVerdict = z.output<typeof OtherVerdict>;

const Nested = {
  statementId: id,
  quote: nullable,
  quoteKind: z.enum(words(quoteKinds)),
  language: nullable,
  saidOn: DateAnswer,
  speaker: Speaker,
};
const Brief = { ...Nested, url };
const Answered = z.strictObject(Brief).meta({ id: 'AnsweredStatement' });
export type Answered = z.output<typeof Answered>;
const NestedResponse = z.strictObject({ ...Nested, stance: z.enum(words(stances)) }).meta({ id: 'NestedResponse' });
export type NestedResponse = z.output<typeof NestedResponse>;

const Position = z
  .strictObject({
    id,
    stance: z.enum(words(stances)),
    repliesTo: id.nullable(),
    inResponseTo: Answered.nullable(),
    repeat: z.strictObject({ index: version, count: version, earlier: z.boolean() }).nullable(),
    claim: z.strictObject({ id, slug: text, url, text, verdict: Verdict, otherVerdicts: z.array(OtherVerdict) }),
    responseCount: count,
    responsesUrl: url,
    responses: z.array(NestedResponse).max(5),
  })
  .meta({ id: 'Position' });
export type Position = z.output<typeof Position>;

const statementFields = {
  id,
  url,
  quote: nullable,
  quoteKind: z.enum(words(quoteKinds)),
  language: nullable,
  originalLanguage: nullable,
  original: nullable,
  saidOn: DateAnswer,
  venue: nullable,
  attribution: z.enum(words(attributionStatuses)),
  askedOn: DateAnswer.nullable(),
  askedBy: Party.nullable(),
  deadline: DateAnswer.nullable(),
  speaker: Speaker,
};

const StatementSource = z
  .strictObject({
    id,
    url: text.nullable(),
    title: nullable,
    publisher: nullable,
    publishedOn: DateAnswer.nullable(),
    role: z.enum(words(citationRoles)),
    excerpt: Excerpt.nullable(),
    chain: z.array(text).min(1),
  })
  .meta({
    id: 'StatementSource',
    description: 'A source of a statement; chain is the first path from who told us to the origin',
  });
export type StatementSource = z.output<typeof StatementSource>;

const around = {
  positions: z.array(Position),
  inResponseTo: Answered.nullable(),
  sources: z.array(StatementSource),
  origins: z.array(text),
  independentOrigins: count,
};

export const TimelineItem = z
  .strictObject({ statement: z.strictObject(statementFields), ...around })
  .meta({ id: 'TimelineItem' });
export type TimelineItem = z.output<typeof TimelineItem>;

const stateful = { state: z.enum(words(states)), withdrawnBecause: nullable };
const versioned = { version, updatedAt: instant };
const withdrawnSince = instant.optional().meta({ description: 'With asOf: the record has since been withdrawn' });

export const Statement = z
  .strictObject({
    ...statementFields,
    ...stateful,
    version,
    sequence: z.int(),
    ...around,
    updatedAt: instant,
    withdrawnSince,
  })
  .meta({ id: 'Statement' });
export type Statement = z.output<typeof Statement>;

const Evidence = z
  .strictObject({
    id,
    url: text.nullable(),
    title: nullable,
    publisher: PersonRef.nullable(),
    role: z.enum(words(citationRoles)),
    excerpt: Excerpt.nullable(),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.output<typeof Evidence>;

export const Claim = z
  .strictObject({
    id,
    slug: text,
    url,
    text,
    language: text,
    kind: z.enum(words(claimKinds)),
    dueOn: DateAnswer.nullable(),
    topics: z.array(z.strictObject({ id, slug: text, name: text })),
    people: z.array(z.strictObject({ as: z.enum(words(claimPersonRoles)), person: PersonRef })),
    verdict: Verdict,
    otherVerdicts: z.array(OtherVerdict),
    statement: z.strictObject({ id, stance: z.enum(words(stances)), ...Brief }).nullable(),
    statementCount: count,
    statementsUrl: url,
    responseCount: count,
    responsesUrl: url,
    verdictsUrl: url,
    sources: z.array(Evidence),
    ...stateful,
    ...versioned,
    withdrawnSince,
  })
  .meta({ id: 'Claim' });
export type Claim = z.output<typeof Claim>;

export const Response = z
  .strictObject({
    ...Brief,
    stance: z.enum(words(stances)),
    repliesTo: id.nullable(),
  })
  .meta({ id: 'Response' });
export type Response = z.output<typeof Response>;

export const GivenVerdict = z
  .strictObject({
    id,
    claimId: id,
    url,
    status: z.enum(words(verdictStatuses)),
    label: text,
    nativeLabel: nullable,
    summary: nullable,
    explanation: nullable,
    by: PersonRef,
    ours: z.boolean(),
    decidedAt: text,
    evidence: z.array(Evidence),
    revision: z.enum(words(revisions)).nullable(),
    note: nullable,
    supersedes: id.nullable(),
    ...stateful,
    ...versioned,
    withdrawnSince,
  })
  .meta({ id: 'Verdict' });
export type GivenVerdict = z.output<typeof GivenVerdict>;

export const Attribution = z
  .strictObject({
    id,
    statementId: id,
    status: z.enum(words(attributionStatuses)),
    summary: nullable,
    by: PersonRef,
    ours: z.boolean(),
    decidedAt: text,
    evidence: z.array(Evidence),
    ...stateful,
    ...versioned,
    withdrawnSince,
  })
  .meta({ id: 'Attribution' });
export type Attribution = z.output<typeof Attribution>;

export const Person = z
  .strictObject({
    id,
    slug: text,
    url,
    name: text,
    kind: z.enum(words(personKinds)),
    description: nullable,
    names: z.array(
      z.strictObject({ id, name: text, kind: z.enum(words(nameKinds)), language: nullable, script: nullable }),
    ),
    roles: z.array(
      z.strictObject({ id, title: text, organization: PersonRef.nullable(), from: nullable, to: nullable }),
    ),
    externalIds: z.record(z.string(), z.string()),
    timelineUrl: url,
    ...versioned,
  })
  .meta({ id: 'Person' });
export type Person = z.output<typeof Person>;

const sourceFields = {
  id,
  url: text.nullable(),
  title: nullable,
  publisher: PersonRef.nullable(),
  author: nullable,
  publishedOn: DateAnswer.nullable(),
  language: nullable,
  archivedUrl: nullable,
  archivedHash: nullable,
  ...versioned,
};

export const Source = z.strictObject(sourceFields).meta({ id: 'Source' });
export type Source = z.output<typeof Source>;

export const FoundSource = z
  .strictObject({
    ...sourceFields,
    conflicts: z.array(z.strictObject({ field: text, onRecord: z.json(), sent: z.json() })),
  })
  .meta({ id: 'FoundSource', description: 'The source on record; where what was sent differs from it, both' });

export const Topic = z.strictObject({ id, slug: text, url, name: text, claimCount: count }).meta({ id: 'Topic' });
export type Topic = z.output<typeof Topic>;

const Page = z.strictObject({ limit: z.int(), next: nullable }).meta({ id: 'Page' });

export const listOf = (item: z.ZodType) => z.strictObject({ items: z.array(item), page: Page });
export interface ListOf<T> {
  items: T[];
  page: z.output<typeof Page>;
}

const hit = {
  id,
  url,
  score: z.number().min(0).max(1).meta({ description: 'How well it answers: for comparing within one answer' }),
  snippet: z
    .array(z.strictObject({ text, hit: z.boolean() }))
    .meta({ description: 'The words around the first hit, as plain text in pieces; `hit` says which were looked for' }),
};
const Hit = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('claim'), ...hit, slug: text, text, language: text, verdict: Verdict }),
    z.strictObject({
      type: z.literal('statement'),
      ...hit,
      slug: z.null(),
      quote: nullable,
      quoteKind: z.enum(words(quoteKinds)),
      language: nullable,
      saidOn: DateAnswer,
      speaker: PersonRef,
    }),
    z.strictObject({ type: z.literal('person'), ...hit, slug: text, name: text, kind: z.enum(words(personKinds)) }),
    z.strictObject({
      type: z.literal('source'),
      ...hit,
      slug: z.null(),
      title: nullable,
      language: nullable,
      publisher: PersonRef.nullable(),
      publishedOn: DateAnswer.nullable(),
    }),
  ])
  .meta({ id: 'Hit', description: 'A record found; `url` is its page' });
export type Hit = z.output<typeof Hit>;

const counted = { value: text.meta({ description: 'What the filter of this name takes' }), count };
const Counted = z.array(z.strictObject(counted));
const CountedPeople = z.array(z.strictObject({ ...counted, person: PersonRef }));
export const SearchAnswer = z
  .strictObject({
    items: z.array(Hit),
    facets: z.strictObject({
      type: Counted,
      person: CountedPeople,
      status: Counted,
      topic: z.array(z.strictObject({ ...counted, topic: z.strictObject({ id, slug: text, url, name: text }) })),
      year: Counted,
      language: Counted,
      publisher: CountedPeople,
    }),
    complete: z.boolean().meta({
      description:
        'False where more than 5,000 records have the words: then 200 of each type are counted, and each count is the least that there are',
    }),
    page: Page,
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.output<typeof SearchAnswer>;

const matches = ['same', 'similar', 'none'] as const;
const MatchedClaim = z
  .strictObject({
    id,
    slug: text,
    url,
    text,
    language: text,
    state: z.enum(words(states)),
    verdict: Verdict,
    statementCount: count,
    score: z.number().min(0).max(1).meta({ description: 'How much of what is rare in the text the claim has' }),
    match: z.enum(matches),
    words: z.array(z.strictObject({ word: text, claims: z.int().min(1) })).meta({
      description: 'Words of the text that the claim has, the rarest first, and in how many claims each stands',
    }),
  })
  .meta({ id: 'MatchedClaim' });
export const Matches = z
  .strictObject({
    match: z.enum(matches).meta({
      description:
        'Of the best: `same`, it says what the text says or the contrary; `similar`, look at it; `none`, nothing on record matches',
    }),
    items: z.array(MatchedClaim),
  })
  .meta({ id: 'Matches', description: 'Claims nearest to a text, best first' });
export type Matches = z.output<typeof Matches>;

export const Timeline = z
  .strictObject({
    person: PersonRef,
    asOf: instant.nullable(),
    items: z.array(TimelineItem),
    page: z.strictObject({
      limit: z.int(),
      next: nullable,
      withdrawn: z
        .array(z.strictObject({ statementId: id, since: instant }))
        .optional()
        .meta({ description: 'With asOf: which of these statements have since been withdrawn' }),
    }),
  })
  .meta({ id: 'Timeline' });
export type Timeline = z.output<typeof Timeline>;

export const Profile = Timeline.extend({
  person: Person,
  activity: z
    .array(
      z.strictObject({
        month: z.string().regex(/^\d{4}-\d\d$/),
        status: z.enum(words(verdictStatuses)).nullable(),
        count: z.int().min(1),
      }),
    )
    .meta({
      description:
        'How many statements of the whole timeline fall into each month, by our verdict on the first claim of each. A date that is not known to the month counts where it sorts; a statement that takes no position has the status null.',
    }),
}).meta({ id: 'Profile', description: 'A page of a person’s timeline, with the person whole and their activity' });
export type Profile = z.output<typeof Profile>;

export const Settings = z
  .strictObject({
    fourEyes: z.enum(words(fourEyes)),
    fourEyesHold: z.boolean().meta({ description: 'Whether they hold just now' }),
    version,
  })
  .meta({ id: 'Settings' });

const counts = z.record(z.string(), count);
const place = { line: z.int().optional(), path: text.optional() };
export const Import = z
  .strictObject({
    id,
    format: text,
    state: z.enum(['running', 'failed', 'finished', 'undone']),
    dryRun: z.boolean(),
    fileHash: text.meta({ description: 'SHA-256 of the file' }),
    mappingVersion: text,
    startedAt: instant,
    finishedAt: instant.nullable(),
    undoneAt: instant.nullable(),
    failure: nullable.meta({ description: 'Why it broke off; the same file again goes on from there' }),
    report: z
      .strictObject({
        rows: z.strictObject({ read: count, refused: count }),
        state: z.enum(['published', 'in_review']).meta({ description: 'Of what is public elsewhere' }),
        records: z.strictObject({ made: counts, present: counts }),
        unreadColumns: z.array(text).meta({ description: 'Of a table: headers of columns that were not taken' }),
        refusals: z.array(z.strictObject({ ...place, reason: text })),
        flags: z.array(z.strictObject({ ...place, code: text, detail: text })),
        flagged: counts,
        unknownLabels: counts,
        samePeople: z.array(z.strictObject({ id, name: text, other: z.strictObject({ id, name: text }) })),
        undone: z.strictObject({
          withdrawn: count,
          already: count,
          builtOn: z.array(z.strictObject({ noun: text, id, because: text })),
        }),
      })
      .partial()
      .meta({ description: 'While it goes on, only rows and records' }),
  })
  .meta({ id: 'Import' });

export const HistoryEntry = z
  .strictObject({
    change: id,
    at: instant,
    action: text,
    reason: nullable,
    by: z
      .strictObject({ id, name: text, kind: z.enum(['person', 'service']) })
      .nullable()
      .meta({ description: 'Null is whoever ran the program at its command line' }),
    proposedBy: z
      .array(z.strictObject({ id, name: text }))
      .meta({ description: 'Who proposed an edit that was accepted by it' }),
    fields: z.array(z.strictObject({ field: text, before: z.json(), after: z.json() })),
  })
  .meta({ id: 'HistoryEntry', description: 'What one change did to a record; what is referred to is { id, label }' });

export const Erasure = z.strictObject({ noun: text, id, ground: text }).meta({ id: 'Erasure' });

export const Vocabulary = z
  .record(z.string(), z.record(z.string(), z.looseObject({ label: text, description: text })))
  .meta({ id: 'Vocabulary' });
export type Vocabulary = z.output<typeof Vocabulary>;

export const ProblemAnswer = z
  .strictObject({
    type: text,
    title: text,
    status: z.int(),
    detail: text,
    code: text,
    instance: text.optional(),
    errors: z.array(z.strictObject({ pointer: text, detail: text })).optional(),
    others: z.array(z.looseObject({})).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; errors point at fields by JSON Pointer' });
