import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { findingState, writeFindingState } from '../verdicts/write-finding-state.ts';

export const EditAttribution = z.strictObject(findingState).meta({ id: 'EditAttribution' });
export type EditAttribution = z.output<typeof EditAttribution>;

/** Submits, publishes or withdraws an attribution. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editAttribution(
  tx: Writer,
  id: string,
  expectedVersion: number,
  input: EditAttribution,
): Promise<void> {
  await writeFindingState(tx, 'attribution', id, expectedVersion, input);
}
