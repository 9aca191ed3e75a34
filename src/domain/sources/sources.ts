import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { parseAddress } from '../../lib/addresses.ts';
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
import { hasWords, isAmong, wordsAsked } from '../search/has-words.ts';
import { isPublicSource } from '../visibility.ts';
import { wholeSource } from './source.ts';

export interface SourceFilters {
  /** A part of the title. */
  q?: string | undefined;
  /** An address, compared in its canonical form. */
  url?: string | undefined;
  /** Id or slug of the publisher. */
  publisher?: string | undefined;
}

/** Sources, newest on record first. */
export async function listSources(
  db: Database,
  page: ListPage<SourceFilters>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const { q, url } = page.filters;
  const values = { ...listValues(page), ...wordsAsked(q), url: url && parseAddress(url).canonical };
  const [row] = await at(db, instant, (reader) => query(reader, listShape(page, audience), values));
  return row!;
}

const query = preparedByShape<ListShape, ListValues, PageRow<object>>((shape) => (param) => {
  const filters = {
    q: isAmong(sql`select t.id from sources as t where ${hasWords("coalesce(t.language, 'und')", 't.title', param)}`),
    url: sql`md5(s.canonical_url) = md5(${param('url')}) and s.canonical_url = ${param('url')}`,
    publisher: sql`s.publisher_id in (select people.id from people where people.canonical_id = ${param('publisher')}::uuid)`,
  };
  return pageOf({
    rows: sql`
      select s.* from sources as s
       where s.purged_because is null and ${shape.audience === 'public' ? isPublicSource('s.id') : sql`true`}
         ${listConditions(shape, param, filters, { columns: sql`s.id`, types: ['uuid'] })}
       order by s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: wholeSource,
    place: sql`s.id::text`,
  });
});
