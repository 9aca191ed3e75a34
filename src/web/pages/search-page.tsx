import type { Claim, ListOf, Person, Statement } from '../answers.ts';
import type { Page } from '../html/page.ts';
import { Timeline } from '../html/timeline.tsx';
import { asItem } from '../html/utterance.tsx';
import { ClaimList } from './claim-list.tsx';
import { withQuery } from './page-query.ts';
import { nextPage, Paging } from './paging.tsx';
import { type PageRoute, paging, type Visit } from './route.ts';

/** People, claims and statements in which words are found. */
export const searchPage: PageRoute = { path: '/search', query: ['q', ...paging], show };

async function show({ query, ask }: Visit): Promise<Page> {
  const { q } = query;
  const title = q ? `Search: ${q}` : 'Search';
  if (!q)
    return {
      title,
      main: (
        <header class="head">
          <h1>Search</h1>
          <p class="lead">Type a name, or words of a claim or statement, into the field above.</p>
        </header>
      ),
    };
  const [people, claims, statements] = await Promise.all([
    ask<ListOf<Person>>('/people', {}, { q, limit: '8' }),
    ask<ListOf<Claim>>('/claims', {}, { q, limit: '8' }),
    ask<ListOf<Statement>>('/statements', {}, query),
  ]);
  const next = nextPage('/search', query, statements);
  const nothing = [people, claims, statements].every(({ items }) => items.length === 0);
  return {
    title,
    searched: q,
    next,
    alternates: [{ type: 'application/json', href: withQuery('/api/v1/statements', { q }), title: 'JSON' }],
    main: (
      <>
        <header class="head">
          <h1>
            Found for <q dir="auto">{q}</q>
          </h1>
        </header>
        {nothing && (
          <p class="empty">
            Nothing on record has these words. Fewer of them may find more; names are found by any spelling on record.
          </p>
        )}
        {people.items.length > 0 && (
          <section aria-labelledby="people">
            <h2 id="people">People and organizations</h2>
            <ul class="index">
              {people.items.map(({ slug, name, roles }) => (
                <li>
                  <a href={`/people/${slug}`} dir="auto">
                    {name}
                  </a>{' '}
                  <span class="note" dir="auto">
                    {roles.at(-1)?.title}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {claims.items.length > 0 && (
          <section aria-labelledby="claims">
            <h2 id="claims">Claims</h2>
            <ClaimList claims={claims.items} />
          </section>
        )}
        {statements.items.length > 0 && (
          <section aria-labelledby="statements">
            <h2 id="statements">Statements</h2>
            <Timeline items={statements.items.map(asItem)} />
          </section>
        )}
        <Paging path="/search" query={query} next={next} />
      </>
    ),
  };
}
