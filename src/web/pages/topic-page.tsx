import type { Claim, ListOf, Topic } from '../answers.ts';
import { feedAlternates } from '../html/feed-links.ts';
import type { Page } from '../html/page.ts';
import { AsItStood } from './as-it-stood.tsx';
import { ClaimList } from './claim-list.tsx';
import { nextPage, Paging } from './paging.tsx';
import { type Moved, type PageRoute, paging, type Visit } from './route.ts';

/** The claims under a subject heading. */
export const topicPage: PageRoute = {
  path: '/topics/:reference',
  query: ['status', ...paging],
  data: 'topics/{reference}',
  show,
};

async function show({ reference, query, ask }: Visit): Promise<Page | Moved> {
  const topic = await ask<Topic>('/topics/{topic}', { topic: reference });
  const path = `/topics/${topic.slug}`;
  if (topic.slug !== reference) return { movedTo: path };
  const claims = await ask<ListOf<Claim>>('/claims', {}, { ...query, topic: topic.id });
  const next = nextPage(path, query, claims);
  return {
    title: topic.name,
    description: `Claims about ${topic.name}: who said so, who answered, what was found.`,
    path,
    alternates: [{ type: 'application/json', href: `${path}.json`, title: 'JSON' }, ...feedAlternates(path)],
    next,
    main: (
      <>
        <header class="head">
          <p class="kicker">
            <a href="/topics">Topic</a>
          </p>
          <h1 dir="auto">{topic.name}</h1>
        </header>
        <AsItStood path={path} query={query} />
        {claims.items.length > 0 ? (
          <ClaimList claims={claims.items} level="h2" />
        ) : (
          <p class="empty">Nothing on record fits what you asked for.</p>
        )}
        <Paging path={path} query={query} next={next} />
      </>
    ),
  };
}
