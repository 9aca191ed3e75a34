import { type RawBuilder, sql } from 'kysely';
import { jsonObject } from '../../db/json.ts';
import { type People, personRef, recorded } from '../people/person-json.ts';
import { isPublished } from '../visibility.ts';
import { type VerdictStatus, verdictStatuses } from '../vocabulary.ts';

const LABELS = JSON.stringify(
  Object.fromEntries(Object.entries(verdictStatuses).map(([status, { label }]) => [status, label])),
);

/** Our latest published verdict on a claim as it stands beside the claim; `unverified` where there is none. */
export interface StandingVerdict {
  status: VerdictStatus;
  label: string;
  summary: string | null;
  decidedAt: string | null;
}

/** The English label of a verdict's status. */
export function labelOf(status: string): RawBuilder<string> {
  return sql`${sql.lit(LABELS)}::jsonb ->> ${sql.ref(status)}`;
}

/** The ids of the claims merged into this one, itself among them: an array, as `= any` reads one index once. */
export function membersOf(claim: string): RawBuilder<string[]> {
  return sql`array(select merged.id from claims as merged where merged.canonical_id = ${sql.ref(claim)})`;
}

/** The published verdicts on these claims: what comes after `from`, the verdict being `v`. */
export function verdictsOn(claims: RawBuilder<string[]>): RawBuilder<unknown> {
  return sql`verdicts as v where v.claim_id = any(${claims}) and ${isPublished('v')}`;
}

/** The status of our latest published verdict on these claims, by `decidedAt`, then id; else `unverified`. */
export function ourStatus(claims: RawBuilder<string[]>): RawBuilder<VerdictStatus> {
  return sql`coalesce((select v.status ${latestOfOurs(verdictsOn(claims))}), 'unverified')`;
}

/** Our latest of these verdicts (`verdictsOn`), as it stands beside the claim. */
export function ourVerdict(verdicts: RawBuilder<unknown>): RawBuilder<StandingVerdict> {
  const none: StandingVerdict = {
    status: 'unverified',
    label: verdictStatuses.unverified.label,
    summary: null,
    decidedAt: null,
  };
  const verdict = jsonObject({
    status: sql<VerdictStatus>`v.status`,
    label: labelOf('v.status'),
    summary: sql<string | null>`v.summary`,
    decidedAt: sql<string | null>`v.decided_on`,
  });
  return sql`coalesce((select ${verdict} ${latestOfOurs(verdicts)}), ${sql.lit(JSON.stringify(none))}::json)`;
}

/** Of these verdicts (`verdictsOn`) the latest of each other publisher, newest first. */
export function otherVerdicts(verdicts: RawBuilder<unknown>, people = recorded) {
  const verdict = jsonObject({
    by: personRef('v.publisher_id', people),
    status: sql<VerdictStatus>`v.status`,
    label: labelOf('v.status'),
    nativeLabel: sql<string | null>`v.native_label`,
    summary: sql<string | null>`v.summary`,
    url: sql<string | null>`v.url`,
    decidedAt: sql<string | null>`v.decided_on`,
  });
  return sql`coalesce((
    select json_agg(${verdict} order by v.decided_from desc, v.id desc) from (${latestOfOthers(verdicts, people)}) as v), '[]'::json)`;
}

/** Whether any publisher's standing verdict has one of these statuses; without a verdict of ours, `unverified` counts. */
export function anyStatusIn(claims: RawBuilder<string[]>, statuses: RawBuilder<string[]>): RawBuilder<boolean> {
  return sql<boolean>`(${ourStatus(claims)} = any(${statuses}::text[])
    or exists (select from (${latestOfOthers(verdictsOn(claims), recorded)}) as v where v.status = any(${statuses}::text[])))`;
}

export function latestOfOurs(verdicts: RawBuilder<unknown>) {
  return sql`from ${verdicts} and v.ours order by v.decided_from desc, v.id desc limit 1`;
}

function latestOfOthers(verdicts: RawBuilder<unknown>, people: People) {
  const publisher = people.canonicalId('v.publisher_id');
  return sql`select distinct on (${publisher}) v.* from ${verdicts} and not v.ours
   order by ${publisher}, v.decided_from desc, v.id desc`;
}
