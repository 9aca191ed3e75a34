import { type RawBuilder, sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { jsonObject, updatedAt } from '../../db/json.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import {
  type ListPage,
  type ListShape,
  type ListValues,
  listConditions,
  listShape,
  listValues,
  way,
} from '../list-query.ts';
import { personRef } from '../people/person-json.ts';
import { type FoundRecord, type RecordRow, readRecord, statefulColumns, type Viewpoint } from '../read-record.ts';
import type { By } from '../references.ts';
import { evidence } from '../sources/source-json.ts';
import { type Audience, isPublished, isVisible } from '../visibility.ts';

const attribution: RawBuilder<object> = jsonObject({
  id: sql<string>`s.id`,
  statementId: sql<string>`s.statement_id`,
  status: sql<string>`s.status`,
  summary: sql<string | null>`s.summary`,
  by: personRef('s.publisher_id'),
  ours: sql<boolean>`s.ours`,
  decidedAt: sql<string>`s.decided_on`,
  evidence: evidence(sql<boolean>`citation.attribution_id = s.id`),
  state: sql<string>`s.state`,
  withdrawnBecause: sql<string | null>`s.withdrawn_because`,
  version: sql<number>`s.version`,
  updatedAt: updatedAt('s'),
});

/** The findings on whether a person really said it, newest first. */
export async function listAttributions(
  db: Database,
  statementId: string,
  page: ListPage<object>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const [row] = await at(db, instant, (reader) =>
    query(reader, listShape(page, audience), { ...listValues(page), statement: statementId }),
  );
  return row!;
}

/** One attribution by id. Throws `NotFound`, `Gone`. */
export function getAttribution(db: Database, id: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'attribution', id, one, viewpoint);
}

const one = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  () => (param) =>
    sql`
    select ${attribution}::text as json,
      ${statefulColumns('attributions', sql`${isPublished('s')} and exists (select from statements where statements.id = s.statement_id and ${isPublished('statements')})`)}
      from attributions as s where s.id = ${param('reference')}::uuid`,
);

const query = preparedByShape<ListShape, ListValues, PageRow<object>>(
  (shape) => (param) =>
    pageOf({
      rows: sql`
      select s.* from attributions as s
       where s.statement_id = ${param('statement')}::uuid and s.purged_because is null and ${isVisible('s', shape.audience)}
         ${listConditions(shape, param, {}, { columns: sql`s.decided_from, s.id`, types: ['timestamp', 'uuid'] })}
       order by s.decided_from ${way(shape)}, s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
      limit: shape.limit,
      item: attribution,
      place: sql`s.decided_from::text, s.id::text`,
    }),
);
