import { Invalid } from '../../errors.ts';
import { isId, newId } from '../../lib/ids.ts';
import { slugOf } from '../../lib/slugs.ts';
import { key as comparable, sameText } from '../../lib/text.ts';
import { refuseDueDate } from '../claims/log-claim.ts';
import { dateColumns } from '../date-columns.ts';
import { MOST_DERIVATIONS, refuseCycle } from '../sources/cite.ts';
import { sourceColumns } from '../sources/find-or-make-source.ts';
import { refuseRepeat } from '../statements/rules.ts';
import { statementColumns, wordColumns } from '../statements/statement-columns.ts';
import { refuseBareVerdict, refuseStatusOf } from '../verdicts/give-verdict.ts';
import { decidedOn } from '../verdicts/rules.ts';
import { type Batch, personId, type Row, recordId, rolesOf } from './batch.ts';
import { addPerson } from './person-rows.ts';
import type { Noun, PersonReferred, RecordForm } from './record-form.ts';
import { cite, sourceOf } from './source-rows.ts';

/**
 * Adds the rows of a record to a batch, under `id`, and returns its id: another one where it was met. Throws `Invalid`,
 * `Conflict`, `Gone` as the acts do.
 */
export function addRows(batch: Batch, id: string, record: RecordForm): string {
  const add = builders[record.type] as (batch: Batch, id: string, record: RecordForm) => string;
  return add(batch, id, record);
}

const builders: { [N in Noun]: (batch: Batch, id: string, record: RecordForm<N>) => string } = {
  person: addPerson,
  topic: (batch, id, record) => topicId(batch, record.name, record, id),
  source: addSource,
  claim: addClaim,
  statement: addStatement,
  verdict: addVerdict,
  attribution: addAttribution,
};

/** As `findOrMakeTopic`. */
function topicId(
  batch: Batch,
  name: string,
  { slug, formerSlugs }: { slug?: string | undefined; formerSlugs?: string[] | undefined } = {},
  id = newId(),
): string {
  const present = batch.found.topics.get(comparable(name));
  if (present) return present;
  const row = { id, slug: '', name };
  batch.rows.topics.push(row);
  batch.slugs.topic.push({ row, words: name, asked: slug, former: formerSlugs });
  // Another name may be the slug that this one gets.
  for (const one of [slugOf(name, name), comparable(name)]) batch.found.topics.set(one, id);
  return id;
}

function addSource(batch: Batch, id: string, { purgedBecause, ...record }: RecordForm<'source'>): string {
  if (purgedBecause == null) return sourceOf(batch, record, [], id);
  const publisher = record.publisher == null ? null : personId(batch, record.publisher, 'organization', ['publisher']);
  batch.rows.sources.push({ id, ...sourceColumns(record, publisher), purged_because: purgedBecause });
  return id;
}

/** What claims, statements and findings have alike. */
function stateful(batch: Batch, record: RecordForm<'claim' | 'statement' | 'verdict' | 'attribution'>) {
  const { state = batch.run.stateUnasked, withdrawnBecause = null, purgedBecause = null } = record;
  if (withdrawnBecause !== null && state !== 'withdrawn')
    throw Invalid.at(['withdrawnBecause'], 'is for a record that is withdrawn');
  return {
    // Where four eyes hold, an import publishes nothing.
    state: state === 'published' ? batch.run.stateUnasked : state,
    withdrawn_because: withdrawnBecause,
    created_by: batch.actorId,
    purged_because: purgedBecause,
  };
}

