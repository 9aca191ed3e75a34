import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import { CreateToken, createToken } from '../../domain/users/create-token.ts';
import { demandOf } from '../../domain/users/permissions.ts';
import { revokeToken } from '../../domain/users/revoke-token.ts';
import { roleNames } from '../../domain/users/rules.ts';
import { tokenList } from '../../domain/users/token-list.ts';
import { Field, FormToken, type Mistakes, mistakesIn } from './forms.tsx';
import type { DeskPage } from './layout.tsx';
import { Day, Table } from './table.tsx';
import type { Visit } from './visit.ts';

interface Shown {
  notice?: DeskPage['notice'];
  made?: string;
  mistakes?: Mistakes;
  name?: string;
}

export async function showTokens(visit: Visit): Promise<void> {
  await showTokensWith(visit);
}

async function showTokensWith({ site, session, token, show }: Visit, shown: Shown = {}, status = 200): Promise<void> {
  demandOf(session, 'token.manage');
  const tokens = await tokenList(site.db);
  const main = (
    <>
      {shown.made && (
        <>
          <p>Copy the token now: it is not shown again.</p>
          <code class="secret">{shown.made}</code>
        </>
      )}
      <Table columns={['Name', 'Role', 'Made', 'Until', '']}>
        {tokens.map(({ id, name, role, createdAt, expiresAt, revokedAt }) => (
          <tr>
            <td>{name}</td>
            <td>{role}</td>
            <td>
              <Day instant={createdAt} />
            </td>
            <td>{revokedAt ? 'revoked' : <Day instant={expiresAt} />}</td>
            <td>
              {!revokedAt && (
                <form method="post" action={`/desk/tokens/${id}/revoke`}>
                  <FormToken token={token} />
                  <button type="submit">
                    Revoke<span class="aside"> {name}</span>
                  </button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </Table>
      <h2>Make a token</h2>
      <p class="note">
        Programs write by tokens. A token counts as no person: where four eyes hold, it publishes nothing.
      </p>
      <form class="desk-form" method="post" action="/desk/tokens">
        <FormToken token={token} />
        <Field
          name="name"
          label="What it is for"
          required
          maxlength={500}
          value={shown.name}
          mistakes={shown.mistakes}
        />
        <div>
          <label for="role">What it may do</label>
          <select id="role" name="role">
            {roleNames.map((role) => (
              <option>{role}</option>
            ))}
          </select>
        </div>
        <Field
          name="days"
          label="Days until it expires"
          type="number"
          min={1}
          max={3650}
          value="365"
          mistakes={shown.mistakes}
        />
        <button type="submit" class="deed">
          Make the token
        </button>
      </form>
    </>
  );
  await show({ title: 'Tokens', main, notice: shown.notice }, status);
}

export async function createOneToken(visit: Visit): Promise<void> {
  const { site, session, field } = visit;
  const input = CreateToken.safeParse({ name: field('name'), role: field('role'), days: Number(field('days')) });
  if (!input.success) return showTokensWith(visit, { mistakes: mistakesIn(input.error), name: field('name') }, 422);
  const made = await change(site.db, { actor: session, action: 'token.create' }, (tx) =>
    createToken(tx, { ...input.data, ownerId: session.id }),
  );
  await showTokensWith(visit, { notice: { text: `The token “${made.name}” is made.` }, made: made.token }, 201);
}

export async function revokeOneToken({ site, session, req, leadTo }: Visit): Promise<void> {
  const id = Id.parse(req.params.id);
  await change(site.db, { actor: session, action: 'token.revoke' }, (tx) => revokeToken(tx, { id }));
  leadTo('/desk/tokens');
}
