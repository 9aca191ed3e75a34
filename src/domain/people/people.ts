import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import {
  contains,
  type ListPage,
  type ListShape,
  type ListValues,
  listConditions,
  listShape,
  listValues,
  way,
} from '../list-query.ts';
import type { Viewpoint } from '../read-record.ts';
import { isPublicPerson } from '../visibility.ts';
import { wholePerson } from './person.ts';

export interface PeopleFilters {
  /** A part of any name, also a misspelt one. */
  q?: string | undefined;
  kind?: string[] | undefined;
}

/** People and organizations by name. */
export async function listPeople(
  db: Database,
  page: ListPage<PeopleFilters>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const { q } = page.filters;
  const values = { ...listValues(page), q: q === undefined ? undefined : contains(q.trim().normalize('NFC')) };
  const [row] = await at(db, instant, (reader) => query(reader, listShape(page, audience), values));
  return row!;
}

const query = preparedByShape<ListShape, ListValues, PageRow<object>>((shape) => (param) => {
  const filters = {
    q: sql`exists (select from people as member join names on names.person_id = member.id
                    where member.canonical_id = s.id and normalize(names.name, NFC) ilike ${param('q')})`,
    kind: sql`s.kind = any(${param('kind')}::text[])`,
  };
  const place = { columns: sql`s.name, s.id`, types: ['text', 'uuid'] };
  return pageOf({
    rows: sql`
      select s.* from people as s
       where s.id = s.canonical_id and s.purged_because is null
         and ${shape.audience === 'public' ? isPublicPerson('s.id') : sql`true`}
         ${listConditions(shape, param, filters, place)}
       order by s.name ${way(shape)}, s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: wholePerson,
    place: sql`s.name, s.id::text`,
  });
});
