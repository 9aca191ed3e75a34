import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import { endSession } from '../../domain/users/end-session.ts';
import { sessionList } from '../../domain/users/session.ts';
import { FormToken } from './forms.tsx';
import { hasCodes } from './second-factor.tsx';
import { Day, Table } from './table.tsx';
import type { Visit } from './visit.ts';

const done: Record<string, string> = {
  password: 'Your password is changed.',
  'codes-on': 'From now on you sign in with a code, too.',
  'codes-off': 'You sign in without a code again.',
};

/** One's own account: how one signs in, and where one is signed in. */
export async function showAccount(visit: Visit): Promise<void> {
  const { site, session, token, field, show } = visit;
  const sessions = await sessionList(site.db, session.id, site.now());
  const text = done[field('done')];
  await show({
    title: session.name,
    notice: text === undefined ? undefined : { text },
    main: (
      <>
        <p>Your roles: {session.roles.join(', ')}.</p>
        <h2>How you sign in</h2>
        <ul>
          <li>
            <a href="/desk/account/password">Change your password</a>
          </li>
          <li>
            {(await hasCodes(visit)) ? (
              <>
                With a code of your device, too. <a href="/desk/account/codes">Turn codes off</a>
              </>
            ) : (
              <a href="/desk/account/codes">Sign in with a code, too</a>
            )}
          </li>
        </ul>
        <h2>Where you are signed in</h2>
        <Table columns={['Browser', 'Since', 'Until', '']}>
          {sessions.map(({ id, agent, createdAt, expiresAt }) => (
            <tr>
              <td>{agent ?? 'Unknown'}</td>
              <td>
                <Day instant={createdAt} />
              </td>
              <td>
                <Day instant={expiresAt} />
              </td>
              <td>
                {id === session.sessionId ? (
                  'This one'
                ) : (
                  <form method="post" action="/desk/account/sessions">
                    <FormToken token={token} />
                    <button type="submit" name="session" value={id}>
                      End
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </Table>
      </>
    ),
  });
}

export async function endOneSession({ site, session, field, leadTo }: Visit): Promise<void> {
  const id = Id.parse(field('session'));
  await change(site.db, { actor: session, action: 'session.end' }, (tx) => endSession(tx, id));
  leadTo('/desk/account');
}
