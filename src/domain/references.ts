import { type RawBuilder, sql } from 'kysely';
import { isId } from '../lib/ids.ts';

/** How a record is named in an address. */
export type By = 'id' | 'slug';

export const by = (reference: string): By => (isId(reference) ? 'id' : 'slug');

/** The id of the record that a reference names. Slugs, present and former, are looked up in the present; of an erased record by hash. */
export function idBy(noun: 'person' | 'claim' | 'topic', how: By, reference: RawBuilder<unknown>): RawBuilder<string> {
  if (how === 'id') return sql`${reference}::uuid`;
  const record = (slug: RawBuilder<unknown>) =>
    sql`(select slugs.record_id from slugs where slugs.noun = ${sql.lit(noun)} and slugs.slug = ${slug})`;
  return sql`coalesce(${record(sql`${reference}::text`)}, ${record(sql`slug_hash(${reference})`)})`;
}
