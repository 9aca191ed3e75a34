import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import type { ListPage, ListValues } from '../list-query.ts';
import type { Viewpoint } from '../read-record.ts';
import {
  byTime,
  type StatementFilters,
  type StatementShape,
  statementConditions,
  statementPlace,
  statementShape,
  statementValues,
} from './statement-filters.ts';
import { collectedOf, shown, wholeStatement } from './statement-items.ts';

/** Statements of all people in the order of time: the published ones, or those in the states asked for. */
export async function listStatements(
  db: Database,
  page: ListPage<StatementFilters> & { states: string[]; personId: string | null },
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const shape = { ...statementShape(page, audience), person: page.personId !== null };
  const values = { ...statementValues(page), states: page.states, person: page.personId };
  const [row] = await at(db, instant, (reader) => query(reader, shape, values));
  return row!;
}

const query = preparedByShape<StatementShape & { person: boolean }, ListValues, PageRow<object>>((shape) => (param) => {
  const person = sql`and s.person_id in (select people.id from people where people.canonical_id = ${param('person')}::uuid)`;
  return pageOf({
    rows: sql`
      select s.* from statements as s
       where s.state = any(${param('states')}::text[]) and s.purged_because is null
         ${shape.person ? person : sql``} ${statementConditions(shape, param)}
       ${byTime(shape)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: wholeStatement,
    place: statementPlace,
    collected: collectedOf(shape.audience),
    along: shown(shape.audience),
  });
});
