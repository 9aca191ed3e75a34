import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { findClaim } from '../claims/find-claim.ts';
import { Reference } from '../fields.ts';
import { tables } from '../nouns.ts';
import { findPerson } from '../people/find-or-make-person.ts';
import { demand } from '../users/permissions.ts';

/** Those of which two may turn out to be one. */
export type MergeableNoun = 'person' | 'claim';

export const MergeRecord = z.strictObject({
  into: Reference.meta({ description: 'The one that stays, by id or slug' }),
});
export type MergeRecord = z.output<typeof MergeRecord>;

/**
 * Makes one person or claim, with all that were merged into it, stand as another; returns the id of that one. Nothing is
 * lost: each row only says which one stands for it, its old addresses lead there, and `unmergeRecord` undoes it.
 */
export async function mergeRecord(
  tx: Writer,
  noun: MergeableNoun,
  reference: string,
  { into }: MergeRecord,
): Promise<string> {
  demand(tx, 'record.merge');
  const find = noun === 'person' ? findPerson : findClaim;
  const merged = await find(tx, reference);
  if (!merged || merged.purged_because) throw new NotFound(noun, reference);
  const kept = await find(tx, into);
  if (!kept || kept.purged_because) throw Invalid.at(['into'], `no ${noun} "${into}" is on record`);
  if (kept.id === merged.id) return tx.unchanged(kept.id);
  const proposed = await tx.selectFrom('proposals').select('id').where('record_id', '=', merged.id).executeTakeFirst();
  if (proposed) throw Invalid.at(['into'], `an edit of this ${noun} is proposed: accept it, or hand it back, first`);
  // The tables differ in type but not in what is done here.
  const table = tables[noun] as 'people';
  const rows = await tx.selectFrom(table).select('kind').where('id', 'in', [kept.id, merged.id]).execute();
  if (noun === 'person' && rows[0]!.kind !== rows[1]!.kind)
    throw Invalid.at(['into'], 'a person and an organization cannot be one: correct the kind of either first');
  await tx.updateTable(table).set({ canonical_id: kept.id }).where('canonical_id', '=', merged.id).execute();
  return kept.id;
}
