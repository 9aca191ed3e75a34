import { type RawBuilder, sql } from 'kysely';
import { addressOf, updatedAt } from '../../db/json.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { isPublicPerson, isPublicTopic, isPublished } from '../visibility.ts';

/** Records whose pages are listed for who reads all of them, search engines above all. */
export type Listed = 'people' | 'claims' | 'statements' | 'topics';

export const listed: readonly Listed[] = ['people', 'claims', 'statements', 'topics'];

/** Records in one part of the list at most. */
const PART = 10_000;

export interface Address {
  url: string;
  /** When the present version was written, as an instant. */
  updatedAt: string;
}

/** The ids of the public records with which the parts of the list of a kind begin, in order. */
export async function listAddressParts(db: Database, of: Listed): Promise<string[]> {
  const rows = await parts(db, of, {});
  return rows.map(({ id }) => id);
}

const isPublic: Record<Listed, RawBuilder<boolean>> = {
  people: sql<boolean>`s.id = s.canonical_id and s.purged_because is null and ${isPublicPerson('s.id')}`,
  claims: sql<boolean>`s.id = s.canonical_id and ${isPublished('s')}`,
  statements: isPublished('s'),
  topics: isPublicTopic('s.id'),
};

const parts = preparedByShape<Listed, Record<string, never>, { id: string }>(
  (of) => () =>
    sql`
    select id from (select s.id, row_number() over (order by s.id) as n from ${sql.table(of)} as s where ${isPublic[of]}) as numbered
     where n % ${sql.lit(PART)} = 1 order by id`,
);

/** The public addresses in the part that begins with this id. */
export async function listAddresses(db: Database, of: Listed, from: string): Promise<Address[]> {
  return addresses(db, of, { from });
}

const addresses = preparedByShape<Listed, { from: string }, Address>(
  (of) => (param) =>
    sql`
    select ${addressOf(of, of === 'statements' ? 's.id' : 's.slug')} as url, ${updatedAt('s')} as "updatedAt"
      from ${sql.table(of)} as s
     where s.id >= ${param('from')}::uuid and ${isPublic[of]} order by s.id limit ${sql.lit(PART)}`,
);
