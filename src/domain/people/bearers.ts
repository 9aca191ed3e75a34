import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { key } from '../../lib/text.ts';

export interface Bearer {
  id: string;
  slug: string;
  name: string;
  kind: string;
  external_ids: Record<string, string>;
}

/**
 * Whoever bears exactly these names, by any kind of name that may be matched without a human; of merged people the one
 * who stands for all. By `key(name)`; each list in the order of ids.
 */
export async function findBearers(db: Reader, names: readonly string[]): Promise<Map<string, Bearer[]>> {
  const bearers = new Map<string, Bearer[]>();
  if (names.length === 0) return bearers;
  for (const { wanted, ...bearer } of await query(db, { names: [...new Set(names.map(key))] })) {
    bearers.set(wanted, [...(bearers.get(wanted) ?? []), bearer]);
  }
  return bearers;
}

const query = prepared<{ names: string[] }, Bearer & { wanted: string }>(
  (param) => sql`
    select distinct wanted.name as wanted, p.id, p.slug, p.name, p.kind, p.external_ids
      from unnest(${param('names')}::text[]) as wanted (name)
      join names as n on comparable(n.name) = wanted.name and n.kind not in ('weak', 'misspelling')
      join people as member on member.id = n.person_id
      join people as p on p.id = member.canonical_id
     order by p.id`,
);
