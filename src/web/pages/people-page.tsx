import type { ListOf, Person } from '../answers.ts';
import type { Page } from '../html/page.ts';
import { RecordLink } from '../html/record-link.tsx';
import { AsItStood } from './as-it-stood.tsx';
import { type PageQuery, withQuery } from './page-query.ts';
import { nextPage, Paging } from './paging.tsx';
import { type PageRoute, paging, type Visit } from './route.ts';

/** Everyone on record, by name. */
export const peoplePage: PageRoute = { path: '/people', query: ['q', 'kind', ...paging], data: 'people', show };

async function show({ query, ask }: Visit): Promise<Page> {
  const people = await ask<ListOf<Person>>('/people', {}, { limit: '60', ...query });
  const next = nextPage('/people', query, people);
  return {
    title: 'People and organizations',
    description: 'Everyone whose statements, findings or publications are on record.',
    path: '/people',
    alternates: [
      { type: 'application/json', href: '/people.json', title: 'JSON' },
      { type: 'text/csv', href: '/people.csv', title: 'CSV' },
    ],
    next,
    main: (
      <>
        <header class="head">
          <h1>People and organizations</h1>
        </header>
        <AsItStood path="/people" query={query} />
        <FindPeople query={query} />
        {people.items.length > 0 ? (
          <ul class="index">
            {people.items.map(({ slug, name, roles, description }) => (
              <li>
                <RecordLink href={`/people/${slug}`} dir="auto">
                  {name}
                </RecordLink>{' '}
                <span class="note" dir="auto">
                  {roles.at(-1)?.title ?? description}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p class="empty">Nobody on record bears that name. Part of any spelling is enough.</p>
        )}
        <Paging path="/people" query={query} next={next} />
      </>
    ),
  };
}

function FindPeople({ query }: { query: PageQuery }) {
  const { cursor: _, kind, ...others } = query;
  const kinds = { '': 'Everyone', person: 'People', organization: 'Organizations' };
  return (
    <form class="find" action="/people">
      <label for="q">Name, or part of it</label> <input id="q" type="text" name="q" value={query.q} maxlength={200} />{' '}
      {kind && <input type="hidden" name="kind" value={kind} />}
      <button type="submit">Find</button>
      <ul class="choice" aria-label="Kind">
        {Object.entries(kinds).map(([word, label]) => (
          <li>
            <a
              href={withQuery('/people', { ...others, kind: word || undefined })}
              aria-current={(kind ?? '') === word ? 'true' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </form>
  );
}
