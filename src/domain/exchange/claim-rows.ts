import { isId, newId } from '../../lib/ids.ts';
import { slugOf } from '../../lib/slugs.ts';
import { key as comparable } from '../../lib/text.ts';
import { refuseDueDate } from '../claims/log-claim.ts';
import { dateColumns } from '../date-columns.ts';
import { type Batch, distinct, type Row } from './batch.ts';
import type { RecordForm } from './record-form.ts';
import { personId, recordId } from './referred.ts';
import { cite } from './source-rows.ts';
import { stateful } from './stateful.ts';

export function addClaim(batch: Batch, id: string, record: RecordForm<'claim'>): string {
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

export const addTopic = (batch: Batch, id: string, record: RecordForm<'topic'>): string =>
  topicId(batch, record.name, record, id);

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
