import { type RawBuilder, sql } from 'kysely';
import { jsonObject } from '../../db/json.ts';
import { canonicalId, personRef } from '../people/person-json.ts';
import { isPublished } from '../visibility.ts';
import { type VerdictStatus, verdictStatuses } from '../vocabulary.ts';

const LABELS = JSON.stringify(
  Object.fromEntries(Object.entries(verdictStatuses).map(([status, { label }]) => [status, label])),
);

/** The English label of a verdict's status. */
export function labelOf(status: string): RawBuilder<string> {
  return sql`${sql.lit(LABELS)}::jsonb ->> ${sql.ref(status)}`;
}

/** The ids of the claims merged into this one, itself among them: an array, as `= any` reads one index once. */
export function membersOf(claim: string): RawBuilder<string[]> {
  return sql`array(select merged.id from claims as merged where merged.canonical_id = ${sql.ref(claim)})`;
}

/** The status of our latest published verdict on these claims, by `decidedAt`, then id; else `unverified`. */
export function ourStatus(claims: RawBuilder<string[]>): RawBuilder<VerdictStatus> {
  return sql`coalesce((select v.status ${latestOfOurs(claims)}), 'unverified')`;
}

/** Our latest published verdict on these claims, as it stands beside the claim. */
export function ourVerdict(claims: RawBuilder<string[]>) {
  const none = { status: 'unverified', label: verdictStatuses.unverified.label, summary: null, decidedAt: null };
  const verdict = jsonObject({
    status: sql<VerdictStatus>`v.status`,
    label: labelOf('v.status'),
    summary: sql<string | null>`v.summary`,
    decidedAt: sql<string | null>`v.decided_on`,
  });
  return sql`coalesce((select ${verdict} ${latestOfOurs(claims)}), ${sql.lit(JSON.stringify(none))}::json)`;
}

/** The latest published verdict of each other publisher, newest first. */
export function otherVerdicts(claims: RawBuilder<string[]>) {
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
    select json_agg(${verdict} order by v.decided_from desc, v.id desc) from (${latestOfOthers(claims)}) as v), '[]'::json)`;
}

/** Whether any publisher's standing verdict has one of these statuses; without a verdict of ours, `unverified` counts. */
export function anyStatusIn(claims: RawBuilder<string[]>, statuses: RawBuilder<string[]>): RawBuilder<boolean> {
  return sql<boolean>`(${ourStatus(claims)} = any(${statuses}::text[])
    or exists (select from (${latestOfOthers(claims)}) as v where v.status = any(${statuses}::text[])))`;
}

function latestOfOurs(claims: RawBuilder<string[]>) {
  return sql`from verdicts as v where v.claim_id = any(${claims}) and v.ours and ${isPublished('v')}
    order by v.decided_from desc, v.id desc limit 1`;
}

function latestOfOthers(claims: RawBuilder<string[]>) {
  return sql`select distinct on (${canonicalId('v.publisher_id')}) v.*
    from verdicts as v
   where v.claim_id = any(${claims}) and not v.ours and ${isPublished('v')}
   order by ${canonicalId('v.publisher_id')}, v.decided_from desc, v.id desc`;
}
