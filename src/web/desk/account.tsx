import { change } from '../../db/change.ts';
import { Id } from '../../domain/fields.ts';
import { endSession } from '../../domain/users/end-session.ts';
import { sessionList } from '../../domain/users/session.ts';
import { FormToken } from './forms.tsx';
import { Day, Table } from './table.tsx';
import type { Visit } from './visit.ts';

/** One's own account: where one is signed in. */
export async function showAccount({ site, session, token, show }: Visit): Promise<void> {
  const sessions = await sessionList(site.db, session.id, site.now());
  await show({
    title: session.name,
    main: (
      <>
        <p>Your roles: {session.roles.join(', ')}.</p>
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
