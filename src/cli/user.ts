import type { Config } from '../config.ts';
import { change } from '../db/change.ts';
import { findAccount } from '../domain/users/account.ts';
import { InviteUser, inviteUser } from '../domain/users/invite-user.ts';
import { offerReset } from '../domain/users/offer-reset.ts';
import { operator } from '../domain/users/operator.ts';
import { NotFound } from '../errors.ts';
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

/** Prints a link by which this user chooses a new password, for who cannot sign in to make one at the desk. */
export async function resetUser(config: Config, email: string, options: { json?: true }): Promise<void> {
  const { secret, name, expiresAt } = await withDatabase(config, async (db) => {
    const account = await findAccount(db, email);
    if (!account) throw new NotFound('user', email, `Nobody signs in with the address ${email}.`);
    return change(db, { actor: operator, action: 'reset.offer' }, (tx) => offerReset(tx, account.id));
  });
  const link = `${config.publicUrl}/desk/reset/${secret}`;
  if (options.json) return console.log(JSON.stringify({ name, email, link, expiresAt }));
  console.log(
    `Send this link to ${name}. It lets them choose a new password, asks for no code, and works once, until ${expiresAt}:\n${link}`,
  );
}
