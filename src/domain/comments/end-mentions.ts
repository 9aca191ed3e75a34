import type { Writer } from '../../db/types.ts';

/** Says that nothing on a claim waits for the actor of this change any more. Returns whether anything did. */
export async function endMentions(tx: Writer, claimId: string): Promise<boolean> {
  const onClaim = tx
    .selectFrom('comments')
    .innerJoin('claims', 'claims.id', 'comments.claim_id')
    .select('comments.id')
    .where('claims.canonical_id', '=', (eb) =>
      eb.selectFrom('claims').select('canonical_id').where('id', '=', claimId),
    );
  const { numDeletedRows } = await tx
    .deleteFrom('mentions')
    .where('user_id', '=', tx.change.actor.id)
    .where('comment_id', 'in', onClaim)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
