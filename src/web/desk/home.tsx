import { getSettings } from '../../domain/settings/settings.ts';
import { listUnsentForms } from '../../domain/unsent/unsent-forms.ts';
import { may } from '../../domain/users/permissions.ts';
import { UnsentForms } from './unsent.tsx';
import type { Visit } from './visit.ts';

const can = {
  contributor: 'write drafts and send them to review',
  reviewer: 'edit and approve what others wrote',
  editor: 'publish, correct, withdraw and merge',
  admin: 'manage users, tokens and settings',
};

export async function showDesk({ site, session, token, show }: Visit): Promise<void> {
  const [{ fourEyesHold }, unsent] = await Promise.all([
    getSettings(site.db),
    session.id === null ? [] : listUnsentForms(site.db, session.id),
  ]);
  await show({
    title: 'Desk',
    main: (
      <>
        <p class="lead">Welcome, {session.name}.</p>
        <p>
          As {session.roles.join(' and ')} you may {session.roles.map((role) => can[role]).join('; ')}.
        </p>
        {fourEyesHold && <p class="note">Four eyes hold: what one person wrote or changed, another publishes.</p>}
        {may(session, 'record.add') && (
          <p class="deeds">
            <a class="deed" href="/desk/claims/new">
              Log a claim
            </a>
            <span class="note">
              or press <kbd>n</kbd> on any page of the desk
            </span>
          </p>
        )}
        <UnsentForms forms={unsent} token={token} />
        {may(session, 'record.add') && (
          <p class="note">
            The <a href="/api/docs">API</a> takes this session, too: what you send from here counts as yours.
          </p>
        )}
      </>
    ),
  });
}
