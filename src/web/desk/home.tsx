import { getSettings } from '../../domain/settings/settings.ts';
import { may } from '../../domain/users/permissions.ts';
import type { Visit } from './visit.ts';

const can = {
  contributor: 'write drafts and send them to review',
  reviewer: 'edit and approve what others wrote',
  editor: 'publish, correct, withdraw and merge',
  admin: 'manage users, tokens and settings',
};

export async function showDesk({ site, session, show }: Visit): Promise<void> {
  const { fourEyesHold } = await getSettings(site.db);
  show({
    title: 'Desk',
    main: (
      <>
        <p class="lead">Welcome, {session.name}.</p>
        <p>
          As {session.roles.join(' and ')} you may {session.roles.map((role) => can[role]).join('; ')}.
        </p>
        {fourEyesHold && <p class="note">Four eyes hold: what one person wrote or changed, another publishes.</p>}
        {may(session, 'record.add') && (
          <p class="note">
            The <a href="/api/docs">API</a> takes this session, too: what you send from here counts as yours.
          </p>
        )}
      </>
    ),
  });
}
