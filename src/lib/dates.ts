import { DateError } from './date-error.ts';
import { hintFor } from './date-hints.ts';
import { intervalInWords, momentInWords } from './date-words.ts';
import { type Moment, readMoment, spanOf, widenedSpan } from './edtf.ts';
import { toIso, type WallClock } from './wall-clock.ts';

export { DateError } from './date-error.ts';
export { parseInstant } from './instants.ts';
export { fromSqlTimestamp, toSqlTimestamp } from './wall-clock.ts';

/**
 * A date that a record speaks of. `from` and `until` are half-open bounds in wall-clock time, `YYYY-MM-DDTHH:MM:SS`
 * without zone (see `wall-clock.ts` for years outside 0–9999); null is no bound. `sort` is where it stands in a list.
 */
export type EdtfDate = {
  edtf: string;
  from: string | null;
  until: string | null;
  sort: string | null;
  text: string;
};

export type Period = { from: string | null; until: string | null };

/**
 * Reads EDTF (ISO 8601-2) levels 0 and 1, in the profile written down in `edtf.ts`, and derives its bounds:
 * an offset is kept in `edtf` and not applied, `~` and `%` widen by one unit of the precision each way, `?` does not,
 * an interval means "some time within". `X/..` has no `until`; `../X` has no `from` and sorts where X begins.
 * Throws DateError.
 */
export function parseEdtf(text: string): EdtfDate {
  const { from, until, sort, words } = readDate(text);
  return { edtf: text, from: isoOrNull(from), until: isoOrNull(until), sort: isoOrNull(sort), text: words };
}

/**
 * The bounds of a filter: everything from the first instant of `from` to the last of `to`, both EDTF, for a test of
 * overlap: `until > period.from and from < period.until`. Undefined is no bound. Throws DateError.
 */
export function parsePeriod(from?: string, to?: string): Period {
  const first = from === undefined ? null : readDate(from);
  const last = to === undefined ? null : readDate(to);
  if (first && first.from === null) throw new DateError(`“${from}” has no beginning to filter from. Leave “from” out.`);
  if (last && last.until === null) throw new DateError(`“${to}” has no end to filter to. Leave “to” out.`);

  const start = first?.from ?? null;
  const end = last?.until ?? null;
  if (start !== null && end !== null && end <= start) {
    throw new DateError(`The period from “${from}” to “${to}” ends before it begins. Swap the two.`);
  }
  return { from: isoOrNull(start), until: isoOrNull(end) };
}

const LONGEST = 80;

type ReadDate = { from: WallClock | null; until: WallClock | null; sort: WallClock | null; words: string };

function readDate(text: string): ReadDate {
  if (text.length > LONGEST) throw new DateError(`A date has at most ${LONGEST} characters.`);
  if (text.includes('/')) return readInterval(text);
  const moment = readMoment(text);
  const { start, end } = widenedSpan(moment);
  return { from: start, until: end, sort: start, words: momentInWords(moment) };
}

function readInterval(text: string): ReadDate {
  const hint = hintFor(text);
  if (hint) throw new DateError(hint);

  const [startText = '', endText = '', ...more] = text.split('/');
  if (more.length > 0) throw new DateError(`“${text}” has more than one slash: an interval has a start and an end.`);
  refuseShortEnd(startText, endText);
  const start = readEnd(startText);
  const end = readEnd(endText);
  if (!start && !end) {
    throw new DateError(`“${text}” says nothing about when. Give it a start or an end: ../2025-02-08.`);
  }
  if (start && end) refuseBackwards(text, start, end);

  const from = start && widenedSpan(start).start;
  const until = end && widenedSpan(end).end;
  const sort = from ?? (end && widenedSpan(end).start);
  return { from, until, sort, words: intervalInWords(start, end) };
}

/** Null for an end that is open (`..`) or unknown (empty): neither gives a bound. */
function readEnd(text: string): Moment | null {
  if (text === '' || text === '..') return null;
  const moment = readMoment(text);
  if (moment.shape === 'instant') {
    throw new DateError(`“${text}” cannot be an end of an interval: EDTF intervals go by whole days, without times.`);
  }
  if (moment.edtf.includes('X')) {
    throw new DateError(`“${text}” cannot be an end of an interval: X digits in intervals are EDTF level 2.`);
  }
  return moment;
}

/** ISO 8601 lets `2025-02-08/10` share the month; EDTF reads that 10 as a century. */
function refuseShortEnd(start: string, end: string): void {
  const shared = /^(\d{4}-\d\d-)\d\d$/.exec(start)?.[1];
  if (shared && /^\d\d$/.test(end)) {
    throw new DateError(`“${start}/${end}” leaves out the month of its end. Write ${start}/${shared}${end}.`);
  }
}

function refuseBackwards(text: string, start: Moment, end: Moment): void {
  if (spanOf(end).end <= spanOf(start).start) {
    throw new DateError(`“${text}” ends before it starts. Write the earlier date first: ${end.edtf}/${start.edtf}.`);
  }
  if (spanOf(end).start < spanOf(start).start) {
    throw new DateError(
      `“${text}” ends in a period that begins before its start. Write the end as exactly as the start ${start.edtf}.`,
    );
  }
}

function isoOrNull(time: WallClock | null): string | null {
  return time === null ? null : toIso(time);
}
