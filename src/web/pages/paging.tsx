import type { ListOf } from '../answers.ts';
import { type PageQuery, withQuery } from './page-query.ts';

/** Where the next page of a list is; undefined at its end. */
export function nextPage(path: string, query: PageQuery, { page }: Pick<ListOf<unknown>, 'page'>): string | undefined {
  return page.next === null ? undefined : withQuery(path, { ...query, cursor: page.next });
}

/** The way on in a list, and back to its beginning. */
export function Paging({ path, query, next }: { path: string; query: PageQuery; next: string | undefined }) {
  const { cursor, ...first } = query;
  if (!next && !cursor) return null;
  return (
    <nav class="paging" aria-label="Pages of this list">
      {cursor && <a href={withQuery(path, first)}>To the beginning</a>}
      {next && (
        <a class="next" rel="next" href={next}>
          Go on
        </a>
      )}
    </nav>
  );
}
