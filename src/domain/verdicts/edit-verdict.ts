import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { findingState, writeFindingState } from './write-finding-state.ts';

export const EditVerdict = z.strictObject(findingState).meta({ id: 'EditVerdict' });
export type EditVerdict = z.output<typeof EditVerdict>;

/** Submits, publishes or withdraws a verdict. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editVerdict(tx: Writer, id: string, expectedVersion: number, input: EditVerdict): Promise<void> {
  await writeFindingState(tx, 'verdict', id, expectedVersion, input);
}
