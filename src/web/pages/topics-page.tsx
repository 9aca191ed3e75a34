import type { ListOf, Topic } from '../answers.ts';
import type { Page } from '../html/page.ts';
import { RecordLink } from '../html/record-link.tsx';
import { AsItStood } from './as-it-stood.tsx';
import { nextPage, Paging } from './paging.tsx';
import { type PageRoute, paging, type Visit } from './route.ts';

/** Every subject heading. */
export const topicsPage: PageRoute = { path: '/topics', query: paging, data: 'topics', show };

async function show({ query, ask }: Visit): Promise<Page> {
  const topics = await ask<ListOf<Topic>>('/topics', {}, { limit: '100', ...query });
  const next = nextPage('/topics', query, topics);
  return {
    title: 'Topics',
    description: 'The subjects of the claims on record.',
    path: '/topics',
    alternates: [{ type: 'application/json', href: '/topics.json', title: 'JSON' }],
    next,
    main: (
      <>
        <header class="head">
          <h1>Topics</h1>
        </header>
        <AsItStood path="/topics" query={query} />
        {topics.items.length > 0 ? (
          <ul class="index">
            {topics.items.map(({ slug, name, claimCount }) => (
              <li>
                <RecordLink href={`/topics/${slug}`} dir="auto">
                  {name}
                </RecordLink>{' '}
                <span class="note">
                  {claimCount} {claimCount === 1 ? 'claim' : 'claims'}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p class="empty">No claim is under a topic yet.</p>
        )}
        <Paging path="/topics" query={query} next={next} />
      </>
    ),
  };
}
