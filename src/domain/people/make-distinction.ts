import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { Reference } from '../fields.ts';
import { demand } from '../users/permissions.ts';
import { findPerson } from './find-or-make-person.ts';
import { findDistinction } from './look-alikes.ts';

export const MakeDistinction = z.strictObject({ one: Reference, other: Reference });
export type MakeDistinction = z.output<typeof MakeDistinction>;

/** Puts on record that two people are two, so that they are not proposed for a merge again. */
export async function makeDistinction(tx: Writer, input: MakeDistinction): Promise<void> {
  demand(tx, 'record.merge');
  const [one, other] = [await idOf(tx, input, 'one'), await idOf(tx, input, 'other')];
  if (one === other) throw Invalid.at(['other'], 'is the same person: set apart who was merged first');
  if (await findDistinction(tx, one, other)) return tx.unchanged(undefined);
  const [one_id = '', other_id = ''] = [one, other].sort();
  await tx.insertInto('distinctions').values({ id: newId(), one_id, other_id }).execute();
}

async function idOf(tx: Writer, input: MakeDistinction, field: keyof MakeDistinction): Promise<string> {
  const person = await findPerson(tx, input[field]);
  if (!person || person.purged_because) throw Invalid.at([field], `no person "${input[field]}" is on record`);
  return person.id;
}
