import type { ComponentChildren } from 'preact';
import type { DateAnswer, TimelineItem } from '../answers.ts';
import { Utterance } from './utterance.tsx';

/** Statements in the order of time, under the years in which they were made. */
export function Timeline({
  items,
  onClaim,
  level: Heading = 'h3',
  deeds,
}: {
  items: readonly TimelineItem[];
  onClaim?: string;
  level?: 'h2' | 'h3';
  /** What can be done with each. */
  deeds?: (item: TimelineItem) => ComponentChildren;
}) {
  return (
    <div class="timeline">
      {byYear(items).map(([year, ofYear]) => (
        <section class="year" aria-label={year}>
          <Heading class="year-name">{year}</Heading>
          {ofYear.map((item) => (
            <Utterance item={item} onClaim={onClaim} deeds={deeds?.(item)} />
          ))}
        </section>
      ))}
    </div>
  );
}

function byYear(items: readonly TimelineItem[]): [string, TimelineItem[]][] {
  const years: [string, TimelineItem[]][] = [];
  for (const item of items) {
    const year = yearOf(item.statement.saidOn);
    const last = years.at(-1);
    if (last?.[0] === year) last[1].push(item);
    else years.push([year, [item]]);
  }
  return years;
}

/** The year where a date sorts: of its lower bound or, where that is open, of the last moment before its upper one. */
function yearOf({ from, until }: DateAnswer): string {
  if (from) return yearInWords(Number(/^[+-]?\d+/.exec(from)?.[0]));
  if (!until) return 'Undated';
  const year = Number(/^[+-]?\d+/.exec(until)?.[0]);
  return yearInWords(/-01-01T00:00:00$/.test(until) ? year - 1 : year);
}

/** Astronomical year 0 is 1 BC. */
const yearInWords = (year: number): string => (year > 0 ? String(year) : `${1 - year} BC`);
