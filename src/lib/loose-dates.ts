import { edtfInEnglish, readingsOfNumbers } from './date-hints.ts';
import { DateError, parseEdtf } from './dates.ts';

const STAMP =
  /^(-?\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?::\d\d)?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * EDTF of a date as programs and sites write it: ISO 8601 with a space for the T, with fractions, `UTC`, `+0100`; `March 3,
 * 2024`; `25/12/2024`, which can be but one day. Midnight to the second is how a mere day is written, so it becomes one.
 * Undefined for what cannot be read in one way alone.
 */
export function looseDate(text: string): string | undefined {
  const given = text.trim();
  const [, day, time, seconds = '00', zone = ''] = STAMP.exec(given) ?? [];
  if (day === undefined) return valid(given) ?? onlyReading(given) ?? edtfInEnglish(given);
  if (time === undefined || (time === '00:00' && seconds === '00')) return valid(day);
  const offset = /^(utc|gmt|z)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  return valid(`${day}T${time}:${seconds}${offset}`) ?? valid(day);
}

function onlyReading(text: string): string | undefined {
  const [one, other] = readingsOfNumbers(text) ?? [];
  return other === undefined ? one : undefined;
}

function valid(edtf: string): string | undefined {
  try {
    return parseEdtf(edtf).edtf;
  } catch (error) {
    if (error instanceof DateError) return undefined;
    throw error;
  }
}
