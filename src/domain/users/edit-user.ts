import { sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Conflict, NotFound } from '../../errors.ts';
import { text } from '../fields.ts';
import { demand } from './permissions.ts';
import { RoleName } from './rules.ts';

/** JSON Merge Patch. */
export const EditUser = z.strictObject({
  name: text(500).optional(),
  roles: z
    .array(RoleName)
    .min(1, 'name at least one role')
    .transform((roles) => [...new Set(roles)])
    .optional(),
  disabled: z.boolean().optional().meta({ description: 'Whether they may no longer sign in' }),
});
export type EditUser = z.output<typeof EditUser>;

/**
 * Amends a user. Where their roles change, or they may no longer sign in, their sessions end and tokens that they own are
 * revoked if the role is not theirs any more. Throws `NotFound`, and `Conflict` where nobody would be left to administer.
 */
export async function editUser(tx: Writer, id: string, input: EditUser): Promise<void> {
  demand(tx, 'user.manage');
  const user = await tx
    .selectFrom('users')
    .select(['id', 'name', 'disabled', sql<string[]>`roles::text[]`.as('roles')])
    .where('id', '=', id)
    .where('kind', '=', 'person')
    .executeTakeFirst();
  if (!user) throw new NotFound('user', id);
  const after = {
    name: input.name ?? user.name,
    roles: input.roles ?? (user.roles as z.output<typeof RoleName>[]),
    disabled: input.disabled ?? user.disabled,
  };
  const sameRoles = [...after.roles].sort().join() === [...user.roles].sort().join();
  if (sameRoles && after.name === user.name && after.disabled === user.disabled) return tx.unchanged(undefined);
  await tx.updateTable('users').set(after).where('id', '=', id).execute();
  if (sameRoles && after.disabled === user.disabled) return;
  await refuseNoAdministrator(tx);
  await tx.deleteFrom('sessions').where('user_id', '=', id).execute();
  await tx
    .updateTable('tokens')
    .set({ revoked_at: tx.change.at })
    .where('owner_id', '=', id)
    .where('revoked_at', 'is', null)
    .$if(!after.disabled, (tokens) => tokens.where('role', 'not in', after.roles))
    .execute();
}

async function refuseNoAdministrator(tx: Writer): Promise<void> {
  const left = await tx
    .selectFrom('users')
    .select('id')
    .where('kind', '=', 'person')
    .where('disabled', '=', false)
    .where(sql<boolean>`'admin' = any(roles::text[])`)
    .executeTakeFirst();
  if (!left)
    throw new Conflict(
      'user.last_administrator',
      'Nobody would be left to administer: make somebody else an admin first.',
    );
}
