/**
 * Wall-clock time without a zone, in the proleptic Gregorian calendar with astronomical years (0 is 1 BC).
 * Inside, it is a count of milliseconds as if the wall stood in UTC. A local-time Date is never made, so results
 * are the same under every TZ.
 *
 * Outside, it is text: `YYYY-MM-DDTHH:MM:SS`. Years outside 0–9999 take a sign as in ISO 8601: `-0043-03-15T00:00:00`,
 * `+10000-01-01T00:00:00` (the upper bound of the year 9999).
 */
export type WallClock = number;

const DAY = 86_400_000;

/** Fields out of range roll over: month 13 is January of the next year, day 0 the last of the month before. */
export function wallClock(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0): WallClock {
  // Date.UTC would read the years 0–99 as 1900–1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return date.getTime();
}

export function shiftDays(time: WallClock, days: number): WallClock {
  return time + days * DAY;
}

/** For the first of a month: any other day could roll over into the next month. */
export function shiftMonths(time: WallClock, months: number): WallClock {
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime();
}

export function daysInMonth(year: number, month: number): number {
  return new Date(wallClock(year, month + 1, 0)).getUTCDate();
}

export function toIso(time: WallClock): string {
  const date = new Date(time);
  // A Date writes years outside 0–9999 with six digits, which few readers but JavaScript's expect.
  const rest = date.toISOString().replace(/^[+-]?\d+/, '');
  return `${isoYear(date.getUTCFullYear())}${rest.slice(0, '-MM-DDTHH:MM:SS'.length)}`;
}

/**
 * PostgreSQL's input form of a bound: `2025-02-08 00:00:00`, `0044-03-15 00:00:00 BC`, `10000-01-01 00:00:00`.
 * PostgreSQL counts years as historians do and has no year 0: astronomical 0 is 1 BC, -43 is 44 BC.
 * Source: PostgreSQL 15, 8.5.1 "Date/Time Input" and 9.9 on the year field.
 */
export function toSqlTimestamp(iso: string): string {
  const [, sign, digits, monthAndDay, time] = /^([+-]?)(\d{4,6})(-\d\d-\d\d)T(\d\d:\d\d:\d\d)$/.exec(iso) ?? [];
  if (!digits || !monthAndDay || !time) throw new RangeError(`Not a wall-clock time: ${iso}`);
  const year = sign === '-' ? -Number(digits) : Number(digits);
  return year > 0 ? `${fourDigits(year)}${monthAndDay} ${time}` : `${fourDigits(1 - year)}${monthAndDay} ${time} BC`;
}

/** The way back: what PostgreSQL prints (DateStyle ISO) for a `timestamp` without fractions of a second. */
export function fromSqlTimestamp(text: string): string {
  const [, digits, monthAndDay, time, bc] = /^(\d{4,6})(-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)( BC)?$/.exec(text) ?? [];
  if (!digits || !monthAndDay || !time) throw new RangeError(`Not a PostgreSQL timestamp: ${text}`);
  return `${isoYear(bc ? 1 - Number(digits) : Number(digits))}${monthAndDay}T${time}`;
}

function isoYear(year: number): string {
  if (year < 0) return `-${fourDigits(-year)}`;
  return year > 9999 ? `+${year}` : fourDigits(year);
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}
