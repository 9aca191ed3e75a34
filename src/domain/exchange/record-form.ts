import { z } from 'zod';
import { ClaimPersonInput } from '../claims/write-claim-parts.ts';
import {
  Address,
  Edtf,
  Excerpt,
  ExternalIds,
  Id,
  Language,
  PersonReference,
  Slug,
  SourceDescription,
  State,
  text,
} from '../fields.ts';
import { endsAfterItBegins, RoleInput } from '../people/add-person.ts';
import { NameInput } from '../people/make-person.ts';
import { PositionInput, utterance } from '../statements/utterance.ts';
import {
  attributionStatuses,
  citationRoles,
  claimKinds,
  personKinds,
  relations,
  revisions,
  verdictStatuses,
  words,
} from '../vocabulary.ts';

/**
 * The exchange form: records as they go in and out whole, flat, with the names of the API's inputs. A JSON Lines file of
 * ours begins with a line `begin`, has one record a line, what is referred to before what refers to it (people, topics,
 * sources, claims, statements, verdicts, attributions; within a type in any order), and ends with a line `end`, so that
 * a truncated file shows.
 *
 * Our exports name each record, and whatever it refers to, by `id`; by these, import(export(x)) is x in every column that
 * is part of the record. Readers of other formats give a record a `key` instead: what it is called where it comes from.
 * They refer to records of the same file by `{ "key" }`, to people also by name, to sources also by description.
 */
const Key = text(2000).meta({ description: 'What the record is called where it comes from, instead of an id' });
const ByKey = z.strictObject({ key: Key });

const identity = { id: Id.optional(), key: Key.optional() };
const address = {
  slug: Slug.optional(),
  formerSlugs: z.array(Slug).optional().meta({ description: 'Other addresses that lead to it' }),
};
/** Of one of several that were merged: the one that stands for all. Left out, it is the record itself. */
const merged = { canonicalId: Id.optional() };
/** Of what was erased, the legal ground: its words are gone, so rules that ask for words do not hold. */
const erased = { purgedBecause: text(2000).nullish() };
const stateful = { state: State.optional(), withdrawnBecause: text(2000).nullish() };

const PersonReferred = z.union([ByKey, PersonReference], {
  error: 'must be an id, a slug, { "name": …, "kind"?: … } or { "key": … }',
});
export type PersonReferred = z.output<typeof PersonReferred>;
const Referred = z.union([Id, ByKey], { error: 'must be an id or { "key": … }' });
export type Referred = z.output<typeof Referred>;

/** A source cited: on record (`id`), of the same file (`key`), or described. `citationId` is that of the citation itself. */
const Cited = z.strictObject({
  citationId: Id.optional(),
  ...identity,
  ...SourceDescription.shape,
  publisher: PersonReferred.nullish(),
  role: z.enum(words(citationRoles)),
  excerpt: Excerpt.nullish(),
});
export type Cited = z.output<typeof Cited>;
const cited = z.array(Cited).default([]);

export const PersonForm = z.strictObject({
  type: z.literal('person'),
  ...identity,
  ...address,
  ...merged,
  name: text(500),
  kind: z.enum(words(personKinds)).default('person'),
  description: text(2000).nullish(),
  names: z.array(NameInput).default([]),
  roles: z
    .array(z.strictObject({ ...RoleInput.shape, organization: PersonReferred.nullish() }).check(endsAfterItBegins))
    .default([]),
  externalIds: ExternalIds.default({}),
  ...erased,
});

export const TopicForm = z.strictObject({ type: z.literal('topic'), ...identity, ...address, name: text(200) });

export const SourceForm = z.strictObject({
  type: z.literal('source'),
  ...identity,
  ...SourceDescription.shape,
  publisher: PersonReferred.nullish(),
  ...erased,
});

export const ClaimForm = z.strictObject({
  type: z.literal('claim'),
  ...identity,
  ...address,
  ...merged,
  text: text(5000),
  language: Language,
  kind: z.enum(words(claimKinds)).default('fact'),
  dueOn: Edtf.nullish(),
  topics: z.array(text(200)).default([]).meta({ description: 'Ids; or names or slugs, found or made' }),
  people: z.array(ClaimPersonInput.extend({ person: PersonReferred })).default([]),
  sources: cited,
  ...stateful,
  ...erased,
});

export const StatementForm = z.strictObject({
  type: z.literal('statement'),
  ...identity,
  ...utterance,
  person: PersonReferred,
  onBehalfOf: PersonReferred.nullish(),
  askedBy: PersonReferred.nullish(),
  sources: cited,
  derivations: z
    .array(
      z.strictObject({
        id: Id.optional(),
        source: Referred,
        from: Referred.nullish(),
        relation: z.enum(words(relations)),
      }),
    )
    .default([])
    .meta({ description: 'For this statement: that a source had it from another, or (first_hand) from nobody' }),
  positions: z.array(PositionInput.extend({ claim: Referred, repliesTo: Referred.nullish() })).default([]),
  ...stateful,
  ...erased,
});

/** Whose finding it is: `by`; without, ours. `ours` counts in a file of our own alone. */
const finding = { by: PersonReferred.nullish(), ours: z.boolean().optional() };

export const VerdictForm = z.strictObject({
  type: z.literal('verdict'),
  ...identity,
  claim: Referred,
  ...finding,
  status: z.enum(words(verdictStatuses)),
  summary: text(2000).nullish(),
  explanation: text(50000).nullish(),
  nativeLabel: text(500).nullish(),
  mappingVersion: text(100).nullish(),
  url: Address.nullish(),
  decidedAt: Edtf.optional(),
  /** Of ours: the one that it supersedes, what it is to that one, and the public note on it. */
  supersedes: Referred.nullish(),
  revision: z.enum(words(revisions)).nullish(),
  note: text(2000).nullish(),
  evidence: cited,
  ...stateful,
  ...erased,
});

export const AttributionForm = z.strictObject({
  type: z.literal('attribution'),
  ...identity,
  statement: Referred,
  ...finding,
  status: z.enum(words(attributionStatuses)),
  summary: text(2000).nullish(),
  decidedAt: Edtf.optional(),
  evidence: cited,
  ...stateful,
  ...erased,
});

/** The form of each noun, in the order in which a file has them. */
export const recordForms = {
  person: PersonForm,
  topic: TopicForm,
  source: SourceForm,
  claim: ClaimForm,
  statement: StatementForm,
  verdict: VerdictForm,
  attribution: AttributionForm,
} as const;

export type Noun = keyof typeof recordForms;
export type RecordForm<N extends Noun = Noun> = { [K in N]: z.output<(typeof recordForms)[K]> }[N];
/** As it stands in a file, before defaults. */
export type RecordInput<N extends Noun = Noun> = { [K in N]: z.input<(typeof recordForms)[K]> }[N];

/** The first line: which form this is, and who says `ours` in it. */
export const Begin = z.strictObject({
  type: z.literal('begin'),
  format: z.literal('onrecord/1'),
  publisher: z.strictObject({ name: text(500), url: Address }),
});
export type Begin = z.output<typeof Begin>;

/** The last line: how many records stood before it, without `begin`. */
export const End = z.strictObject({ type: z.literal('end'), records: z.int().min(0) });
export type End = z.output<typeof End>;
