import { type VerdictStatus, verdictStatuses } from '../../domain/vocabulary.ts';
import type { SearchAnswer } from '../answers.ts';
import { languageName } from '../html/languages.ts';
import { type PageQuery, withQuery } from './page-query.ts';

type FacetsAnswer = SearchAnswer['facets'];

interface Asked {
  path: string;
  query: PageQuery;
}

/** One value of a facet: how it reads, and what a search for it alone asks. */
interface Value {
  label: string;
  count: number;
  asks: PageQuery;
}

const TYPES: Record<string, string> = { claim: 'Claims', statement: 'Statements', person: 'People', source: 'Sources' };

/** How many records of which type were found; each leads to these alone. */
export function Types({ path, query, found }: Asked & { found: SearchAnswer }) {
  const { cursor: _, type, ...all } = query;
  const { facets, complete } = found;
  const count = new Map(facets.type.map(({ value, count }) => [value, count]));
  return (
    <>
      <ul class="choice" aria-label="Types of records">
        <li>
          <a href={withQuery(path, all)} aria-current={type === undefined ? 'true' : undefined}>
            Everything
          </a>
        </li>
        {Object.entries(TYPES).map(([word, label]) => (
          <li>
            {type === undefined && !count.has(word) ? (
              <span class="note">{label} 0</span>
            ) : (
              <a href={withQuery(path, { ...all, type: word })} aria-current={type === word ? 'true' : undefined}>
                {label} {count.has(word) && howMany(count.get(word)!, complete)}
              </a>
            )}
          </li>
        ))}
      </ul>
      {!complete && (
        <p class="note">
          Too many records have these words to count them all: of each there are as many as it says, or more. More
          words, or a filter, find fewer.
        </p>
      )}
    </>
  );
}

/** The filters that links have set; each leads to a search without it. */
export function Chosen({ path, query, facets }: Asked & { facets: FacetsAnswer }) {
  const { cursor: _, ...asked } = query;
  const chosen = FACETS.flatMap(({ name, values }) => {
    if (name === 'year' || asked[name] === undefined) return [];
    const label = values(facets).find(({ asks }) => asks[name] === asked[name])?.label ?? asked[name];
    return [{ name, label }];
  });
  if (chosen.length === 0) return null;
  return (
    <ul class="chosen" aria-label="Filters that are set">
      {chosen.map(({ name, label }) => (
        <li>
          <a href={withQuery(path, { ...asked, [name]: undefined })} dir="auto">
            <span class="aside">Without </span>
            {label} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What records found have in common, each with how many; a link narrows the search down to these. */
export function Facets({ path, query, found: { facets, complete } }: Asked & { found: SearchAnswer }) {
  const { cursor: _, ...asked } = query;
  const shown = FACETS.map(({ name, title, values }) => ({
    title,
    values: values(facets).filter(
      ({ asks }) => asked[name] === undefined && (name !== 'year' || !sameYear(asks, asked)),
    ),
  })).filter(({ values }) => values.length > 0);
  if (shown.length === 0) return null;
  return (
    <nav class="narrow" id="narrow" aria-label="Narrow down">
      {shown.map(({ title, values }) => (
        <section>
          <h2>{title}</h2>
          <ValueList values={values.slice(0, SHOWN)} path={path} query={asked} complete={complete} />
          {values.length > SHOWN && (
            <details>
              <summary>{values.length - SHOWN} more</summary>
              <ValueList values={values.slice(SHOWN)} path={path} query={asked} complete={complete} />
            </details>
          )}
        </section>
      ))}
    </nav>
  );
}

const SHOWN = 6;

/** A count; with a plus where not all were counted. */
const howMany = (count: number, complete: boolean): string => `${count.toLocaleString('en')}${complete ? '' : '+'}`;

function ValueList({ values, path, query, complete }: Asked & { values: readonly Value[]; complete: boolean }) {
  return (
    <ul>
      {values.map(({ label, count, asks }) => (
        <li>
          <a href={withQuery(path, { ...query, ...asks })} dir="auto">
            {label}
          </a>{' '}
          <span class="note">{howMany(count, complete)}</span>
        </li>
      ))}
    </ul>
  );
}

const sameYear = (asks: PageQuery, asked: PageQuery): boolean => asks.from === asked.from && asks.to === asked.to;

/** All but the types, in the order in which they are shown. */
const FACETS: readonly { name: string; title: string; values(facets: FacetsAnswer): Value[] }[] = [
  {
    name: 'person',
    title: 'Who',
    values: ({ person }) =>
      person.map(({ count, person: { name, slug } }) => ({ label: name, count, asks: { person: slug } })),
  },
  {
    name: 'status',
    title: 'Our verdict',
    values: ({ status }) =>
      status.map(({ value, count }) => ({
        label: verdictStatuses[value as VerdictStatus].label,
        count,
        asks: { status: value },
      })),
  },
  {
    name: 'topic',
    title: 'Topic',
    values: ({ topic }) =>
      topic.map(({ count, topic: { name, slug } }) => ({ label: name, count, asks: { topic: slug } })),
  },
  {
    name: 'year',
    title: 'Year',
    values: ({ year }) =>
      year
        .toSorted((a, b) => b.value.localeCompare(a.value))
        .map(({ value, count }) => ({ label: value, count, asks: { from: value, to: value } })),
  },
  {
    name: 'language',
    title: 'Language',
    values: ({ language }) =>
      language.map(({ value, count }) => ({ label: languageName(value), count, asks: { language: value } })),
  },
  {
    name: 'publisher',
    title: 'Published by',
    values: ({ publisher }) =>
      publisher.map(({ count, person: { name, slug } }) => ({ label: name, count, asks: { publisher: slug } })),
  },
];
