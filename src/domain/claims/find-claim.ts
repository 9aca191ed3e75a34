import { sql } from 'kysely';
import type { Reader } from '../../db/types.ts';
import { by, idBy } from '../references.ts';

/** The id of the claim with this id or slug (present or former), or of the one that it was merged into. */
export async function findClaimId(db: Reader, reference: string): Promise<string | undefined> {
  return (await findClaim(db, reference))?.id;
}

/** As `findClaimId`, and whether it was erased. */
export function findClaim(db: Reader, reference: string) {
  return db
    .selectFrom('claims as member')
    .innerJoin('claims as c', 'c.id', 'member.canonical_id')
    .select(['c.id', 'c.purged_because'])
    .where('member.id', '=', idBy('claim', by(reference), sql`${reference}`))
    .executeTakeFirst();
}
