import { type RawBuilder, sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { type JsonText, jsonObject } from '../../db/json.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import type { Viewpoint } from '../read-record.ts';
import { type By, by, idBy } from '../references.ts';
import { isPublished } from '../visibility.ts';
import { getPerson, wholePerson } from './person.ts';

export interface PersonActivity {
  person: JsonText<object>;
  items: JsonText<object[]>;
}

/**
 * A person whole, and how many statements of their timeline fall into each month, by our verdict on the first claim of
 * each; null where a statement takes no position. A date that is not known to the month counts where it sorts; an open
 * one not at all. The person is found in the present; the content is as of `instant`. Throws `NotFound`, `Gone`.
 */
export async function personActivity(db: Database, reference: string, viewpoint: Viewpoint): Promise<PersonActivity> {
  const [row] = await at(db, viewpoint.instant, (reader) => query(reader, { by: by(reference) }, { reference }));
  const { person, items } = row!;
  if (person !== null && items !== '[]') return { person, items };
  // Whom nothing is told of may not be there to be seen, or not have been on record yet.
  const present = await getPerson(db, reference, { ...viewpoint, instant: null });
  return { person: person ?? present.json, items };
}

/** Each table is read once for all statements, by all the ids at once, as for a page of a timeline. */
const query = preparedByShape<{ by: By }, { reference: string }, { person: JsonText<object> | null; items: JsonText<object[]> }>((shape) => (param) => {
  const branch = (where: RawBuilder<boolean>) => sql`
    select s.id, s.said_order from statements as s where ${where} and ${isPublished('s')}`;
  const said = sql<boolean>`s.person_id = member.id`;
  const saidForThem = sql<boolean>`s.on_behalf_of_id = member.id and not exists (
    select from people as own where own.id = s.person_id and own.canonical_id = who.person_id)`;
  const item = jsonObject({
    month: sql<string>`to_char(counted.month, 'YYYY-MM')`,
    status: sql<string | null>`counted.status`,
    count: sql<number>`counted.count`,
  });
  return sql`
    with who as materialized (
      select ${wholePerson}::text as person, s.id from people as s
       where s.purged_because is null
         and s.id = (select p.canonical_id from people as p where p.id = ${idBy('person', shape.by, param('reference'))})),
    told as materialized (
      select told.id, date_trunc('month', told.said_order) as month
        from (select who.id as person_id from who) as who
        join people as member on member.canonical_id = who.person_id
        cross join lateral ((${branch(said)}) union all (${branch(saidForThem)})) as told
       where told.said_order >= '0001-01-01' and told.said_order < '10000-01-01'),
    first as materialized (
      select distinct on (p.statement_id) p.statement_id, m.canonical_id as claim_id
        from positions as p join claims as m on m.id = p.claim_id
       where p.statement_id = any(array(select told.id from told)) and case when m.canonical_id = m.id then ${isPublished('m')}
             else exists (select from claims as claim where claim.id = m.canonical_id and ${isPublished('claim')}) end
       order by p.statement_id, p.id),
    verdict as materialized (
      select distinct on (m.canonical_id) m.canonical_id as claim_id, v.status
        from claims as m join verdicts as v on v.claim_id = m.id
       where m.canonical_id = any(array(select first.claim_id from first)) and v.ours and ${isPublished('v')}
       order by m.canonical_id, v.decided_from desc, v.id desc)
    select (select who.person from who) as person,
           coalesce(json_agg(${item} order by counted.month, counted.status), '[]'::json)::text as items from (
      select told.month, case when first.claim_id is not null then coalesce(verdict.status, 'unverified') end as status,
             count(*) as count
        from told left join first on first.statement_id = told.id left join verdict on verdict.claim_id = first.claim_id
       group by 1, 2) as counted`;
});
