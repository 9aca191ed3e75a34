import { type RawBuilder, sql } from 'kysely';
import type { Param } from '../../db/prepared.ts';
import { statefulNouns, tables } from '../nouns.ts';
import { lookAlikes } from '../people/look-alikes.ts';
import { membersOf, ourStatus } from '../verdicts/verdict-json.ts';

/** What waits for somebody at the desk, by the kind of work that it is. */
export const queues = {
  review: 'To review',
  mine: 'Mine',
  mentions: 'Comments for me',
  disputed: 'Disputed',
  due: 'Falling due',
  people: 'People to tell apart',
  imports: 'Imports with refusals',
} as const;

export type QueueName = keyof typeof queues;

/** Who asks, on which day. */
export interface Asking extends Record<string, unknown> {
  user: string | null;
  today: string;
}

/** Days ahead that a promise or prediction is seen to fall due. */
const DAYS_AHEAD = 30;

/** Unpublished records of all kinds that meet a condition on `x`. */
const waiting = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join(
    statefulNouns.map(
      (noun) => sql`
      select ${sql.lit(noun)} as noun, x.id, null::uuid as other, x.created_by, x.state::text as state, x.sys_from at time zone 'UTC' as since
        from ${sql.table(tables[noun])} as x where x.purged_because is null and ${condition}`,
    ),
    sql` union all `,
  );

/** Proposed edits, which are reviewed as what is unpublished is. */
const proposed = (condition: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> => sql`
  select 'proposal' as noun, x.id, null::uuid as other, x.created_by, null as state, x.sys_from at time zone 'UTC' as since
    from proposals as x where ${condition}`;

const inReview = sql`x.state = 'in_review'`;
const isWaiting = sql`x.state in ('draft', 'in_review')`;

/** Published claims `x` that meet a condition. */
const published = (
  since: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  from: RawBuilder<unknown> = sql`claims as x`,
): RawBuilder<unknown> => sql`
  select 'claim' as noun, x.id, null::uuid as other, x.created_by, x.state::text as state, ${since} as since
    from ${from}
   where x.id = x.canonical_id and x.state = 'published' and x.purged_because is null and ${condition}`;

const isDisputed = (verdict: string) =>
  sql`${sql.ref(`${verdict}.state`)} = 'published' and ${sql.ref(`${verdict}.status`)} = 'disputed'`;

/** From the first of the disputed verdicts on each claim, so that a hundred are found without looking at them all. */
const disputed = (condition: RawBuilder<unknown> = sql`true`) =>
  published(
    sql`x.sys_from at time zone 'UTC'`,
    sql`${isDisputed('d')} and ${condition} and ${ourStatus(membersOf('x.id'))} in ('disputed', 'unverified')
        and not exists (select from verdicts as before where ${isDisputed('before')} and before.id < d.id
                         and before.claim_id = any(${membersOf('x.id')}))`,
    sql`verdicts as d join claims as member on member.id = d.claim_id join claims as x on x.id = member.canonical_id`,
  );

const due = (today: RawBuilder<unknown>, condition: RawBuilder<unknown> = sql`true`) =>
  published(
    sql`x.due_from`,
    sql`x.due_on is not null and x.due_from < ${today}::date + ${sql.lit(DAYS_AHEAD)} and ${condition}
        and ${ourStatus(membersOf('x.id'))} in ('unverified', 'not_started', 'in_progress', 'stalled')`,
  );

/** What one wrote that waits, and what one is to work on. */
function mine(param: Param<Asking>): RawBuilder<unknown> {
  const isAssigned = sql`x.id in (select record_id from assignments where user_id = ${param('user')}::uuid)`;
  return sql.join(
    [
      waiting(sql`${isWaiting} and x.created_by = ${param('user')}::uuid`),
      proposed(sql`(x.created_by = ${param('user')}::uuid or ${isAssigned})`),
      waiting(sql`${isWaiting} and x.created_by is distinct from ${param('user')}::uuid and ${isAssigned}`),
      sql`(${disputed(isAssigned)} union ${due(sql`${param('today')}`, isAssigned)})`,
    ],
    sql` union all `,
  );
}

/**
 * What is in each queue, in no order: `noun`, `id`, `other` (of two people the second), `created_by`, `state` and `since`,
 * a time in UTC: since when it has been as it is or, of a promise or prediction, when it falls due.
 */
export const queued: Record<QueueName, (param: Param<Asking>) => RawBuilder<unknown>> = {
  review: () => sql`${waiting(inReview)} union all ${proposed()}`,
  mine,
  mentions: (param) => sql`
    select 'comment' as noun, x.id, null::uuid as other, x.user_id as created_by, null as state, x.at at time zone 'UTC' as since
      from mentions as m join comments as x on x.id = m.comment_id where m.user_id = ${param('user')}::uuid`,
  disputed: () => disputed(),
  due: (param) => due(sql`${param('today')}`),
  people: () => sql`
    select 'people' as noun, x.one as id, x.other, null::uuid as created_by, null as state, x.found_at at time zone 'UTC' as since
      from (${lookAlikes}) as x`,
  imports: () => sql`
    select 'import' as noun, x.id, null::uuid as other, x.actor_id as created_by, null as state, x.started_at at time zone 'UTC' as since
      from imports as x
     where not x.dry_run and x.undone_at is null and (x.report -> 'rows' ->> 'refused')::integer > 0`,
};
