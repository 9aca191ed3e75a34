import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, Invalid, NotFound } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { Id, text } from '../fields.ts';
import { demand } from '../users/permissions.ts';
import { endMentions } from './end-mentions.ts';

export const AddComment = z.strictObject({
  text: text(5000),
  to: z.array(Id).max(50).default([]).meta({ description: 'Users for whom it waits' }),
});
export type AddComment = z.output<typeof AddComment>;

/**
 * Says something of a claim to those who work on it; returns the comment's id. What waited there for its writer has been
 * answered. Throws `NotFound`, `Gone`, and `Invalid` for somebody who is no user or may not sign in.
 */
export async function addComment(tx: Writer, claimId: string, input: AddComment): Promise<string> {
  demand(tx, 'record.add');
  const claim = await tx.selectFrom('claims').select('purged_because').where('id', '=', claimId).executeTakeFirst();
  if (!claim) throw new NotFound('claim', claimId);
  if (claim.purged_because) throw Gone.purged('claim', claim.purged_because);
  const id = newId();
  const { id: user } = tx.change.actor;
  await tx
    .insertInto('comments')
    .values({ id, claim_id: claimId, user_id: user!, text: input.text, at: tx.change.at })
    .execute();
  await endMentions(tx, claimId);
  const to = [...new Set(input.to)];
  if (to.length === 0) return id;
  const known = await tx
    .selectFrom('users')
    .select('id')
    .where('id', 'in', to)
    .where('kind', '=', 'person')
    .where('disabled', '=', false)
    .execute();
  const ids = new Set(known.map((user) => user.id));
  for (const [index, one] of to.entries())
    if (!ids.has(one)) throw Invalid.at(['to', index], 'is nobody who works here');
  await tx
    .insertInto('mentions')
    .values(to.map((one) => ({ user_id: one, comment_id: id })))
    .execute();
  return id;
}
