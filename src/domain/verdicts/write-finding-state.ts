import type { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, NotFound, Stale } from '../../errors.ts';
import { State, text } from '../fields.ts';
import { differs } from '../members.ts';
import { tables } from '../nouns.ts';
import { demandEdit, demandMove, withdrawal } from '../states.ts';
import type { State as StateName } from '../vocabulary.ts';

/** A finding is not reworded: only its state moves. */
export const findingState = { state: State, withdrawnBecause: text(2000).nullish() };
export type FindingState = z.output<z.ZodObject<typeof findingState>>;

/** Moves a verdict or an attribution to another state. Throws `Stale` where `expectedVersion` is not the present one. */
export async function writeFindingState(
  tx: Writer,
  noun: 'verdict' | 'attribution',
  id: string,
  expectedVersion: number,
  input: FindingState,
): Promise<void> {
  // The two tables differ in type but not in what is done here.
  const table = tables[noun] as 'verdicts';
  const finding = await tx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst();
  if (!finding) throw new NotFound(noun, id);
  if (finding.purged_because) throw Gone.purged(noun, finding.purged_because);
  demandEdit(tx, finding);
  if (finding.version !== expectedVersion) throw new Stale(noun, finding.version);
  demandMove(tx, finding.state as StateName, input.state);
  const columns = {
    state: input.state,
    withdrawn_because: withdrawal(input.state, input.withdrawnBecause, finding.withdrawn_because),
  };
  if (!differs(finding, columns)) return tx.unchanged(undefined);
  await tx
    .updateTable(table)
    .set({ ...columns, version: finding.version + 1 })
    .where('id', '=', id)
    .execute();
}
