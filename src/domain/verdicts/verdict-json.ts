import { type RawBuilder, sql } from 'kysely';
import { jsonObject } from '../../db/json.ts';
import { personRef } from '../people/person-json.ts';
import { isPublished } from '../visibility.ts';
import { type VerdictStatus, verdictStatuses } from '../vocabulary.ts';

const LABELS = JSON.stringify(
  Object.fromEntries(Object.entries(verdictStatuses).map(([status, { label }]) => [status, label])),
);

/** The English label of a verdict's status. */
export function labelOf(status: string): RawBuilder<string> {
  return sql`${sql.lit(LABELS)}::jsonb ->> ${sql.ref(status)}`;
}

/** The status of our latest published verdict on a claim, by `decidedAt`, then id; else `unverified`. */
export function ourStatus(claim: string): RawBuilder<VerdictStatus> {
  return sql`coalesce((select v.status ${latestOfOurs(claim)}), 'unverified')`;
}

/** Our latest published verdict on a claim, as it stands beside the claim. */
export function ourVerdict(claim: string) {
  const none = { status: 'unverified', label: verdictStatuses.unverified.label, summary: null, decidedAt: null };
  const verdict = jsonObject({
    status: sql<VerdictStatus>`v.status`,
    label: labelOf('v.status'),
    summary: sql<string | null>`v.summary`,
    decidedAt: sql<string | null>`v.decided_on`,
  });
  return sql`coalesce((select ${verdict} ${latestOfOurs(claim)}), ${sql.lit(JSON.stringify(none))}::json)`;
}

/** The latest published verdict of each other publisher, newest first. */
export function otherVerdicts(claim: string) {
  const verdict = jsonObject({
    by: personRef('v.publisher_id'),
    status: sql<VerdictStatus>`v.status`,
    label: labelOf('v.status'),
    nativeLabel: sql<string | null>`v.native_label`,
    summary: sql<string | null>`v.summary`,
    url: sql<string | null>`v.url`,
    decidedAt: sql<string | null>`v.decided_on`,
  });
  return sql`coalesce((
    select json_agg(${verdict} order by v.decided_from desc, v.id desc)
      from (select distinct on (publisher.canonical_id) v.*
              from claims as m join verdicts as v on v.claim_id = m.id join people as publisher on publisher.id = v.publisher_id
             where m.canonical_id = ${sql.ref(claim)} and not v.ours and ${isPublished('v')}
             order by publisher.canonical_id, v.decided_from desc, v.id desc) as v), '[]'::json)`;
}

/** Whether any publisher's standing verdict on a claim has one of these statuses; without a verdict of ours, `unverified` counts. */
export function anyStatusIn(claim: string, statuses: RawBuilder<string[]>): RawBuilder<boolean> {
  return sql<boolean>`(${ourStatus(claim)} = any(${statuses}::text[]) or exists (
    select from (select distinct on (publisher.canonical_id) v.status
                   from claims as m join verdicts as v on v.claim_id = m.id join people as publisher on publisher.id = v.publisher_id
                  where m.canonical_id = ${sql.ref(claim)} and not v.ours and ${isPublished('v')}
                  order by publisher.canonical_id, v.decided_from desc, v.id desc) as v
     where v.status = any(${statuses}::text[])))`;
}

/** Merged claims share their verdicts. */
function latestOfOurs(claim: string) {
  return sql`from claims as m join verdicts as v on v.claim_id = m.id
    where m.canonical_id = ${sql.ref(claim)} and v.ours and ${isPublished('v')}
    order by v.decided_from desc, v.id desc limit 1`;
}
