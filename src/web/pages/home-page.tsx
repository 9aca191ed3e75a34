import type { Claim, ListOf, Statement } from '../answers.ts';
import { feedAlternates } from '../html/feed-links.ts';
import type { Page } from '../html/page.ts';
import { Timeline } from '../html/timeline.tsx';
import { asItem } from '../html/utterance.tsx';
import { ClaimList } from './claim-list.tsx';
import type { PageRoute, Visit } from './route.ts';

/** What is new, and what is disputed. */
export const homePage: PageRoute = { path: '/', query: [], show };

async function show({ ask, site }: Visit): Promise<Page> {
  const [newest, disputed, said] = await Promise.all([
    ask<ListOf<Claim>>('/claims', {}, { limit: '6' }),
    ask<ListOf<Claim>>('/claims', {}, { status: 'disputed', limit: '4' }),
    ask<ListOf<Statement>>('/statements', {}, { limit: '4' }),
  ]);
  return {
    title: site.siteName,
    description: 'Who said what, who answered, what was found, and what we knew when.',
    path: '/',
    alternates: [
      { type: 'application/json', href: '/api/v1/claims', title: 'JSON' },
      { type: 'text/csv', href: '/api/v1/claims.csv', title: 'CSV' },
      ...feedAlternates(''),
      { type: 'application/atom+xml', href: '/corrections/feed.atom', title: 'Corrections' },
    ],
    main: (
      <>
        <header class="head">
          <h1>Who said what, who answered, what was found</h1>
          <p class="lead">
            Claims and statements with their sources, what was found on them, and everything as it stood on any day.
          </p>
        </header>
        {newest.items.length === 0 ? (
          <p class="empty">
            Nothing is on record yet. Claims are entered at the <a href="/desk">desk</a> or by the{' '}
            <a href="/api/docs">API</a>.
          </p>
        ) : (
          <div class="columns">
            <section aria-labelledby="new">
              <h2 id="new">New on record</h2>
              <ClaimList claims={newest.items} />
            </section>
            {disputed.items.length > 0 && (
              <section aria-labelledby="disputed">
                <h2 id="disputed">Disputed</h2>
                <ClaimList claims={disputed.items} />
              </section>
            )}
          </div>
        )}
        {said.items.length > 0 && (
          <section aria-labelledby="said">
            <h2 id="said">Said last</h2>
            <Timeline items={said.items.map(asItem)} />
          </section>
        )}
      </>
    ),
  };
}
