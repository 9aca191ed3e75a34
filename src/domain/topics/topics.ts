import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
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
import type { Viewpoint } from '../read-record.ts';
import { isPublicTopic } from '../visibility.ts';
import { wholeTopic } from './topic.ts';

/** Topics by name, each with the number of claims under it. */
export async function listTopics(
  db: Database,
  page: ListPage<object>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const [row] = await at(db, instant, (reader) => query(reader, listShape(page, audience), listValues(page)));
  return row!;
}

const query = preparedByShape<ListShape, ListValues, PageRow<object>>((shape) => (param) => {
  return pageOf({
    rows: sql`
      select s.* from topics as s
       where ${shape.audience === 'public' ? isPublicTopic('s.id') : sql`true`}
         ${listConditions(shape, param, {}, { columns: sql`s.name, s.id`, types: ['text', 'uuid'] })}
       order by s.name ${way(shape)}, s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: wholeTopic(shape.audience),
    place: sql`s.name, s.id::text`,
  });
});