function addClaim(batch: Batch, id: string, record: RecordForm<'claim'>): string {
  refuseDueDate(record.kind, record.dueOn);
  const row: Row = {
    id,
    canonical_id: record.canonicalId ?? id,
    slug: '',
    text: record.text,
    language: record.language,
    kind: record.kind,
    ...dateColumns('due', record.dueOn),
    ...stateful(batch, record),
  };
  batch.rows.claims.push(row);
  batch.slugs.claim.push({ row, words: record.text, asked: record.slug, former: record.formerSlugs });
  batch.found.kinds.set(id, record.kind);
  const people = record.people.map(({ person, as }, index) => ({
    claim_id: id,
    person_id: personId(batch, person, 'person', ['people', index, 'person']),
    as,
  }));
  batch.rows.claim_people.push(...distinct(people, (one) => `${one.person_id} ${one.as}`));
  const topics = record.topics.map((topic, index) =>
    isId(topic) ? recordId(batch, 'topic', topic.toLowerCase(), ['topics', index]) : topicId(batch, topic),
  );
  batch.rows.claim_topics.push(...[...new Set(topics)].map((topic_id) => ({ claim_id: id, topic_id })));
  cite(batch, { claim_id: id }, record.sources, 'sources');
  return id;
}

const distinct = <T>(rows: readonly T[], by: (row: T) => string): T[] => [
  ...new Map(rows.map((row) => [by(row), row])).values(),
];

function addStatement(batch: Batch, id: string, record: RecordForm<'statement'>): string {
  const party = (referred: PersonReferred | null | undefined, field: string) =>
    referred == null ? null : personId(batch, referred, 'organization', [field]);
  const person = personId(batch, record.person, 'person', ['person']);
  batch.rows.statements.push({
    id,
    person_id: person,
    on_behalf_of_id: party(record.onBehalfOf, 'onBehalfOf'),
    asked_by_id: party(record.askedBy, 'askedBy'),
    role_id: record.role == null ? null : roleId(batch, person, record.role),
    ...(record.purgedBecause == null ? statementColumns(record, []) : wordColumns(record)),
    ...stateful(batch, record),
  });
  addPositions(batch, id, record);
  cite(batch, { statement_id: id }, record.sources, 'sources');
  addDerivations(batch, id, record);
  return id;
}

function roleId(batch: Batch, person: string, role: string): string {
  const roles = rolesOf(batch, person);
  const found = roles.find((one) => (isId(role) ? one.id === role : sameText(one.title, role)));
  if (!found)
    throw Invalid.at(
      ['role'],
      `this person has no role "${role}"; known: ${roles.map(({ title }) => title).join(', ') || 'none'}`,
    );
  return found.id;
}

function addPositions(batch: Batch, id: string, { positions }: RecordForm<'statement'>): void {
  const claims = new Set<string>();
  positions.forEach(({ id: positionId, claim, stance, repliesTo, repeatOfEarlier }, index) => {
    const path = ['positions', index];
    refuseRepeat(stance, repeatOfEarlier, path);
    const claimId = recordId(batch, 'claim', claim, [...path, 'claim']);
    if (claims.has(claimId)) throw Invalid.at([...path, 'claim'], 'a statement takes one position on a claim');
    claims.add(claimId);
    const replied = repliesTo == null ? null : recordId(batch, 'statement', repliesTo, [...path, 'repliesTo']);
    if (replied === id) throw Invalid.at([...path, 'repliesTo'], 'a statement does not reply to itself');
    if (replied !== null && !batch.found.positions.has(`${replied} ${claimId}`))
      throw Invalid.at([...path, 'repliesTo'], 'the statement replied to takes no position on this claim');
    batch.rows.positions.push({
      id: positionId ?? newId(),
      statement_id: id,
      claim_id: claimId,
      stance,
      replies_to_id: replied,
      repeat_of_earlier: repeatOfEarlier,
    });
  });
}

/** Ahead of the statements of a batch, as one may reply to a later one: on which claims this one takes positions. */
export function announcePositions(batch: Batch, id: string, { positions }: RecordForm<'statement'>): void {
  positions.forEach(({ claim }, index) => {
    batch.found.positions.set(`${id} ${recordId(batch, 'claim', claim, ['positions', index, 'claim'])}`, true);
  });
}

