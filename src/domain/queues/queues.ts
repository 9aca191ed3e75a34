import { type RawBuilder, sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { lookAlikes } from '../people/look-alikes.ts';
import { membersOf, ourStatus } from '../verdicts/verdict-json.ts';

/** What waits for somebody at the desk, by the kind of work that it is. */
export const queues = {
  review: 'To review',
  mine: 'Mine',
  disputed: 'Disputed',
  due: 'Falling due',
  people: 'People to tell apart',
  imports: 'Imports with refusals',
} as const;

export type QueueName = keyof typeof queues;

export interface QueueItem {
  noun: 'claim' | 'statement' | 'verdict' | 'attribution' | 'people' | 'import';
  id: string;
  /** Of two people who may be one, the other. */
  other: string | null;
  /** Slug of the claim on whose page it is worked on. */
  claim: string | null;
  title: string;
  state: string | null;
  /** Who wrote it. */
  by: string | null;
  /** UTC, to the second; since when it has been as it is or, of a promise or prediction, when it falls due. */
  since: string;
}

/** Records shown, and counted, of a queue: who has more has other worries. */
export const MOST_IN_QUEUE = 100;

/** Days ahead that a promise or prediction is seen to fall due. */
const DAYS_AHEAD = 30;

interface Asked {
  user: string | null;
  /** A day. */
  today: string;
}

/** What is in a queue: of what falls due the first due first, else what has waited longest. At most a hundred. */
export function listQueue(db: Reader, name: QueueName, asked: Asked): Promise<QueueItem[]> {
  return lists[name](db, { ...asked });
}

/** How many are in each queue, up to a hundred. */
export async function countQueues(db: Reader, asked: Asked): Promise<Record<QueueName, number>> {
  const [row] = await counts(db, { ...asked });
  return row!;
}

type Values = { user: string | null; today: string };
type Build = (param: <K extends keyof Values>(name: K) => RawBuilder<Values[K]>) => RawBuilder<QueueItem>;

const stamp = (at: RawBuilder<unknown>) => sql`to_char(${at}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
const author = (table: string) => sql`(select name from users where users.id = ${sql.ref(`${table}.created_by`)})`;
const slugOf = (claim: string) =>
  sql`(select c.slug from claims as c join claims as member on c.id = member.canonical_id where member.id = ${sql.ref(claim)})`;

/** Unpublished records of all kinds that meet a condition on `x`. */
const waiting = (condition: RawBuilder<unknown>): RawBuilder<QueueItem> => {
  const columns = (noun: string, claim: RawBuilder<unknown>, title: RawBuilder<unknown>) => sql`
    select ${sql.lit(noun)} as noun, x.id, null::uuid as other, ${claim} as claim, ${title} as title, x.state, ${author('x')} as by,
           ${stamp(sql`x.sys_from at time zone 'UTC'`)} as since`;
  const where = sql`where x.state in ('draft', 'in_review') and x.purged_because is null and ${condition}`;
  const onClaim = sql`(select ${slugOf('p.claim_id')} from positions as p where p.statement_id = s.id order by p.id limit 1)`;
  const who = sql`(select name from people where people.id = s.person_id)`;
  return sql`
    select * from (
      ${columns('claim', sql`x.slug`, sql`x.text`)} from claims as x ${where}
      union all
      ${columns('statement', onClaim, sql`${who} || ': ' || coalesce(s.quote, 'gave no answer')`)}
        from statements as x join statements as s on s.id = x.id ${where}
      union all
      ${columns('verdict', slugOf('x.claim_id'), sql`coalesce(x.summary, x.native_label, x.status)`)} from verdicts as x ${where}
      union all
      ${columns('attribution', onClaim, sql`${who} || ': ' || coalesce(x.summary, x.status)`)}
        from attributions as x join statements as s on s.id = x.statement_id ${where}
    ) as waiting order by since, id limit ${sql.lit(MOST_IN_QUEUE)}`;
};

const claims = (since: RawBuilder<unknown>, condition: RawBuilder<unknown>): RawBuilder<QueueItem> => sql`
  select 'claim' as noun, x.id, null::uuid as other, x.slug as claim, x.text as title, x.state, ${author('x')} as by, ${stamp(since)} as since
    from claims as x
   where x.id = x.canonical_id and x.state = 'published' and x.purged_because is null and ${condition}
   order by since, x.id limit ${sql.lit(MOST_IN_QUEUE)}`;

const builds: Record<QueueName, Build> = {
  review: () => waiting(sql`x.state = 'in_review'`),
  mine: (param) => waiting(sql`x.created_by = ${param('user')}::uuid`),
  disputed: () =>
    claims(
      sql`x.sys_from at time zone 'UTC'`,
      sql`x.id in (select c.canonical_id from verdicts as v join claims as c on c.id = v.claim_id
                    where v.state = 'published' and v.status = 'disputed')
          and ${ourStatus(membersOf('x.id'))} in ('disputed', 'unverified')`,
    ),
  due: (param) =>
    claims(
      sql`x.due_from`,
      sql`x.due_on is not null and x.due_from < ${param('today')}::date + ${sql.lit(DAYS_AHEAD)}
          and ${ourStatus(membersOf('x.id'))} in ('unverified', 'not_started', 'in_progress', 'stalled')`,
    ),
  people: () => sql`
    select 'people' as noun, x.one as id, x.other, null as claim, p.name || ' · ' || q.name as title, null as state,
           null as by, ${stamp(sql`x.found_at at time zone 'UTC'`)} as since
      from (${lookAlikes}) as x join people as p on p.id = x.one join people as q on q.id = x.other
     order by x.found_at, x.one, x.other limit ${sql.lit(MOST_IN_QUEUE)}`,
  imports: () => sql`
    select 'import' as noun, x.id, null::uuid as other, null as claim, x.format || ', ' || (x.report -> 'rows' ->> 'refused') || ' refused' as title,
           null as state, (select name from users where users.id = x.actor_id) as by,
           ${stamp(sql`x.started_at at time zone 'UTC'`)} as since
      from imports as x
     where not x.dry_run and x.undone_at is null and (x.report -> 'rows' ->> 'refused')::integer > 0
     order by x.started_at, x.id limit ${sql.lit(MOST_IN_QUEUE)}`,
};

const names = Object.keys(queues) as QueueName[];

const lists = Object.fromEntries(
  names.map((name) => [name, prepared<Values, QueueItem>((param) => builds[name](param))]),
) as Record<QueueName, (db: Reader, values: Values) => Promise<QueueItem[]>>;

const counts = prepared<Values, Record<QueueName, number>>(
  (param) =>
    sql`select ${sql.join(names.map((name) => sql`(select count(*)::integer from (${builds[name](param)}) as q) as ${sql.ref(name)}`))}`,
);
