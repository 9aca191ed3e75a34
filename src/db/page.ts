import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { JsonText } from './json.ts';

/** A place in a list: the whole sort tuple of a row, as text. */
export type Place = readonly string[];

export interface PageRow<T> {
  items: JsonText<T[]>;
  /** The place of the last item where there are more after it, else null. */
  last: string[] | null;
}

/**
 * One page in one query: `rows` gives the rows in order, at most one more than `limit`; `item` and `place` are made of a row `s`.
 * `collected` are further parts of the `with`, made of the rows shown, `page`; `along` is joined to each row, for what the
 * item needs twice.
 */
export function pageOf<T>(page: {
  rows: RawBuilder<unknown>;
  limit: number;
  item: RawBuilder<T>;
  place: RawBuilder<unknown>;
  collected?: RawBuilder<unknown>;
  along?: RawBuilder<unknown>;
}): RawBuilder<PageRow<T>> {
  const limit = sql.lit(page.limit);
  return sql`with found as materialized (select s.*, row_number() over () as n from (${page.rows}) as s),
      page as (select * from found where found.n <= ${limit})${page.collected ? sql`, ${page.collected}` : sql``}
    select (select coalesce(json_agg(${page.item} order by s.n), '[]'::json)::text
              from page as s ${page.along ? sql`cross join lateral ${page.along} as shown` : sql``}) as items,
           (select array[${page.place}] from page as s where s.n = ${limit} and exists (select from found where found.n > ${limit})) as last`;
}

/**
 * What a reader sends to get the next page: the place, sealed with what the list was. A cursor of another list, of other
 * filters or of another instant does not open.
 */
export function sealCursor(secret: string, list: string, place: Place): string {
  const body = Buffer.from(JSON.stringify(place)).toString('base64url');
  return `${body}.${seal(secret, list, body)}`;
}

/** The place in a cursor, or undefined where it is not one of this list. */
export function openCursor(secret: string, list: string, cursor: string): Place | undefined {
  const [body = ''] = cursor.split('.', 1);
  const sent = Buffer.from(cursor);
  const expected = Buffer.from(`${body}.${seal(secret, list, body)}`);
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Place;
}

function seal(secret: string, list: string, body: string): string {
  const scope = createHash('sha256').update(list).digest('base64url');
  return createHmac('sha256', secret).update(`cursor ${scope} ${body}`).digest('base64url').slice(0, 32);
}
