import { parse, type Tree } from 'edtf';
import { DateError } from './date-error.ts';
import { explainLevelTwo, explainUnreadable, outOfRange } from './date-hints.ts';
import { remembering } from './remember.ts';
import { daysInMonth, shiftDays, shiftMonths, type WallClock, wallClock } from './wall-clock.ts';

/*
 * Our profile of EDTF: ISO 8601-2:2019, levels 0 and 1, as https://www.loc.gov/standards/datetime/ writes them.
 * The grammar is that of npm's `edtf`. Its test suite and that of unt-libraries/edtf-validate disagree; where they do,
 * and where the grammar is looser than the standard, we keep:
 *
 *   what                                        edtf.js    edtf-validate   here
 *   century `19`, decade `193`                  reads      not level 0–1   no: write `19XX`, `193X` (level 1)
 *   `XXXX`, `XXXX-XX-XX`                        reads      not level 0–1   no: it doesn't say when
 *   `../..`, `/..`, `../`                       reads      reads           no: it doesn't say when
 *   seasons in an interval `2003-22/2003-23`    refuses    reads           yes
 *   qualified season `2003-22~`                 level 3    1 in intervals, yes, as any other level 1 date
 *                                                          2 on its own
 *   times in an interval `…T10:10:10Z/2006`     reads      refuses         no: level 0 leaves time of day out
 *   `1985/1984`, `2004-06-11/2004-06`           reads      refuses         no: an end may not begin before its start
 *   `T14:30`, `T24:00:00`, seconds with `.042`  reads      not tested      no: the time is hh:mm:ss, complete
 *   offset `+0230`, or with the sign `−`        reads      not tested      no: `+02:30` or `+02`
 *   offsets beyond -12:00…+14:00, `-00:00`      refuses    not tested      no
 *   `2025-02-29`                                reads      not tested      no: there was no such day
 *   years beyond -4712…9999, hence all `Y…`     reads      reads           no: PostgreSQL's timestamps begin in -4713
 *   X in an interval, X left of a digit         level 2    level 2         no
 */

const FIRST_YEAR = -4712;

export type Shape =
  | 'instant' // 2025-02-09T14:30:00+03:00
  | 'day'
  | 'month'
  | 'season' // 2025-21
  | 'year'
  | 'someDay' // 2025-02-XX
  | 'someMonth' // 2025-XX
  | 'someDayOfYear' // 2025-XX-XX
  | 'decade' // 201X
  | 'century'; // 20XX

/** One EDTF date that is not an interval. */
export type Moment = {
  edtf: string;
  shape: Shape;
  /** Astronomical; of a decade or century the year nearest to 0 (2010 of `201X`, -2000 of `-20XX`). */
  year: number;
  /** 1–12; of a season 21–24. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** As written: `Z`, `+03:00`, `-04`; empty when there is none. */
  offset: string;
  uncertain: boolean;
  approximate: boolean;
};

/** Half-open, without the widening of `~` and `%`. */
export type Span = { start: WallClock; end: WallClock };

/** Throws DateError for all but a date of level 0 or 1 that the calendar has. */
export function readMoment(text: string): Moment {
  refuseUnknownDay(text);
  const tree = readTree(text);
  const shape = shapeOf(text, tree);
  const [, monthOrZero = 0, day = 1, hour = 0, minute = 0, second = 0] = tree.values;

  return {
    edtf: text,
    shape,
    year: yearOf(text, shape),
    month: shape === 'season' ? monthOrZero : monthOrZero + 1,
    day,
    hour,
    minute,
    second,
    offset: shape === 'instant' ? text.slice('YYYY-MM-DDTHH:MM:SS'.length + (text.startsWith('-') ? 1 : 0)) : '',
    uncertain: /[?%]$/.test(text),
    approximate: /[~%]$/.test(text),
  };
}

export function spanOf(moment: Moment): Span {
  const { year, month, day, hour, minute, second } = moment;
  switch (moment.shape) {
    case 'instant': {
      const start = wallClock(year, month, day, hour, minute, second);
      return { start, end: start + 1000 };
    }
    case 'day':
      return { start: wallClock(year, month, day), end: wallClock(year, month, day + 1) };
    case 'month':
    case 'someDay':
      return { start: wallClock(year, month), end: wallClock(year, month + 1) };
    case 'season': {
      const firstMonth = (month - 20) * 3;
      return { start: wallClock(year, firstMonth), end: wallClock(year, firstMonth + 3) };
    }
    case 'year':
    case 'someMonth':
    case 'someDayOfYear':
      return { start: wallClock(year), end: wallClock(year + 1) };
    case 'decade':
      return spanOfYears(moment, 10);
    case 'century':
      return spanOfYears(moment, 100);
  }
}

