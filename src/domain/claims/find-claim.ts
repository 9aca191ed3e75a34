import { sql } from 'kysely';
import type { Reader } from '../../db/types.ts';
import { isId } from '../../lib/ids.ts';

/** The id of the claim with this id or slug (present or former), or of the one that it was merged into. */
export async function findClaimId(db: Reader, reference: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('claims')
    .select('canonical_id')
    .where('id', '=', (eb) =>
      isId(reference)
        ? sql<string>`${reference}::uuid`
        : eb.selectFrom('slugs').select('record_id').where('noun', '=', 'claim').where('slug', '=', reference),
    )
    .executeTakeFirst();
  return row?.canonical_id;
}
