import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, NotFound, Stale } from '../../errors.ts';
import { State, text } from '../fields.ts';
import { differs } from '../members.ts';
import { demandEdit, demandMove, withdrawal } from '../states.ts';
import type { State as StateName } from '../vocabulary.ts';

/** A finding is not reworded: only its state moves. */
export const EditVerdict = z
  .strictObject({ state: State, withdrawnBecause: text(2000).nullish() })
  .meta({ id: 'EditVerdict' });
export type EditVerdict = z.output<typeof EditVerdict>;

/** Submits, publishes or withdraws a verdict. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editVerdict(tx: Writer, id: string, expectedVersion: number, input: EditVerdict): Promise<void> {
  const verdict = await tx.selectFrom('verdicts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!verdict) throw new NotFound('verdict', id);
  if (verdict.purged_because) throw Gone.purged('verdict', verdict.purged_because);
  demandEdit(tx, verdict);
  if (verdict.version !== expectedVersion) throw new Stale('verdict', verdict.version);
  demandMove(tx, verdict.state as StateName, input.state);
  const columns = {
    state: input.state,
    withdrawn_because: withdrawal(input.state, input.withdrawnBecause, verdict.withdrawn_because),
  };
  if (!differs(verdict, columns)) return tx.unchanged(undefined);
  await tx
    .updateTable('verdicts')
    .set({ ...columns, version: verdict.version + 1 })
    .where('id', '=', id)
    .execute();
}
