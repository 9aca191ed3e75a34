import type { ComponentChildren } from 'preact';
import { type QueueName, queues } from '../../domain/queues/queued.ts';
import { MOST_IN_QUEUE } from '../../domain/queues/queues.ts';
import { may, type Permission } from '../../domain/users/permissions.ts';
import type { Session } from '../../domain/users/session.ts';
import { asset } from '../html/assets.ts';
import type { Page } from '../html/page.ts';
import { scriptAsset } from '../html/scripts.ts';
import type { PublicSite, Site } from '../site.ts';
import { FormToken } from './forms.tsx';
import { ReadsPages } from './reads-pages.ts';

/** Completes names, keeps what is typed, and has the keys. */
export const deskScript = scriptAsset('desk');

export const deskStyle = asset('desk.css', 'text/css; charset=utf-8', import.meta.url);

/** The rooms of the desk, and what one must be allowed to see them. */
const rooms: readonly { path: string; name: string; needs?: Permission; key?: string }[] = [
  { path: '/desk', name: 'Desk' },
  { path: '/desk/claims/new', name: 'Log a claim', needs: 'record.add', key: 'n' },
  { path: '/desk/people', name: 'People', needs: 'record.add', key: 'p' },
  { path: '/desk/users', name: 'Users', needs: 'user.manage' },
  { path: '/desk/tokens', name: 'Tokens', needs: 'token.manage' },
  { path: '/desk/changes', name: 'Changes', needs: 'user.manage' },
  { path: '/desk/settings', name: 'Settings', needs: 'settings.edit' },
  { path: '/desk/erasure', name: 'Erasure', needs: 'record.purge' },
];

const queueNames = Object.keys(queues) as QueueName[];

const inWords = (count: number): string => (count < MOST_IN_QUEUE ? String(count) : `${count}+`);

export interface Notice {
  text: string;
  bad?: boolean;
  /** What can be done about it. */
  deed?: ComponentChildren;
}

export interface DeskPage {
  title: string;
  main: ComponentChildren;
  /** Said above everything else: what was just done, or why it was not. */
  notice?: Notice | undefined;
}

interface Who {
  session: Session;
  token: string;
  path: string;
  /** How much waits in each queue. */
  waiting: Record<QueueName, number>;
}

/** A page of the desk; who is not signed in sees no rooms. */
export function deskPage(site: Site, { title, main, notice }: DeskPage, who?: Who): Page {
  return {
    title: `${title} – desk`,
    face: { header: <DeskHeader site={site} who={who} />, style: deskStyle, script: deskScript },
    main: (
      <div class="desk">
        {notice && (
          <div class={notice.bad ? 'notice bad' : 'notice'} role={notice.bad ? 'alert' : 'status'}>
            <p>{notice.text}</p>
            {notice.deed}
          </div>
        )}
        <h1>{title}</h1>
        <ReadsPages.Provider value={site.readPage !== undefined}>{main}</ReadsPages.Provider>
      </div>
    ),
  };
}

function DeskHeader({ site, who }: { site: PublicSite; who: Who | undefined }) {
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
          {may(who.session, 'record.add') && (
            <nav class="queues" aria-label="Queues">
              {queueNames.map((name) => (
                <a
                  class={who.waiting[name] ? undefined : 'nothing'}
                  href={`/desk/queues/${name}`}
                  aria-current={who.path === `/desk/queues/${name}` ? 'page' : undefined}
                >
                  {queues[name]} <span class="count">{inWords(who.waiting[name])}</span>
                </a>
              ))}
            </nav>
          )}
        </>
      )}
    </header>
  );
}
