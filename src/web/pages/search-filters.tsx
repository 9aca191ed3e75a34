import { stances, verdictStatuses } from '../../domain/vocabulary.ts';
import type { Issue } from '../../errors.ts';
import { Choice } from './choice.tsx';
import { DatesNote, FilterField, WrongElsewhere } from './filter-field.tsx';
import { type PageQuery, withQuery } from './page-query.ts';

/** The filters of a search that its page knows. */
export const searchFilters = [
  'type',
  'person',
  'publisher',
  'topic',
  'language',
  'status',
  'anyStatus',
  'stance',
  'from',
  'to',
] as const;

/** What the form has fields for; the others are chosen by links, and go along. */
const TYPED = ['q', 'from', 'to', 'status', 'stance', 'asOf'];

/** The filters as a plain form, whose address can be passed on. Open where any of them is set, or wrong. */
export function SearchFilters({
  path,
  query,
  issues = [],
}: {
  path: string;
  query: PageQuery;
  issues?: readonly Issue[];
}) {
  const { cursor: _, ...asked } = query;
  const isSet = TYPED.some((name) => name in asked && name !== 'q');
  const others = [...searchFilters, 'order'].filter((name) => name in asked && !TYPED.includes(name));
  return (
    <details class="filters" open={isSet || issues.length > 0 || !asked.q}>
      <summary>Words, dates, verdicts</summary>
      <WrongElsewhere path={path} query={asked} issues={issues} fields={TYPED} />
      <form action={path}>
        <FilterField name="q" label="Words" query={asked} issues={issues} class="wide" />
        <FilterField name="from" label="From" query={asked} issues={issues} placeholder="2025-02" />
        <FilterField name="to" label="To" query={asked} issues={issues} placeholder="2025-02-08" />
        <Choice name="status" label="Our verdict" any="any" of={verdictStatuses} value={asked.status} />
        <Choice name="stance" label="Stance" any="any" of={stances} value={asked.stance} />
        <FilterField name="asOf" label="As it stood on" query={asked} issues={issues} placeholder="2025-02-12" />
        {others.map((name) => (
          <input type="hidden" name={name} value={asked[name]} />
        ))}
        <p class="deeds">
          <button type="submit">Find</button>{' '}
          {(isSet || others.length > 0) && <a href={withQuery(path, { q: asked.q })}>Without filters</a>}
        </p>
      </form>
      <DatesNote />
    </details>
  );
}
