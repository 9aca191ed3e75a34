import { DateError } from './date-error.ts';
import { daysInMonth, shiftDays, toIso, type WallClock, wallClock } from './wall-clock.ts';

const EXAMPLES = 'Write 2025-02-12T12:00:00Z, 2025-02-12T15:00:00+03:00, or 2025-02-12 for the end of that day in UTC.';
const LONGEST = 40;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,6}))?)?$/;
const ZONE = /(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)$/;

/**
 * The moment of an as-of question, in UTC with six digits of a second: `2025-02-12T12:00:00.123456Z`. It stays text
 * because a JS Date cuts microseconds. A bare date means the last microsecond of that day in UTC.
 * Throws DateError, also for a moment that is still to come: its answer could change.
 */
export function parseInstant(text: string, now: Date): string {
  if (text.length > LONGEST) throw new DateError(`An instant has at most ${LONGEST} characters. ${EXAMPLES}`);
  const [dayText = '', ...rest] = text.split('T');
  const day = readDay(dayText, text);
  if (rest.length === 0) return endOfDay(text, day, now);
  const { time, fraction } = readTime(rest.join('T'), text);

  const utc = day + time;
  if (utc + Number(fraction.slice(0, 3)) > now.getTime()) {
    throw new DateError(inTheFuture(text));
  }
  return `${toIso(utc)}.${fraction}Z`;
}

function readDay(text: string, whole: string): WallClock {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) {
    throw new DateError(`“${whole}” is not an instant. ${adviceOn(whole)}`);
  }
  if (year < 1000) throw new DateError(`“${whole}” is before the year 1000, and before any record.`);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new DateError(`“${whole}” is not in the calendar.`);
  }
  return wallClock(year, month, day);
}

/** The day's last microsecond counts as past only when the day is over, or the answer could still change. */
function endOfDay(text: string, day: WallClock, now: Date): string {
  if (day > now.getTime()) throw new DateError(inTheFuture(text));
  if (shiftDays(day, 1) > now.getTime()) {
    throw new DateError(
      `“${text}” is not over yet in UTC. For the present state leave “asOf” out, or write a time that has passed.`,
    );
  }
  return `${text}T23:59:59.999999Z`;
}

/** Milliseconds to add to the day's start in UTC, and the fraction of the second apart, as six digits. */
function readTime(text: string, whole: string): { time: number; fraction: string } {
  const zone = ZONE.exec(text);
  const clock = CLOCK.exec(zone ? text.slice(0, zone.index) : text);
  if (!clock) throw new DateError(`“${whole}” is not an instant. ${adviceOn(whole)}`);
  if (!zone) {
    throw new DateError(
      `“${whole}” has no time zone, so it is a different moment in each place. Write ${whole}Z for UTC, or add an offset such as +03:00.`,
    );
  }
  const [, hour, minute, second = '0', fraction = ''] = clock;
  const [, sign, offsetHours = '0', offsetMinutes = '0'] = zone;

  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const time = ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000;
  return { time, fraction: fraction.padEnd(6, '0') };
}

function inTheFuture(text: string): string {
  return `“${text}” is in the future. What will be known then cannot be answered yet.`;
}

function adviceOn(text: string): string {
  // In an address a bare + means a space.
  if (/T\S* \d\d(:?\d\d)?$/.test(text)) return 'In an address write the + of an offset as %2B.';
  if (/[.,]\d{7,}/.test(text)) return 'Seconds may have up to six decimals.';
  return EXAMPLES;
}
