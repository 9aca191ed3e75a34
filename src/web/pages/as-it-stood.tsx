import { Instant } from '../html/when.tsx';
import { type PageQuery, withQuery } from './page-query.ts';

/** Says that the page shows the past, and leads to the present. */
export function AsItStood({ path, query }: { path: string; query: PageQuery }) {
  const { asOf, cursor: _, ...present } = query;
  if (asOf === undefined) return null;
  return (
    <p class="as-it-stood" role="note">
      This is the record as it stood <Then asOf={asOf} />.{' '}
      <a href={withQuery(path, present)}>See it as it stands now</a>
    </p>
  );
}

function Then({ asOf }: { asOf: string }) {
  if (/Z$/i.test(asOf))
    return (
      <>
        at <Instant at={asOf} />
      </>
    );
  return (
    <>
      {asOf.includes('T') ? 'at' : 'at the end of'} <time datetime={asOf}>{asOf}</time>
    </>
  );
}

/** Asks for a page as it stood on a day; what else was asked stays. */
export function AskAsOf({ path, query }: { path: string; query: PageQuery }) {
  const { asOf, cursor: _, ...others } = query;
  return (
    <form class="ask-as-of" action={path}>
      {Object.entries(others).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label for="as-of">As it stood on</label>{' '}
      <input id="as-of" type="text" name="asOf" value={asOf} placeholder="2025-02-12" required />{' '}
      <button type="submit">Show</button>
    </form>
  );
}
