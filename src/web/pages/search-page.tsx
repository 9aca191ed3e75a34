import type { ComponentChildren } from 'preact';
import type { Issue } from '../../errors.ts';
import type { SearchAnswer } from '../answers.ts';
import type { Page } from '../html/page.ts';
import { AsItStood } from './as-it-stood.tsx';
import { type PageQuery, withQuery } from './page-query.ts';
import { nextPage, Paging } from './paging.tsx';
import { type PageRoute, paging, type Visit } from './route.ts';
import { Chosen, Facets, Types } from './search-facets.tsx';
import { SearchFilters, searchFilters } from './search-filters.tsx';
import { HitList } from './search-hit.tsx';

const PATH = '/search';

/** Whatever has the words, best first, and ways to narrow it down. */
export const searchPage: PageRoute = {
  path: PATH,
  query: ['q', ...searchFilters, ...paging],
  data: 'search',
  show,
  refused,
};

async function show({ query, ask }: Visit): Promise<Page> {
  if (!query.q) return { title: 'Search', main: <Start query={query} /> };
  const found = await ask<SearchAnswer>('/search', {}, query);
  const next = nextPage(PATH, query, found);
  const { cursor: _, ...first } = query;
  const isEmpty = found.items.length === 0;
  return {
    ...about(query),
    next,
    alternates: [{ type: 'application/json', href: withQuery('/api/v1/search', first), title: 'JSON' }],
    main: (
      <>
        <Head title={isEmpty ? 'Nothing found for' : 'Found for'} q={query.q}>
          <AsItStood path={PATH} query={query} />
          {!(isEmpty && query.type === undefined) && <Types path={PATH} query={query} found={found} />}
          <Chosen path={PATH} query={query} facets={found.facets} />
        </Head>
        <SearchFilters path={PATH} query={query} />
        {isEmpty ? (
          <Nothing query={query} />
        ) : (
          <div class="found">
            <a class="to-narrow" href="#narrow">
              Narrow down
            </a>
            <section aria-label="What was found">
              <HitList hits={found.items} />
              <Paging path={PATH} query={query} next={next} />
            </section>
            <Facets path={PATH} query={query} found={found} />
          </div>
        )}
      </>
    ),
  };
}

/** What was asked cannot be answered: the form stands as it was sent, with what is wrong beside it. */
function refused({ query }: Visit, issues: readonly Issue[]): Page {
  return {
    ...about(query),
    main: (
      <>
        <Head title={query.q ? 'Search for' : 'Search'} q={query.q}>
          <p class="lead">This cannot be searched for as it stands.</p>
        </Head>
        <SearchFilters path={PATH} query={query} issues={issues} />
      </>
    ),
  };
}

const about = ({ q }: PageQuery) => ({ title: q ? `Search: ${q}` : 'Search', searched: q });

function Head({ title, q, children }: { title: string; q?: string | undefined; children: ComponentChildren }) {
  return (
    <header class="head search-head">
      <h1>
        {title} {q && <q dir="auto">{q}</q>}
      </h1>
      {children}
    </header>
  );
}

function Start({ query }: { query: PageQuery }) {
  return (
    <>
      <Head title="Search">
        <p class="lead">Claims, statements, people and sources, in one list.</p>
      </Head>
      <SearchFilters path={PATH} query={query} />
      <Syntax />
    </>
  );
}

function Nothing({ query }: { query: PageQuery }) {
  const { q = '', asOf, cursor: _, ...filters } = query;
  const isFiltered = searchFilters.some((name) => name in filters);
  const words = q.match(/[\p{L}\p{N}][^\s"]*/gu) ?? [];
  const isPlain = words.length > 1 && words.length < 8 && !/(^|\s)-|\bor\b/i.test(q);
  return (
    <>
      <div class="empty">
        <p>Nothing on record {isFiltered ? 'has these words and fits the filters' : 'has these words'}.</p>
        <ul>
          {isFiltered && (
            <li>
              <a href={withQuery(PATH, { q, asOf })}>Search without the filters</a>
            </li>
          )}
          {isPlain && (
            <li>
              <a href={withQuery(PATH, { ...query, q: words.join(' OR ') })}>Search for any of the words</a>
            </li>
          )}
          {asOf && (
            <li>
              <a href={withQuery(PATH, { ...filters, q })}>Search the record as it stands now</a>
            </li>
          )}
          <li>
            <a href="/people">Look through the people</a> or <a href="/topics">the topics</a>
          </li>
        </ul>
      </div>
      <Syntax />
    </>
  );
}

function Syntax() {
  const ways = [
    ['bridge closed', 'has both words, in any form: “closing of bridges” too'],
    ['"closed for a week"', 'has these words one after another'],
    ['bridge OR tunnel', 'has one of them'],
    ['bridge -toll', 'has the first and not the second'],
    ['Selenskyj', 'a name, in any spelling or script: also what its bearer said'],
  ] as const;
  return (
    <section class="terms" aria-labelledby="ways">
      <h2 id="ways">How to ask</h2>
      <dl>
        {ways.map(([typed, meaning]) => (
          <div>
            <dt>
              <a href={withQuery(PATH, { q: typed })}>{typed}</a>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
