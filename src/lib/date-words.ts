import type { Moment } from './edtf.ts';
import { monthName } from './months.ts';

const SEASONS = ['spring', 'summer', 'autumn', 'winter'];

/** In English: `about 8 February 2025`, `spring 2025`, `the 2010s`, `44 BC`. */
export function momentInWords(moment: Moment): string {
  const { uncertain, approximate } = moment;
  return `${uncertain ? 'possibly ' : ''}${approximate ? 'about ' : ''}${plainWords(moment)}`;
}

/** `between 8 and 9 February 2025`, `on or before 8 February 2025`, `in or after 2025`. A null end is open or unknown. */
export function intervalInWords(start: Moment | null, end: Moment | null): string {
  if (!start || !end) {
    const known = start ?? end;
    if (!known) return 'at an unknown time';
    return `${known.shape === 'day' ? 'on' : 'in'} or ${end ? 'before' : 'after'} ${momentInWords(known)}`;
  }
  if (start.edtf === end.edtf) return momentInWords(start);
  return `between ${withoutWhatFollows(start, end)} and ${momentInWords(end)}`;
}

/** "8 February 2025" before "and 9 February 2025" is just "8". */
function withoutWhatFollows(start: Moment, end: Moment): string {
  const plain = ![start, end].some((moment) => moment.uncertain || moment.approximate);
  if (!plain || start.shape !== end.shape || start.year !== end.year || start.month === 24 || end.month === 24) {
    return momentInWords(start);
  }
  if (start.shape === 'day')
    return start.month === end.month ? `${start.day}` : `${start.day} ${monthName(start.month)}`;
  if (start.shape === 'month') return monthName(start.month);
  if (start.shape === 'season') return seasonName(start.month);
  return momentInWords(start);
}

/** `12 February 2026, 12:00 UTC` of an instant in UTC such as `2026-02-12T12:00:00.123456Z`. */
export function instantInWords(instant: string): string {
  const [year = '', month = '', day = ''] = instant.slice(0, 10).split('-');
  return `${Number(day)} ${monthName(Number(month))} ${year}, ${instant.slice(11, 16)} UTC`;
}

function plainWords(moment: Moment): string {
  const { shape, year, month } = moment;
  switch (shape) {
    case 'instant':
      return `${dayInWords(moment)}, ${timeInWords(moment)}`;
    case 'day':
      return dayInWords(moment);
    case 'month':
      return `${monthName(month)} ${yearInWords(year)}`;
    case 'season':
      return month === 24 ? winterInWords(year) : `${seasonName(month)} ${yearInWords(year)}`;
    case 'year':
      return yearInWords(year);
    case 'someDay':
      return `some day in ${monthName(month)} ${yearInWords(year)}`;
    case 'someMonth':
      return `some month in ${yearInWords(year)}`;
    case 'someDayOfYear':
      return `some day in ${yearInWords(year)}`;
    case 'decade':
      return decadeInWords(moment);
    case 'century':
      return yearsInWords(moment, 100);
  }
}

function dayInWords({ year, month, day }: Moment): string {
  return `${day} ${monthName(month)} ${yearInWords(year)}`;
}

function timeInWords({ hour, minute, second, offset }: Moment): string {
  const fields = second === 0 ? [hour, minute] : [hour, minute, second];
  const time = fields.map((field) => String(field).padStart(2, '0')).join(':');
  if (offset === '') return time;
  return `${time} (${offset === 'Z' ? 'UTC' : `UTC${offset}`})`;
}

function seasonName(season: number): string {
  return SEASONS[season - 21] ?? '';
}

/** Our winter 2024 runs from December 2024 to February 2025. */
function winterInWords(year: number): string {
  if (year < 1000) return `winter of ${yearInWords(year)} to ${yearInWords(year + 1)}`;
  const next = String(year + 1);
  return `winter ${year}–${next.endsWith('00') ? next : next.slice(-2)}`;
}

/** "The 1900s" could be ten years or a hundred, so that decade is spelled out. */
function decadeInWords(moment: Moment): string {
  const { year } = moment;
  return year >= 1000 && year % 100 !== 0 ? `the ${year}s` : yearsInWords(moment, 10);
}

function yearsInWords({ edtf, year }: Moment, count: number): string {
  const [first, last] = edtf.startsWith('-') ? [year - count + 1, Math.min(year, -1)] : [year, year + count - 1];
  return `between ${yearInWords(first)} and ${yearInWords(last)}`;
}

/** Astronomical year 0 is 1 BC. Early years get their era, or `23` would look like a day. */
function yearInWords(year: number): string {
  if (year <= 0) return `${1 - year} BC`;
  return year < 1000 ? `AD ${year}` : String(year);
}
