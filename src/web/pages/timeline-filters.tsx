import { stances, verdictStatuses } from '../../domain/vocabulary.ts';
import type { Issue } from '../../errors.ts';
import { Choice } from './choice.tsx';
import { DatesNote, FilterField, WrongElsewhere } from './filter-field.tsx';
import { type PageQuery, withQuery } from './page-query.ts';

/** The filters of a timeline that a page knows. */
export const timelineFilters = ['q', 'from', 'to', 'status', 'anyStatus', 'stance', 'topic'] as const;

/** What a text may be wrong of; the other fields are chosen from lists. */
const TYPED = ['q', 'from', 'to', 'asOf'];

/** The filters as a plain form, whose address can be passed on. Open where any of them is set, or wrong. */
export function TimelineFilters({
  path,
  query,
  issues = [],
}: {
  path: string;
  query: PageQuery;
  issues?: readonly Issue[];
}) {
  const { cursor: _, ...asked } = query;
  const { asOf } = asked;
  const set = [...timelineFilters, 'order'].some((name) => name in asked);
  return (
    <details class="filters" open={set || asOf !== undefined || issues.length > 0}>
      <summary>Filter, or see it as it stood on a day</summary>
      <WrongElsewhere path={path} query={asked} issues={issues} fields={TYPED} />
      <form action={path}>
        <FilterField name="q" label="Words" query={asked} issues={issues} class="wide" />
        <FilterField name="from" label="From" query={asked} issues={issues} placeholder="2025-02" />
        <FilterField name="to" label="To" query={asked} issues={issues} placeholder="2025-02-08" />
        <Choice name="status" label="Our verdict" any="any" of={verdictStatuses} value={asked.status} />
        <Choice name="stance" label="Stance" any="any" of={stances} value={asked.stance} />
        <p>
          <label for="order">Order</label>
          <select id="order" name="order">
            <option value="" selected={asked.order !== 'asc'}>
              newest first
            </option>
            <option value="asc" selected={asked.order === 'asc'}>
              oldest first
            </option>
          </select>
        </p>
        <FilterField name="asOf" label="As it stood on" query={asked} issues={issues} placeholder="2025-02-12" />
        {(['anyStatus', 'topic'] as const).map(
          (name) => name in asked && <input type="hidden" name={name} value={asked[name]} />,
        )}
        <p class="deeds">
          <button type="submit">Show</button> {set && <a href={withQuery(path, { asOf })}>Show everything</a>}
        </p>
      </form>
      <DatesNote />
    </details>
  );
}
