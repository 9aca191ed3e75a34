import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { type Invitation, inviteUser } from './invite-user.ts';
import { demand } from './permissions.ts';

/**
 * While there is no administrator, makes the invitation that sets up the first; else undefined. Earlier invitations of
 * administrators that nobody accepted are void: their links stand in old logs.
 */
export async function inviteFirstAdministrator(tx: Writer): Promise<Invitation | undefined> {
  demand(tx, 'user.manage');
  const administrator = await tx
    .selectFrom('users')
    .select('id')
    .where('kind', '=', 'person')
    .where('disabled', '=', false)
    .where(sql<boolean>`'admin' = any(roles::text[])`)
    .executeTakeFirst();
  if (administrator) return tx.unchanged(undefined);
  await tx
    .updateTable('invitations')
    .set({ expires_at: tx.change.at })
    .where('used_at', 'is', null)
    .where('expires_at', '>', tx.change.at)
    .where(sql<boolean>`'admin' = any(roles::text[])`)
    .execute();
  return inviteUser(tx, { roles: ['admin', 'editor'] });
}
