import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { prepared, preparedByShape } from '../../db/prepared.ts';
import type { Database, Reader } from '../../db/types.ts';
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
import { byScore, lookUpPeople, type NamedPerson } from '../search/people-lookup.ts';
import { isPublicPerson } from '../visibility.ts';
import { wholePerson } from './person.ts';

export interface PeopleFilters {
  /** A name, or the beginning of one, in any spelling or script. */
  q?: string | undefined;
  kind?: string[] | undefined;
}

/** People and organizations by name or, where one is looked for, those who bear it, best first. */
export async function listPeople(
  db: Database,
  page: ListPage<PeopleFilters>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const { q, kind } = page.filters;
  return at(db, instant, async (reader) => {
    if (q !== undefined) return pageOfFound(reader, await lookUpPeople(reader, q, { audience, kind }), page);
    const [row] = await byName(reader, listShape(page, audience), listValues(page));
    return row!;
  });
}

const byName = preparedByShape<ListShape, ListValues, PageRow<object>>((shape) => (param) => {
  const filters = { kind: sql`s.kind = any(${param('kind')}::text[])` };
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

/** A page of people in an order that the database does not know: best first or, descending, last. */
async function pageOfFound(
  reader: Reader,
  found: readonly NamedPerson[],
  { order, limit, after }: ListPage<object>,
): Promise<PageRow<object>> {
  const sign = order === 'asc' ? 1 : -1;
  const [score, name, id] = after ?? [];
  const rest = [...found]
    .sort((a, b) => sign * byScore(a, b))
    .filter((one) => !after || sign * byScore(one, { id: id!, name: name!, score: Number(score) }) > 0);
  const shown = rest.slice(0, limit);
  const [row] = await byIds(reader, { ids: shown.map((one) => one.id) });
  const last = rest.length > limit ? shown.at(-1)! : undefined;
  return { items: row!.items, last: last ? [String(last.score), last.name, last.id] : null };
}

const byIds = prepared<{ ids: string[] }, { items: PageRow<object>['items'] }>(
  (param) => sql`
    select coalesce(json_agg(${wholePerson} order by listed.place), '[]'::json)::text as items
      from unnest(${param('ids')}::uuid[]) with ordinality as listed (id, place) join people as s on s.id = listed.id`,
);
