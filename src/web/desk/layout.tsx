import type { ComponentChildren } from 'preact';
import { may, type Permission } from '../../domain/users/permissions.ts';
import type { Session } from '../../domain/users/session.ts';
import { asset } from '../html/assets.ts';
import type { Page } from '../html/page.ts';
import { scriptAsset } from '../html/scripts.ts';
import type { PublicSite } from '../site.ts';
import { FormToken } from './forms.tsx';

/** Completes names, keeps what is typed, and has the keys. */
export const deskScript = scriptAsset('desk');

export const deskStyle = asset('desk.css', 'text/css; charset=utf-8', import.meta.url);

/** The rooms of the desk, and what one must be allowed to see them. */
const rooms: readonly { path: string; name: string; needs?: Permission; key?: string }[] = [
  { path: '/desk', name: 'Desk' },
  { path: '/desk/claims/new', name: 'Log a claim', needs: 'record.add', key: 'n' },
  { path: '/desk/users', name: 'Users', needs: 'user.manage' },
  { path: '/desk/tokens', name: 'Tokens', needs: 'token.manage' },
  { path: '/desk/changes', name: 'Changes', needs: 'user.manage' },
];

export interface DeskPage {
  title: string;
  main: ComponentChildren;
  /** Said above everything else: what was just done, or why it was not. */
  notice?: { text: string; bad?: boolean } | undefined;
}

/** A page of the desk; who is not signed in sees no rooms. */
export function deskPage(
  site: PublicSite,
  { title, main, notice }: DeskPage,
  who?: { session: Session; token: string; path: string },
): Page {
  return {
    title: `${title} – desk`,
    face: { header: <DeskHeader site={site} who={who} />, style: deskStyle, script: deskScript },
    main: (
      <div class="desk">
        {notice && (
          <p class={notice.bad ? 'notice bad' : 'notice'} role={notice.bad ? 'alert' : 'status'}>
            {notice.text}
          </p>
        )}
        <h1>{title}</h1>
        {main}
      </div>
    ),
  };
}

function DeskHeader({
  site,
  who,
}: {
  site: PublicSite;
  who: { session: Session; token: string; path: string } | undefined;
}) {
  return (
    <header class="desk-header">
      <a class="site-name" href="/">
        {site.siteName}
      </a>
      {who && (
        <>
          <nav aria-label="Desk">
            {rooms
              .filter(({ needs }) => !needs || may(who.session, needs))
              .map(({ path, name, key }) => (
                <a
                  href={path}
                  aria-current={path === who.path ? 'page' : undefined}
                  data-key={key}
                  aria-keyshortcuts={key}
                >
                  {name}
                </a>
              ))}
          </nav>
          <form class="who" method="post" action="/desk/sign-out">
            <FormToken token={who.token} />
            <a href="/desk/account">{who.session.name}</a>
            <button type="submit">Sign out</button>
          </form>
        </>
      )}
    </header>
  );
}