/**
 * `~` and `%` add one unit of the precision at each end: a day, a month, a season of three months, a year.
 * Never below the first year: PostgreSQL's timestamps begin in November of the year before (4714 BC).
 */
export function widenedSpan(moment: Moment): Span {
  const { start, end } = spanOf(moment);
  if (!moment.approximate) return { start, end };
  if (moment.shape === 'day') return { start: notTooEarly(shiftDays(start, -1)), end: shiftDays(end, 1) };
  const months = moment.shape === 'month' ? 1 : moment.shape === 'season' ? 3 : 12;
  return { start: notTooEarly(shiftMonths(start, -months)), end: shiftMonths(end, months) };
}

function notTooEarly(time: WallClock): WallClock {
  return Math.max(time, wallClock(FIRST_YEAR));
}

/** `-20XX` is -2099 to -2000; `-000X` ends at -0001, since -0000 is no year. */
function spanOfYears({ edtf, year }: Moment, count: number): Span {
  if (!edtf.startsWith('-')) return { start: wallClock(year), end: wallClock(year + count) };
  return { start: wallClock(year - count + 1), end: wallClock(Math.min(year + 1, 0)) };
}

function readTree(text: string): Tree {
  // Nearly every date is a plain year, month or day, which has been held against the calendar. The grammar takes 0.1 ms,
  // an import may bring a million of them, and a page shows dozens.
  const [, year, month, day] = /^(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year !== undefined) {
    const values = [Number(year)];
    if (month !== undefined) values.push(Number(month) - 1);
    if (day !== undefined) values.push(Number(day));
    return { type: 'Date', level: 0, values };
  }
  const tree = parseOrUndefined(text);
  if (!tree) throw new DateError(explainUnreadable(text));
  return tree;
}

/** What the grammar makes of a text; one date is read some five times on its way in. */
const parseOrUndefined = remembering(2000, (text): Tree | undefined => {
  try {
    return parse(text, { level: 3 });
  } catch {
    return undefined;
  }
});

function shapeOf(text: string, tree: Tree): Shape {
  const body = text.replace(/[?~%]$/, '');
  const shape = SHAPES.find(([, pattern]) => pattern.test(body))?.[0];
  if (!shape || (tree.type !== 'Date' && tree.type !== 'Season')) throw new DateError(explainLevelTwo(text, tree));
  return shape;
}

/** The spellings of level 0 and 1. What the grammar reads besides is level 2, or laxer than the standard. */
const SHAPES: [Shape, RegExp][] = [
  ['day', /^-?\d{4}-\d\d-\d\d$/],
  ['instant', /^-?\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(Z|[+-]\d\d(:\d\d)?)?$/],
  ['season', /^-?\d{4}-2[1-4]$/],
  ['month', /^-?\d{4}-(0\d|1[0-2])$/],
  ['year', /^-?\d{4}$/],
  ['someDay', /^-?\d{4}-\d\d-XX$/],
  ['someMonth', /^-?\d{4}-XX$/],
  ['someDayOfYear', /^-?\d{4}-XX-XX$/],
  ['decade', /^-?\d{3}X$/],
  ['century', /^-?\d\dXX$/],
];

/** Read from the text: the grammar drops the sign of `-00XX`. */
function yearOf(text: string, shape: Shape): number {
  const year = Number.parseInt(text.replaceAll('X', '0'), 10);
  const earliest = year - (text.startsWith('-') ? (shape === 'decade' ? 9 : shape === 'century' ? 99 : 0) : 0);
  if (earliest < FIRST_YEAR) throw new DateError(outOfRange(text));
  return year;
}

/** Ahead of the grammar, which takes 29 February of every year and says nothing useful about the 30th. */
function refuseUnknownDay(text: string): void {
  const [, yearText, monthText, dayText] = /^(-?\d{4})-(\d\d)(?:-(\d\d))?(?=$|[T?~%])/.exec(text) ?? [];
  if (!yearText || !monthText) return;
  const year = Number(yearText);
  const month = Number(monthText);
  if (!dayText && month > 20) return;
  if (month < 1 || month > 12) throw new DateError(`“${text}” has no such month: months run from 01 to 12.`);
  const last = daysInMonth(year, month);
  if (dayText && (Number(dayText) < 1 || Number(dayText) > last)) {
    throw new DateError(`“${text}” is not in the calendar: ${yearText}-${monthText} has the days 01 to ${last}.`);
  }
}
