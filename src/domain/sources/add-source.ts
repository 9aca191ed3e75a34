import type { Writer } from '../../db/types.ts';
import { SourceDescription } from '../fields.ts';
import { demand } from '../users/permissions.ts';
import { type FoundOrMade, findOrMakeSource } from './find-or-make-source.ts';

export const AddSource = SourceDescription.meta({ id: 'AddSource' });

/** Adds a source, or finds the one on record with the same canonical address. */
export async function addSource(tx: Writer, input: SourceDescription): Promise<FoundOrMade> {
  demand(tx, 'record.add');
  const source = await findOrMakeSource(tx, input, []);
  return source.made || source.filled ? source : tx.unchanged(source);
}
