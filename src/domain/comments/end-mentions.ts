import type { Writer } from '../../db/types.ts';

/** Says that nothing on a claim waits for the actor of this change any more. */
export async function endMentions(tx: Writer, claimId: string): Promise<void> {
  const onClaim = tx
    .selectFrom('comments')
    .innerJoin('claims', 'claims.id', 'comments.claim_id')
    .select('comments.id')
    .where('claims.canonical_id', '=', (eb) =>
      eb.selectFrom('claims').select('canonical_id').where('id', '=', claimId),
    );
  await tx
    .deleteFrom('mentions')
    .where('user_id', '=', tx.change.actor.id)
    .where('comment_id', 'in', onClaim)
    .execute();
}
