import { type RawBuilder, sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';

/** That two people were found to be two. */
export interface Distinction {
  id: string;
  /** Who found it; null is whoever ran the program at its command line. */
  by: string | null;
  at: string;
}

/** Whether somebody found two people, or those merged into them, to be two. */
export async function findDistinction(db: Reader, one: string, other: string): Promise<Distinction | undefined> {
  return (await query(db, { one, other }))[0];
}

const query = prepared<{ one: string; other: string }, Distinction>(
  (param) => sql`
    select d.id, users.name as by, to_char(d.sys_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
      from distinctions as d join changes on changes.id = d.change_id left join users on users.id = changes.actor_id
     where ${isBetween('d', sql`${param('one')}::uuid`, sql`${param('other')}::uuid`)}
     order by d.id limit 1`,
);

/** Whether the distinction is between these two, each with whoever was merged into them. */
export function isBetween(distinction: string, one: RawBuilder<unknown>, other: RawBuilder<unknown>) {
  const [first, second] = [sql.ref(`${distinction}.one_id`), sql.ref(`${distinction}.other_id`)];
  const members = (id: RawBuilder<unknown>) => sql`(select m.id from people as m where m.canonical_id = ${id})`;
  return sql<boolean>`(${first} in ${members(one)} and ${second} in ${members(other)}
    or ${first} in ${members(other)} and ${second} in ${members(one)})`;
}

/**
 * Pairs of people who may be one and are not known to be two: `one`, `other` and since when that was seen. A pair of which
 * somebody else was merged into either may be there twice over, so the first seen of each is taken.
 */
export const lookAlikes: RawBuilder<unknown> = sql`
  select p.id as one, q.id as other, l.found_at
    from look_alikes as l
    join people as a on a.id = l.one_id join people as b on b.id = l.other_id
    join people as p on p.id = least(a.canonical_id, b.canonical_id) and p.purged_because is null
    join people as q on q.id = greatest(a.canonical_id, b.canonical_id) and q.purged_because is null and q.kind = p.kind
   where p.id <> q.id and not exists (select from distinctions as d where ${isBetween('d', sql`p.id`, sql`q.id`)})
     and not exists (
       select from look_alikes as before
         join people as c on c.id = before.one_id join people as d on d.id = before.other_id
        where (before.one_id, before.other_id) < (l.one_id, l.other_id)
          and before.one_id in (select m.id from people as m where m.canonical_id in (p.id, q.id))
          and c.canonical_id in (p.id, q.id) and d.canonical_id in (p.id, q.id) and c.canonical_id <> d.canonical_id)`;
