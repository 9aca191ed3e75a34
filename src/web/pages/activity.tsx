import { monthName } from '../../lib/months.ts';
import type { Profile } from '../answers.ts';
import { type Tone, toneOf, tones } from '../html/verdict.tsx';
import { type PageQuery, withQuery } from './page-query.ts';

/** Months are drawn where they fit in, else years, else decades. */
const MOST_BARS = 36;
/** Of the highest bar at most, and of one statement, in pixels. */
const HIGHEST = 80;
const ONE = 14;
const AXIS = 20;

type Unit = 'month' | 'year' | 'decade';
type ToneOrNone = Tone | 'none';

interface Bar {
  /** Months since the year 0 of its beginning. */
  start: number;
  count: number;
  tones: Partial<Record<ToneOrNone, number>>;
}

const MONTHS: Record<Unit, number> = { month: 1, year: 12, decade: 120 };
const NAMES: Record<ToneOrNone, string> = { ...tones, none: 'on no claim' };
const ORDER = Object.keys(NAMES) as ToneOrNone[];

/** Statements over time, by what was found on what they claim. Each bar leads to its part of the timeline. */
export function Activity({ items, path, query }: { items: Profile['activity']; path: string; query: PageQuery }) {
  if (items.length === 0) return null;
  const months = items.map(({ month }) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1);
  const unit = unitFor(months[0]!, months.at(-1)!);
  const [first, last] = edges(months, unit);
  const slots = (last - first) / MONTHS[unit];
  const bars = barsOf(items, months, unit);
  const most = Math.max(...bars.map(({ count }) => count));
  const height = Math.min(HIGHEST, most * ONE);
  const { cursor: _, from: __, to: ___, ...others } = query;
  const percent = (part: number) => `${Number(((part / slots) * 100).toFixed(3))}%`;
  return (
    <figure class="activity">
      <figcaption>
        Statements each {unit}, by what was found: <Legend items={items} path={path} query={others} />
      </figcaption>
      <svg class="bars" width="100%" height={height + AXIS}>
        <title>{`Statements each ${unit}`}</title>
        {bars.map((bar) => {
          const slot = (bar.start - first) / MONTHS[unit];
          const period = periodOf(bar.start, unit);
          const told = `${period.name}: ${inWords(bar)}`;
          return (
            <a
              href={withQuery(path, { ...others, from: period.from, to: period.to })}
              aria-label={told}
              class={isChosen(period, query) ? 'chosen' : undefined}
            >
              <title>{told}</title>
              <rect class="ground" x={percent(slot)} y="0" width={percent(1)} height={height} />
              <Stack bar={bar} base={height} one={height / most} x={percent(slot + 0.12)} width={percent(0.76)} />
            </a>
          );
        })}
        <line class="axis" x1="0" x2="100%" y1={height + 0.5} y2={height + 0.5} />
        <Years first={first} slots={slots} unit={unit} percent={percent} y={height + 16} />
      </svg>
    </figure>
  );
}

/** `base` is where it stands, `one` the height of one statement. */
function Stack({ bar, base, one, x, width }: { bar: Bar; base: number; one: number; x: string; width: string }) {
  let top = base;
  return (
    <>
      {ORDER.map((tone) => {
        const count = bar.tones[tone];
        if (!count) return null;
        const height = count * one;
        top -= height;
        return (
          <rect
            class={`is-${tone}`}
            x={x}
            y={round(top)}
            width={width}
            height={round(Math.max(1, height - 0.75))}
            rx="1"
          />
        );
      })}
    </>
  );
}

/** The years below the bars, as many as can be read on a narrow screen. */
function Years({
  first,
  slots,
  unit,
  percent,
  y,
}: {
  first: number;
  slots: number;
  unit: Unit;
  percent: (part: number) => string;
  y: number;
}) {
  const last = first + slots * MONTHS[unit];
  const step = unit === 'decade' ? 50 : Math.ceil((last - first) / 12 / 5);
  const years: number[] = [];
  for (let year = first / 12; year * 12 < last; year++) if (year % step === 0) years.push(year);
  return (
    <>
      {years.map((year) => (
        <text x={percent((year * 12 - first) / MONTHS[unit])} y={y}>
          {year}
        </text>
      ))}
    </>
  );
}

/** What the tones stand for, with how many there are of each; a tone leads to the statements that it counts. */
function Legend({ items, path, query }: { items: Profile['activity']; path: string; query: PageQuery }) {
  const counts = ORDER.map((tone) => {
    const of = items.filter(({ status }) => toneOrNone(status) === tone);
    const statuses = [...new Set(of.map(({ status }) => status))].join(',');
    return { tone, statuses, count: of.reduce((sum, { count }) => sum + count, 0) };
  });
  return (
    <ul class="legend">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ tone, statuses, count }) => (
          <li class={`verdict is-${tone}`}>
            {tone === 'none' ? (
              NAMES[tone]
            ) : (
              <a href={withQuery(path, { ...query, status: statuses })}>{NAMES[tone]}</a>
            )}{' '}
            <span class="count">{count}</span>
          </li>
        ))}
    </ul>
  );
}

const toneOrNone = (status: Profile['activity'][number]['status']): ToneOrNone => (status ? toneOf(status) : 'none');

function unitFor(first: number, last: number): Unit {
  if (last - first < MOST_BARS) return 'month';
  return (last - first) / 12 < MOST_BARS ? 'year' : 'decade';
}

/** Months are drawn as whole years; of years and decades there are as many as there are, but room for a dozen. */
function edges(months: readonly number[], unit: Unit): [first: number, last: number] {
  const [first, last] = [months[0]!, months.at(-1)!];
  if (unit === 'month') return [floor(first, 'year'), floor(last, 'year') + 12];
  return [floor(first, unit), Math.max(floor(last, unit) + MONTHS[unit], floor(first, unit) + 12 * MONTHS[unit])];
}

const floor = (month: number, unit: Unit): number => Math.floor(month / MONTHS[unit]) * MONTHS[unit];

function barsOf(items: Profile['activity'], months: readonly number[], unit: Unit): Bar[] {
  const bars = new Map<number, Bar>();
  items.forEach(({ status, count }, index) => {
    const start = floor(months[index]!, unit);
    const bar = bars.get(start) ?? { start, count: 0, tones: {} };
    const tone = toneOrNone(status);
    bars.set(start, {
      start,
      count: bar.count + count,
      tones: { ...bar.tones, [tone]: (bar.tones[tone] ?? 0) + count },
    });
  });
  return [...bars.values()];
}

/** The dates between which a bar is, as the filters take them. */
function periodOf(start: number, unit: Unit): { name: string; from: string; to: string } {
  const year = String(Math.floor(start / 12)).padStart(4, '0');
  if (unit === 'year') return { name: year, from: year, to: year };
  if (unit === 'decade') {
    const last = String(Number(year) + 9).padStart(4, '0');
    return { name: `${year} to ${last}`, from: year, to: last };
  }
  const month = (start % 12) + 1;
  const date = `${year}-${String(month).padStart(2, '0')}`;
  return { name: `${monthName(month)} ${Number(year)}`, from: date, to: date };
}

const isChosen = (period: { from: string; to: string }, query: PageQuery): boolean =>
  query.from === period.from && query.to === period.to;

function inWords({ count, tones: of }: Bar): string {
  const parts = ORDER.flatMap((tone) => (of[tone] ? [`${of[tone]} ${NAMES[tone]}`] : []));
  return `${count} ${count === 1 ? 'statement' : 'statements'} (${parts.join(', ')})`;
}

const round = (length: number): number => Number(length.toFixed(2));
