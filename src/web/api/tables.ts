import type { DateJson } from '../../db/json.ts';
import { claimReview, verdictReview } from '../../domain/exchange/claim-review.ts';
import { columnsOf, type Item } from '../../domain/exchange/forms/table.ts';
import type { Noun } from '../../domain/exchange/record-form.ts';
import { listReviewedClaims } from '../../domain/exchange/reviewed-claims.ts';
import { parseEdtf } from '../../lib/dates.ts';
import type { Exported } from './route.ts';

/**
 * How the rows of each list become a table, events and markup. Column names are the record's words; those of claims are
 * also what an import of CSV knows.
 */
export const peopleTable: Exported = {
  noun: 'person',
  about: ({ id }) => ({ person: [id as string] }),
  columns: columnsOf({
    id: 'id',
    slug: 'slug',
    url: 'url',
    name: 'name',
    kind: 'kind',
    description: 'description',
    names: 'names[].name',
    roles: 'roles[].title',
    externalIds: 'externalIds',
    version: 'version:integer',
    updatedAt: 'updatedAt',
  }),
};

/** A statement in a table: `at` is where it stands in an item. */
const statementColumns = (at: string) => ({
  id: `${at}id`,
  url: `${at}url`,
  saidOn: `${at}saidOn.edtf`,
  saidFrom: `${at}saidOn.from`,
  saidUntil: `${at}saidOn.until`,
  speaker: `${at}speaker.name`,
  speakerSlug: `${at}speaker.slug`,
  role: `${at}speaker.role`,
  onBehalfOf: `${at}speaker.onBehalfOf.name`,
  quoteKind: `${at}quoteKind`,
  quote: `${at}quote`,
  language: `${at}language`,
  originalLanguage: `${at}originalLanguage`,
  original: `${at}original`,
  venue: `${at}venue`,
  attribution: `${at}attribution`,
  askedOn: `${at}askedOn.edtf`,
  askedBy: `${at}askedBy.name`,
  deadline: `${at}deadline.edtf`,
  stances: 'positions[].stance',
  claims: 'positions[].claim.text',
  claimSlugs: 'positions[].claim.slug',
  statuses: 'positions[].claim.verdict.status',
  inResponseToId: 'inResponseTo.statementId',
  inResponseToSpeaker: 'inResponseTo.speaker.name',
  inResponseToQuote: 'inResponseTo.quote',
  sources: 'sources[].url',
  publishers: 'sources[].publisher',
  origins: 'origins[]',
  independentOrigins: 'independentOrigins:integer',
});

export const timelineTable: Exported = {
  noun: 'statement',
  about: ({ statement, ...around }) => aboutStatement({ ...(statement as Item), ...around }),
  columns: columnsOf(statementColumns('statement.')),
  event: ({ statement, ...around }) => utteranceEvent({ ...(statement as Item), ...around }),
};

export const statementsTable: Exported = {
  noun: 'statement',
  about: aboutStatement,
  columns: columnsOf({ ...statementColumns(''), state: 'state', version: 'version:integer', updatedAt: 'updatedAt' }),
  event: utteranceEvent,
};

export const claimsTable: Exported = {
  noun: 'claim',
  about: ({ id }) => ({ claim: [id as string] }),
  columns: columnsOf({
    id: 'id',
    slug: 'slug',
    url: 'url',
    claim: 'text',
    language: 'language',
    kind: 'kind',
    dueOn: 'dueOn.edtf',
    topics: 'topics[].name',
    people: 'people[].person.name',
    claimant: 'statement.speaker.name',
    saidOn: 'statement.saidOn.edtf',
    quote: 'statement.quote',
    statementId: 'statement.id',
    status: 'verdict.status',
    label: 'verdict.label',
    title: 'verdict.summary',
    reviewedOn: 'verdict.decidedAt',
    otherPublishers: 'otherVerdicts[].by.name',
    otherStatuses: 'otherVerdicts[].status',
    otherLabels: 'otherVerdicts[].nativeLabel',
    statementCount: 'statementCount:integer',
    responseCount: 'responseCount:integer',
    sources: 'sources[].url',
    state: 'state',
    version: 'version:integer',
    updatedAt: 'updatedAt',
  }),
  event(claim) {
    const { id, url, text, statement, verdict } = claim as unknown as ClaimItem;
    if (!statement) return null;
    const said = statement.quote === null ? '' : `“${statement.quote}” `;
    const { name } = statement.speaker;
    return { id, url, on: statement.saidOn, headline: text, text: `${name}: ${said}(${verdict.label})`, group: name };
  },
  async nodes(items, { instant }, { db, publisherName: name, publisherUrl: url }) {
    const claims = await listReviewedClaims(db, idsOf(items, 'id'), instant);
    return claims.map((claim) => claimReview(claim, { name, url }));
  },
};

export const responsesTable: Exported = {
  noun: 'response',
  about: ({ statementId }) => ({ statement: [statementId as string] }),
  columns: columnsOf({
    statementId: 'statementId',
    url: 'url',
    saidOn: 'saidOn.edtf',
    saidFrom: 'saidOn.from',
    saidUntil: 'saidOn.until',
    speaker: 'speaker.name',
    speakerSlug: 'speaker.slug',
    role: 'speaker.role',
    onBehalfOf: 'speaker.onBehalfOf.name',
    stance: 'stance',
    repliesTo: 'repliesTo',
    quoteKind: 'quoteKind',
    quote: 'quote',
  }),
  event: (item) => utteranceEvent({ ...item, id: item.statementId }),
};

