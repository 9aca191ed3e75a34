import { type RawBuilder, sql } from 'kysely';
import type { Param } from '../../db/prepared.ts';

/** Whether a claim, or one merged into it, is under one of the topics given by slug (`topic`) or id (`topicIds`). */
export function isUnderTopic(claim: string, param: Param<Record<string, unknown>>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from claims as cm join claim_topics on claim_topics.claim_id = cm.id
     where cm.canonical_id = ${sql.ref(claim)}
       and (claim_topics.topic_id = any(${param('topicIds')}::uuid[]) or claim_topics.topic_id in (
         select slugs.record_id from slugs where slugs.noun = 'topic' and slugs.slug = any(${param('topic')}::text[]))))`;
}
