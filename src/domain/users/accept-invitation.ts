import { sql } from 'kysely';
import { z } from 'zod';
import type { Role, Writer } from '../../db/types.ts';
import { Conflict, Gone } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { text } from '../fields.ts';
import { findOpenInvitation } from './open-invitation.ts';
import { NewPassword } from './passwords.ts';

/** What someone who accepts says of themselves. */
export const AcceptInvitation = z.strictObject({
  name: text(500),
  email: z
    .string()
    .trim()
    .max(320, 'must have at most 320 characters')
    .pipe(z.email('must be an e-mail address such as ada@example.org')),
  password: NewPassword,
});
export type AcceptInvitation = z.output<typeof AcceptInvitation>;

/**
 * Makes the user whom an invitation is for, in its roles, and uses it up. The password comes hashed (`hashPassword`), as
 * hashing takes long. Throws `Gone` for a link that was used or has expired, `Conflict` for an e-mail address in use.
 */
export async function acceptInvitation(
  tx: Writer,
  { secret, name, email, passwordHash }: Omit<AcceptInvitation, 'password'> & { secret: string; passwordHash: string },
): Promise<{ id: string; roles: Role[] }> {
  // Changes pass one by one, so of two who come with one link the second finds it used.
  const invitation = await findOpenInvitation(tx, secret, tx.change.at);
  if (!invitation) throw new Gone('invitation.gone', 'This link was used, has expired or was replaced by a newer one.');
  const holder = await tx
    .selectFrom('users')
    .select('id')
    .where(sql`lower(email)`, '=', sql`lower(${email})`)
    .executeTakeFirst();
  if (holder) throw new Conflict('user.email_taken', 'Somebody with this e-mail address is a user already.');
  const id = newId();
  const { roles } = invitation;
  await tx.insertInto('users').values({ id, name, email, kind: 'person', roles }).execute();
  await tx.insertInto('passwords').values({ user_id: id, hash: passwordHash, changed_at: tx.change.at }).execute();
  await tx.updateTable('invitations').set({ used_at: tx.change.at }).where('id', '=', invitation.id).execute();
  return { id, roles };
}