const findingColumns = {
  status: 'status',
  label: 'label',
  nativeLabel: 'nativeLabel',
  summary: 'summary',
  explanation: 'explanation',
  publisher: 'by.name',
  ours: 'ours:boolean',
  decidedAt: 'decidedAt',
  evidence: 'evidence[].url',
  state: 'state',
  version: 'version:integer',
  updatedAt: 'updatedAt',
};

export const verdictsTable: Exported = {
  noun: 'verdict',
  about: ({ id }) => ({ verdict: [id as string] }),
  columns: columnsOf({ id: 'id', claimId: 'claimId', url: 'url', ...findingColumns }),
  event(verdict) {
    const { id, url, label, by, summary, explanation, decidedAt } = verdict as unknown as VerdictItem;
    const text = summary ?? explanation ?? '';
    return { id, url, on: parseEdtf(decidedAt), headline: `${by.name}: ${label}`, text, group: by.name };
  },
  async nodes(items, { instant }, { db, publisherName: name, publisherUrl: url }) {
    const [claim] = await listReviewedClaims(db, idsOf(items, 'claimId').slice(0, 1), instant);
    const ids = new Set(idsOf(items, 'id'));
    const verdicts = claim?.verdicts.filter(({ id }) => ids.has(id)) ?? [];
    return verdicts.map((verdict) => verdictReview(claim!, verdict, { name, url }));
  },
};

const { label: _, nativeLabel: __, explanation: ___, ...attributionColumns } = findingColumns;

export const attributionsTable: Exported = {
  noun: 'attribution',
  about: ({ id }) => ({ attribution: [id as string] }),
  columns: columnsOf({ id: 'id', statementId: 'statementId', ...attributionColumns }),
};

export const sourcesTable: Exported = {
  noun: 'source',
  about: ({ id }) => ({ source: [id as string] }),
  columns: columnsOf({
    id: 'id',
    url: 'url',
    title: 'title',
    publisher: 'publisher.name',
    publisherSlug: 'publisher.slug',
    author: 'author',
    publishedOn: 'publishedOn.edtf',
    language: 'language',
    archivedUrl: 'archivedUrl',
    archivedHash: 'archivedHash',
    version: 'version:integer',
    updatedAt: 'updatedAt',
  }),
  event(source) {
    const { id, url, title, publisher, publishedOn } = source as unknown as SourceItem;
    if (!publishedOn) return null;
    const headline = title ?? url ?? publisher?.name ?? '';
    return { id, url, on: publishedOn, headline, text: publisher?.name ?? '', group: publisher?.name };
  },
};

export const topicsTable: Exported = {
  noun: 'topic',
  about: ({ id }) => ({ topic: [id as string] }),
  columns: columnsOf({ id: 'id', slug: 'slug', url: 'url', name: 'name', claimCount: 'claimCount:integer' }),
};

/** Records of several types: what each has stands in the columns that its own list has, too. */
export const searchTable: Exported = {
  noun: 'hit',
  about: (hit) => ({ [hit.type as Noun]: [hit.id as string] }),
  columns: columnsOf({
    id: 'id',
    slug: 'slug',
    url: 'url',
    score: 'score:number',
    claim: 'text',
    quote: 'quote',
    name: 'name',
    title: 'title',
    kind: 'kind',
    quoteKind: 'quoteKind',
    language: 'language',
    saidOn: 'saidOn.edtf',
    speaker: 'speaker.name',
    status: 'verdict.status',
    label: 'verdict.label',
    publisher: 'publisher.name',
    publishedOn: 'publishedOn.edtf',
  }),
};

interface Named {
  name: string;
}

/** A statement is shown with what others said on its claims. */
function aboutStatement(item: Item) {
  const { id, positions = [] } = item as unknown as UtteranceItem;
  return { statement: [id], claim: positions.map(({ claim }) => claim.id) };
}

interface UtteranceItem {
  id: string;
  url: string;
  quote: string | null;
  saidOn: DateJson;
  speaker: Named;
  positions?: { claim: { id: string; text: string; verdict: { label: string } } }[];
}

interface ClaimItem {
  id: string;
  url: string;
  text: string;
  statement: { quote: string | null; saidOn: DateJson; speaker: Named } | null;
  verdict: { label: string };
}

interface VerdictItem {
  id: string;
  url: string;
  label: string;
  by: Named;
  summary: string | null;
  explanation: string | null;
  decidedAt: string;
}

interface SourceItem {
  id: string;
  url: string | null;
  title: string | null;
  publisher: Named | null;
  publishedOn: DateJson | null;
}

function utteranceEvent(item: Item) {
  const { id, url, quote, saidOn, speaker, positions = [] } = item as unknown as UtteranceItem;
  const text = positions.map(({ claim }) => `${claim.text} (${claim.verdict.label})`).join(' · ');
  return { id, url, on: saidOn, headline: quote ?? `${speaker.name} did not answer`, text, group: speaker.name };
}

const idsOf = (items: readonly Item[], member: string): string[] => items.map((item) => item[member] as string);