function addDerivations(batch: Batch, id: string, { derivations }: RecordForm<'statement'>): void {
  if (derivations.length > MOST_DERIVATIONS)
    throw Invalid.at(['derivations'], `a statement can have at most ${MOST_DERIVATIONS} derivations`);
  const steps = derivations.map(({ id: stepId, source, from, relation }, index) => {
    const path = ['derivations', index];
    if ((relation === 'first_hand') !== (from == null))
      throw Invalid.at([...path, 'from'], 'names the source that it was had from, and nothing where it was first_hand');
    return {
      id: stepId ?? newId(),
      statement_id: id,
      source_id: recordId(batch, 'source', source, [...path, 'source']),
      from_source_id: from == null ? null : recordId(batch, 'source', from, [...path, 'from']),
      relation,
    };
  });
  const pairs = distinct(steps, (step) => `${step.source_id} ${step.from_source_id}`);
  refuseCycle(pairs, ['derivations']);
  batch.rows.derivations.push(...pairs);
}

/** Whose finding it is. In a file of our own that is said; else it is ours where the publisher is we. */
function publisher(batch: Batch, { by, ours }: { by?: PersonReferred | null | undefined; ours?: boolean | undefined }) {
  const us = () =>
    batch.found.bearers.get(comparable(batch.run.ourName))?.find(({ kind }) => kind === 'organization')?.id;
  if (by == null) {
    const ourId = us() ?? personId(batch, { name: batch.run.ourName, kind: 'organization' }, 'organization', ['by']);
    return { publisher_id: ourId, ours: true };
  }
  const id = personId(batch, by, 'organization', ['by']);
  return { publisher_id: id, ours: batch.run.isOurs && ours !== undefined ? ours : id === us() };
}

function addVerdict(batch: Batch, id: string, record: RecordForm<'verdict'>): string {
  const claim = recordId(batch, 'claim', record.claim, ['claim']);
  refuseStatusOf(batch.found.kinds.get(claim), record.status);
  const whose = publisher(batch, record);
  if (record.purgedBecause == null) refuseBareVerdict(record, whose.ours);
  batch.rows.verdicts.push({
    id,
    claim_id: claim,
    ...whose,
    status: record.status,
    summary: record.summary ?? null,
    explanation: record.explanation ?? null,
    native_label: record.nativeLabel ?? null,
    mapping_version: record.mappingVersion ?? null,
    url: record.url ?? null,
    ...dateColumns('decided', decidedOn(record.decidedAt, batch.at)),
    ...revisionColumns(batch, record),
    ...stateful(batch, record),
  });
  cite(batch, { verdict_id: id }, record.evidence, 'evidence');
  return id;
}

function revisionColumns(batch: Batch, { supersedes, revision, note, purgedBecause }: RecordForm<'verdict'>) {
  if ((supersedes == null) !== (revision == null))
    throw Invalid.at(['revision'], 'goes with "supersedes": both or neither');
  if (purgedBecause == null && note == null && (revision === 'correction' || revision === 'retraction'))
    throw Invalid.at(['note'], `a ${revision} needs a public note that says what was wrong`);
  return {
    supersedes_id: supersedes == null ? null : recordId(batch, 'verdict', supersedes, ['supersedes']),
    revision: revision ?? null,
    revision_note: note ?? null,
  };
}

function addAttribution(batch: Batch, id: string, record: RecordForm<'attribution'>): string {
  const statement = recordId(batch, 'statement', record.statement, ['statement']);
  if (record.purgedBecause == null && record.evidence.length === 0)
    throw Invalid.at(['evidence'], 'an attribution needs at least one source');
  batch.rows.attributions.push({
    id,
    statement_id: statement,
    ...publisher(batch, record),
    status: record.status,
    summary: record.summary ?? null,
    ...dateColumns('decided', decidedOn(record.decidedAt, batch.at)),
    ...stateful(batch, record),
  });
  cite(batch, { attribution_id: id }, record.evidence, 'evidence');
  return id;
}
