import { type RawBuilder, sql } from 'kysely';
import { addressOf, jsonObject } from '../../db/json.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { type FoundRecord, type RecordRow, readRecord, type Viewpoint } from '../read-record.ts';
import { type By, idBy } from '../references.ts';
import { type Audience, isPublicTopic, isVisible } from '../visibility.ts';

/** A topic `s` whole, with the number of claims under it that are to be seen. */
export function wholeTopic(audience: Audience): RawBuilder<object> {
  return jsonObject({
    id: sql<string>`s.id`,
    slug: sql<string>`s.slug`,
    url: addressOf('topics', 's.slug'),
    name: sql<string>`s.name`,
    claimCount: sql<number>`(select count(*) from claim_topics join claims on claims.id = claim_topics.claim_id
      where claim_topics.topic_id = s.id and ${isVisible('claims', audience)})`,
  });
}

/** One topic by id or slug. Throws `NotFound`. */
export function getTopic(db: Database, reference: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'topic', reference, query, viewpoint);
}

const query = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  (shape) => (param) =>
    sql`
    select s.id, 1 as version, ${wholeTopic(shape.audience)}::text as json, ${isPublicTopic('s.id')} as public,
           null as state, null as withdrawn_because, null as purged_because, null as withdrawn_since
      from topics as s where s.id = ${idBy('topic', shape.by, param('reference'))}`,
);
