import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import { EditUser, editUser } from '../../domain/users/edit-user.ts';
import { InviteUser, inviteUser } from '../../domain/users/invite-user.ts';
import { offerReset } from '../../domain/users/offer-reset.ts';
import { demandOf } from '../../domain/users/permissions.ts';
import { roleNames } from '../../domain/users/rules.ts';
import { type UserSummary, userList } from '../../domain/users/user-list.ts';
import { Conflict } from '../../errors.ts';
import { FormToken } from './forms.tsx';
import type { DeskPage } from './layout.tsx';
import { Table } from './table.tsx';
import type { Visit } from './visit.ts';

export async function showUsers(visit: Visit): Promise<void> {
  await showUsersWith(visit);
}

async function showUsersWith(
  { site, session, token, show }: Visit,
  notice?: DeskPage['notice'],
  link?: { for: string; address: string },
  status = 200,
): Promise<void> {
  demandOf(session, 'user.manage');
  const users = await userList(site.db);
  const main = (
    <>
      {link && (
        <>
          <p>Send this link {link.for}. It works once and for 24 hours, and is not shown again:</p>
          <code class="secret">{link.address}</code>
        </>
      )}
      <Table columns={['Name', 'E-mail', 'Roles', '']}>
        {users.map((user) => (
          <UserRow user={user} token={token} />
        ))}
      </Table>
      <h2>Invite somebody</h2>
      <form class="desk-form" method="post" action="/desk/users">
        <FormToken token={token} />
        <fieldset>
          <legend>What they may do</legend>
          <Roles chosen={['contributor']} />
        </fieldset>
        <button type="submit" class="deed">
          Make a link
        </button>
      </form>
    </>
  );
  await show({ title: 'Users', main, notice }, status);
}

function UserRow({ user, token }: { user: UserSummary; token: string }) {
  return (
    <tr>
      <td>{user.name}</td>
      <td>{user.email}</td>
      <td>
        <form method="post" action={`/desk/users/${user.id}`} id={`user-${user.id}`}>
          <FormToken token={token} />
          <fieldset>
            <legend class="aside">Roles of {user.name}</legend>
            <Roles chosen={user.roles} />
            <label class="choice">
              <input type="checkbox" name="disabled" checked={user.disabled} /> may not sign in
            </label>
          </fieldset>
        </form>
      </td>
      <td>
        <button type="submit" form={`user-${user.id}`}>
          Save<span class="aside"> what {user.name} may do</span>
        </button>
        {!user.disabled && (
          <form method="post" action={`/desk/users/${user.id}/reset`}>
            <FormToken token={token} />
            <button type="submit">
              New password<span class="aside"> for {user.name}</span>
            </button>
          </form>
        )}
      </td>
    </tr>
  );
}

function Roles({ chosen }: { chosen: readonly string[] }) {
  return (
    <>
      {roleNames.map((role) => (
        <label class="choice">
          <input type="checkbox" name="role" value={role} checked={chosen.includes(role)} /> {role}
        </label>
      ))}
    </>
  );
}

export async function inviteOneUser(visit: Visit): Promise<void> {
  const { site, session, fields } = visit;
  const input = InviteUser.safeParse({ roles: fields('role') });
  if (!input.success) return showUsersWith(visit, { text: 'Choose at least one role.', bad: true }, undefined, 422);
  const reason = `As ${input.data.roles.join(', ')}`;
  const { secret } = await change(site.db, { actor: session, action: 'user.invite', reason }, (tx) =>
    inviteUser(tx, input.data),
  );
  await showUsersWith(
    visit,
    { text: 'The link is made.' },
    { for: 'to whom you invite', address: `${site.publicUrl}/setup/${secret}` },
  );
}

/** Makes the link by which somebody who has lost their password, or the device with their codes, starts anew. */
export async function offerOneReset(visit: Visit): Promise<void> {
  const { site, session, req } = visit;
  const id = Id.parse(req.params.id);
  const reason = `For ${await nameOf(visit, id)}`;
  const { secret, name } = await change(site.db, { actor: session, action: 'reset.offer', reason }, (tx) =>
    offerReset(tx, id),
  );
  await showUsersWith(
    visit,
    { text: 'The link is made.' },
    { for: `to ${name}, once you are sure that it is they who ask`, address: `${site.publicUrl}/desk/reset/${secret}` },
  );
}

export async function editOneUser(visit: Visit): Promise<void> {
  const { site, session, req, field, fields } = visit;
  const id = Id.parse(req.params.id);
  const input = EditUser.safeParse({ roles: fields('role'), disabled: field('disabled') === 'on' });
  if (!input.success) return showUsersWith(visit, { text: 'Choose at least one role.', bad: true }, undefined, 422);
  const { roles = [], disabled } = input.data;
  const reason = `${await nameOf(visit, id)}: ${roles.join(', ')}${disabled ? '; may not sign in' : ''}`;
  try {
    await change(site.db, { actor: session, action: 'user.edit', reason }, (tx) => editUser(tx, id, input.data));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return showUsersWith(visit, { text: error.message, bad: true }, undefined, 409);
  }
  visit.leadTo('/desk/users');
}

/** For the list of what was done, which tells of whom it was. */
async function nameOf({ site }: Visit, id: string): Promise<string> {
  const users = await userList(site.db);
  return users.find((user) => user.id === id)?.name ?? 'nobody';
}
