import { type RawBuilder, sql } from 'kysely';
import { prepared, preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import type { StatefulNoun } from '../nouns.ts';
import { claimIn, conditions, type QueueFilters, type Shape, shapeOf } from './queue-filters.ts';
import { type Asking, type QueueName, queued, queues } from './queued.ts';

export interface QueueItem {
  noun: StatefulNoun | 'proposal' | 'comment' | 'people' | 'import';
  id: string;
  /** Of two people who may be one, the other. */
  other: string | null;
  /** Slug of the claim on whose page it is worked on. */
  claim: string | null;
  title: string;
  state: string | null;
  /** Who wrote it. */
  by: string | null;
  /** Who is to work on it. */
  assignee: string | null;
  /** UTC, to the second; since when it has been as it is or, of a promise or prediction, when it falls due. */
  since: string;
}

/** Records shown, and counted, of a queue: who has more has other worries. */
export const MOST_IN_QUEUE = 100;

/** What is in a queue and fits: of what falls due the first due first, else what has waited longest. At most a hundred. */
export function listQueue(
  db: Reader,
  name: QueueName,
  asking: Asking,
  filters: QueueFilters = {},
): Promise<QueueItem[]> {
  return list(db, { name, shape: shapeOf(filters) }, { ...asking, ...filters });
}

/** How many are in each queue, up to a hundred. */
export async function countQueues(db: Reader, asking: Asking): Promise<Record<QueueName, number>> {
  const [row] = await counts(db, asking);
  return row!;
}

const list = preparedByShape<{ name: QueueName; shape: Shape }, Asking & QueueFilters, QueueItem>(
  ({ name, shape }) =>
    (param) =>
      sql`
    select x.noun, x.id, x.other, ${title} as title, x.state, to_char(x.since, 'YYYY-MM-DD"T"HH24:MI:SS') as since,
           (select c.slug from claims as c where c.id = ${claimIn}) as claim,
           (select name from users where users.id = x.created_by) as by,
           (select users.name from assignments as a join users on users.id = a.user_id where a.record_id = x.id) as assignee
      from (select * from (${queued[name](param as never)}) as x where true ${conditions(shape, param)}
             order by since, id, other limit ${sql.lit(MOST_IN_QUEUE)}) as x
     order by x.since, x.id, x.other`,
);

const said = (table: string, words: RawBuilder<unknown>) => sql`
  (select p.name || ': ' || ${words} from ${sql.table(table)} as r join statements as s on s.id = ${table === 'statements' ? sql`r.id` : sql`r.statement_id`}
     join people as p on p.id = s.person_id where r.id = x.id)`;

const title = sql`case x.noun
  when 'claim' then (select text from claims where claims.id = x.id)
  when 'statement' then ${said('statements', sql`coalesce(s.quote, 'gave no answer')`)}
  when 'verdict' then (select coalesce(v.summary, v.native_label, v.status) from verdicts as v where v.id = x.id)
  when 'attribution' then ${said('attributions', sql`coalesce(r.summary, r.status)`)}
  when 'proposal' then (select coalesce(c.text, sp.name || ': ' || coalesce(s.quote, 'gave no answer'))
                          from proposals as o left join claims as c on c.id = o.record_id
                          left join statements as s on s.id = o.record_id left join people as sp on sp.id = s.person_id
                         where o.id = x.id)
  when 'comment' then (select c.text from comments as c where c.id = x.id)
  when 'people' then (select p.name || ' · ' || q.name from people as p, people as q where p.id = x.id and q.id = x.other)
  else (select i.format || ', ' || (i.report -> 'rows' ->> 'refused') || ' refused' from imports as i where i.id = x.id) end`;

/** Each is read only until it is known to be a hundred. */
const counts = prepared<Asking, Record<QueueName, number>>((param) => {
  const names = Object.keys(queues) as QueueName[];
  const count = (name: QueueName) => sql`
    (select count(*)::integer from (select from (${queued[name](param)}) as x limit ${sql.lit(MOST_IN_QUEUE)}) as up_to) as ${sql.ref(name)}`;
  return sql`select ${sql.join(names.map(count))}`;
});
