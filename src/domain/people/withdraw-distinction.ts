import type { Writer } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import { demand } from '../users/permissions.ts';

/** Takes back that two people are two: they are proposed again where they look alike. */
export async function withdrawDistinction(tx: Writer, id: string): Promise<void> {
  demand(tx, 'record.merge');
  const { numDeletedRows } = await tx.deleteFrom('distinctions').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw new NotFound('distinction', id);
}
