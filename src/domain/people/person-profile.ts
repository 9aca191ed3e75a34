import { type RawBuilder, sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import type { JsonText } from '../../db/json.ts';
import type { PageRow } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import type { ListPage, ListValues } from '../list-query.ts';
import type { Viewpoint } from '../read-record.ts';
import { type By, by, idBy } from '../references.ts';
import {
  type StatementFilters,
  type StatementShape,
  statementShape,
  statementValues,
} from '../statements/statement-filters.ts';
import { isPublished } from '../visibility.ts';
import { getPerson, wholePerson } from './person.ts';
import { said, saidForThem, timelinePage } from './person-timeline.ts';

export interface PersonProfile extends PageRow<unknown> {
  person: JsonText<object>;
  activity: JsonText<object[]>;
}

/**
 * A page of a person's timeline, as `personTimeline` gives it, with the person whole and how many statements of the whole
 * timeline fall into each month, by our verdict on the first claim of each: null where a statement takes no position. A
 * date that is not known to the month counts where it sorts; an open one not at all. All of it is one round trip. The
 * person is found in the present; the content is as of `instant`. Throws `NotFound`, `Gone`.
 */
export async function personProfile(
  db: Database,
  reference: string,
  page: ListPage<StatementFilters>,
  viewpoint: Viewpoint,
): Promise<PersonProfile> {
  const shape = { ...statementShape(page, 'public'), by: by(reference) };
  const values = { ...statementValues(page), reference };
  const [row] = await at(db, viewpoint.instant, (reader) => query(reader, shape, values));
  const { person, ...told } = row!;
  if (person !== null && told.activity !== '[]') return { person, ...told };
  // Whom nothing is told of may not be there to be seen, or not have been on record yet.
  const present = await getPerson(db, reference, { ...viewpoint, instant: null });
  return { person: person ?? present.json, ...told };
}

const query = preparedByShape<
  StatementShape & { by: By },
  ListValues,
  PageRow<unknown> & { person: JsonText<object> | null; activity: JsonText<object[]> }
>(
  (shape) => (param) =>
    sql`
    with who as materialized (
      select s.id, ${wholePerson}::text as person from people as s
       where s.purged_because is null
         and s.id = (select p.canonical_id from people as p where p.id = ${idBy('person', shape.by, param('reference'))})),
    ${activity}
    select found.*, (select who.person from who) as person, (select activity.items from activity) as activity
      from (${timelinePage(shape, param)}) as found`,
);

/** Each table is read once for all statements, by all the ids at once, as for a page of a timeline. */
const activity = (() => {
  const branch = (where: RawBuilder<boolean>) => sql`
    select s.id, s.said_order from statements as s where ${where} and ${isPublished('s')}`;
  return sql`
    told as materialized (
      select told.id, date_trunc('month', told.said_order) as month
        from (select who.id as person_id from who) as who
        join people as member on member.canonical_id = who.person_id
        cross join lateral ((${branch(said)}) union all (${branch(saidForThem)})) as told
       where told.said_order >= '0001-01-01' and told.said_order < '10000-01-01'),
    first as materialized (
      select distinct on (p.statement_id) p.statement_id, m.canonical_id as claim_id
        from positions as p join claims as m on m.id = p.claim_id
       where p.statement_id = any(array(select told.id from told))
         and case when m.canonical_id = m.id then ${isPublished('m')}
             else exists (select from claims as claim where claim.id = m.canonical_id and ${isPublished('claim')}) end
       order by p.statement_id, p.id),
    verdict as materialized (
      select distinct on (m.canonical_id) m.canonical_id as claim_id, v.status
        from claims as m join verdicts as v on v.claim_id = m.id
       where m.canonical_id = any(array(select first.claim_id from first)) and v.ours and ${isPublished('v')}
       order by m.canonical_id, v.decided_from desc, v.id desc),
    activity as materialized (
      select coalesce(json_agg(counted order by counted.month, counted.status), '[]'::json)::text as items from (
        select to_char(told.month, 'YYYY-MM') as month,
               case when first.claim_id is not null then coalesce(verdict.status, 'unverified') end as status, count(*) as count
          from told left join first on first.statement_id = told.id left join verdict on verdict.claim_id = first.claim_id
         group by told.month, 2) as counted)`;
})();
