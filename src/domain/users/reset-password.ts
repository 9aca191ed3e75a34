import { sql } from 'kysely';
import type { Reader, Role, Writer } from '../../db/types.ts';
import { Gone } from '../../errors.ts';
import { newPassword } from './change-password.ts';
import { hashOf } from './secrets.ts';

/** Whose link this is, while it may be used at `now` (an instant in UTC). */
export function findOpenReset(
  db: Reader,
  secret: string,
  now: string,
): Promise<{ id: string; name: string; email: string | null; roles: Role[] } | undefined> {
  return db
    .selectFrom('resets')
    .innerJoin('users', 'users.id', 'resets.user_id')
    .select(['users.id', 'users.name', 'users.email', sql<Role[]>`users.roles::text[]`.as('roles')])
    .where('resets.hash', '=', hashOf(secret))
    .where('resets.expires_at', '>', now)
    .where('users.disabled', '=', false)
    .executeTakeFirst();
}

/**
 * Gives who has this link the password that they chose, and uses the link up. Whoever made the link made sure who they
 * are, so codes are no longer asked of them: their device may be what was lost. Throws `Gone`.
 */
export async function resetPassword(tx: Writer, secret: string, passwordHash: string): Promise<void> {
  const user = await findOpenReset(tx, secret, tx.change.at);
  if (!user) throw new Gone('reset.gone', 'This link was used, has expired or was replaced by a newer one.');
  await tx.deleteFrom('resets').where('user_id', '=', user.id).execute();
  await tx.deleteFrom('totps').where('user_id', '=', user.id).execute();
  await newPassword(tx, user.id, passwordHash);
}
