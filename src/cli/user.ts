import type { Config } from '../config.ts';
import { change } from '../db/change.ts';
import { InviteUser, inviteUser } from '../domain/users/invite-user.ts';
import { operator } from '../domain/users/operator.ts';
import { setupLink } from './links.ts';
import { withDatabase } from './open-database.ts';

/** Prints a link by which this user chooses a password and so comes to be. */
export async function createUser(
  config: Config,
  options: { name: string; email: string; role: string[]; json?: true },
): Promise<void> {
  const { name, email } = options;
  const input = InviteUser.parse({ roles: options.role });
  const invitation = await withDatabase(config, (db) =>
    change(db, { actor: operator, action: 'user.invite', reason: `For ${name}` }, (tx) => inviteUser(tx, input)),
  );
  const link = setupLink(config.publicUrl, invitation, { name, email });
  if (options.json)
    return console.log(JSON.stringify({ name, email, roles: input.roles, link, expiresAt: invitation.expiresAt }));
  console.log(`Send this link to ${name}. It makes the user, works once, and until ${invitation.expiresAt}:\n${link}`);
}
