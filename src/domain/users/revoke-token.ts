import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import { Id } from '../fields.ts';
import { demand } from './permissions.ts';

export const RevokeToken = z.strictObject({ id: Id });
export type RevokeToken = z.output<typeof RevokeToken>;

/** Revokes an access token for good; one that is revoked stays as it is. Throws `NotFound`. */
export async function revokeToken(tx: Writer, { id }: RevokeToken): Promise<void> {
  demand(tx, 'token.manage');
  const token = await tx.selectFrom('tokens').select('revoked_at').where('id', '=', id).executeTakeFirst();
  if (!token) throw new NotFound('token', id);
  if (token.revoked_at) return tx.unchanged(undefined);
  await tx.updateTable('tokens').set({ revoked_at: tx.change.at }).where('id', '=', id).execute();
}
