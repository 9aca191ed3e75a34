import { stances, verdictStatuses } from '../../domain/vocabulary.ts';
import { Choice } from './choice.tsx';
import { type PageQuery, withQuery } from './page-query.ts';

/** The filters of a timeline that a page knows. */
export const timelineFilters = ['q', 'from', 'to', 'status', 'anyStatus', 'stance', 'topic'] as const;

/** The filters as a plain form, whose address can be passed on. Open where any of them is set. */
export function TimelineFilters({ path, query }: { path: string; query: PageQuery }) {
  const { cursor: _, ...asked } = query;
  const { asOf } = asked;
  const set = [...timelineFilters, 'order'].some((name) => name in asked);
  return (
    <details class="filters" open={set || asOf !== undefined}>
      <summary>Filter, or see it as it stood on a day</summary>
      <form action={path}>
        <p class="wide">
          <label for="q">Words</label>
          <input id="q" type="text" name="q" value={asked.q} maxlength={200} />
        </p>
        <p>
          <label for="from">From</label>
          <input id="from" type="text" name="from" value={asked.from} placeholder="2025-02" aria-describedby="dates" />
        </p>
        <p>
          <label for="to">To</label>
          <input id="to" type="text" name="to" value={asked.to} placeholder="2025-02-08" aria-describedby="dates" />
        </p>
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
        <p>
          <label for="asOf">As it stood on</label>
          <input id="asOf" type="text" name="asOf" value={asked.asOf} placeholder="2025-02-12" />
        </p>
        {(['anyStatus', 'topic'] as const).map(
          (name) => name in asked && <input type="hidden" name={name} value={asked[name]} />,
        )}
        <p class="deeds">
          <button type="submit">Show</button> {set && <a href={withQuery(path, { asOf })}>Show everything</a>}
        </p>
      </form>
      <p class="note" id="dates">
        Write dates as exactly as you like: 2025, 2025-02 or 2025-02-08. Whatever may have been said then is found. “As
        it stood on” takes a day.
      </p>
    </details>
  );
}
