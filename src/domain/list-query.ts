import { type RawBuilder, sql } from 'kysely';
import type { Place } from '../db/page.ts';
import type { Param } from '../db/prepared.ts';
import type { Audience } from './visibility.ts';

/** A page of a list: which rows, in which order, how many, after which place. */
export interface ListPage<F> {
  filters: F;
  order: 'asc' | 'desc';
  limit: number;
  after: Place | null;
}

/** What decides the words of a list's query; all else are its values. */
export interface ListShape {
  given: string[];
  order: 'asc' | 'desc';
  limit: number;
  continued: boolean;
  audience: Audience;
}

export type ListValues = Record<string, unknown>;

export function listShape({ filters, order, limit, after }: ListPage<object>, audience: Audience): ListShape {
  const given = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return { given: given.sort(), order, limit, continued: after !== null, audience };
}

export function listValues({ filters, after }: ListPage<object>): ListValues {
  return { ...filters, ...Object.fromEntries((after ?? []).map((part, index) => [`after${index}`, part])) };
}

/** The conditions whose filters were given, and that of the cursor. */
export function listConditions(
  shape: ListShape,
  param: Param<ListValues>,
  filters: Record<string, RawBuilder<unknown>>,
  place: { columns: RawBuilder<unknown>; types: string[] },
  further: readonly RawBuilder<unknown>[] = [],
): RawBuilder<unknown> {
  const all = [...shape.given.flatMap((name) => filters[name] ?? []), ...further];
  if (shape.continued) {
    const values = place.types.map((type, index) => sql`${param(`after${index}`)}::${sql.raw(type)}`);
    all.push(sql`(${place.columns}) ${shape.order === 'desc' ? sql`<` : sql`>`} (${sql.join(values)})`);
  }
  return all.length ? sql`and ${sql.join(all, sql` and `)}` : sql``;
}

export const way = (shape: { order: 'asc' | 'desc' }): RawBuilder<unknown> =>
  shape.order === 'desc' ? sql`desc` : sql`asc`;
