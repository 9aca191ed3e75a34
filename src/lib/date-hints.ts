import type { Tree } from 'edtf';
import { monthName, monthNumber } from './months.ts';
import { daysInMonth } from './wall-clock.ts';

const EXAMPLES =
  'Write 2025-02-08, 2025-02, 2025, 2025-02-08~ (about), 2025-02-08/2025-02-09 (between) or 2025-02-09T14:30:00+03:00.';

/** What is wrong with a text that is no EDTF at all, and the EDTF it may stand for. */
export function explainUnreadable(text: string): string {
  return hintFor(text) ?? `“${text}” is not a date in EDTF. ${EXAMPLES}`;
}

/** For the usual ways to write a date that are not EDTF; else undefined. */
export function hintFor(text: string): string | undefined {
  if (text.trim() === '') return `The date is empty. ${EXAMPLES}`;
  return dayAndMonthInDoubt(text) ?? yearFirst(text) ?? timeOfDay(text) ?? inEnglish(text) ?? withSpaces(text);
}

/** For what the grammar reads but level 0 and 1 don't have. */
export function explainLevelTwo(text: string, tree: Tree): string {
  if (tree.type === 'Date' && text.includes('T')) return timeOfDay(text) ?? explainUnreadable(text);
  if (tree.type === 'Year' && !/[ES]/.test(text)) return outOfRange(text);
  return `“${text}” is not EDTF level 0 or 1, which are the ones kept here. ${levelTwoAdvice(text, tree)}`;
}

export function outOfRange(text: string): string {
  return `“${text}” is outside the years that can be kept, -4712 to 9999.`;
}

/** `09/02/2025` is 9 February to some and 2 September to others: name what it can be, choose nothing. */
function dayAndMonthInDoubt(text: string): string | undefined {
  const readings = readingsOfNumbers(text);
  if (!readings) return undefined;
  const [one, other] = readings.map((edtf) => `${dayInWords(edtf)} (${edtf})`);

  if (!one) return `“${text}” is not in the calendar, read day first or month first. ${EXAMPLES}`;
  if (!other) return `“${text}” is not EDTF: the year goes first. It can only be ${one}: write that.`;
  return `“${text}” can be read in two ways: ${one} or ${other}. Write the one you mean.`;
}

/** The days that `09/02/2025` can mean, day first before month first; undefined for what is not written so. */
export function readingsOfNumbers(text: string): string[] | undefined {
  const [, first, second, year] = /^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*$/.exec(text) ?? [];
  if (!first || !second || !year) return undefined;
  const days = [
    dayInEdtf(Number(year), Number(second), Number(first)),
    dayInEdtf(Number(year), Number(first), Number(second)),
  ];
  return [...new Set(days.filter((day) => day !== undefined))];
}

function dayInWords(edtf: string): string {
  const [year, month, day] = edtf.split('-').map(Number);
  return `${day} ${monthName(month!)} ${year}`;
}

function yearFirst(text: string): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?\s*$/.exec(text) ?? [];
  if (!year || !month) return compactDay(text);
  if (/^\d{4}-\d\d(-\d\d)?$/.test(text)) return undefined;
  return didYouMean(text, day ? dayInEdtf(Number(year), Number(month), Number(day)) : monthInEdtf(year, Number(month)));
}

function compactDay(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  if (!year) return undefined;
  return didYouMean(text, dayInEdtf(Number(year), Number(month), Number(day)));
}

function timeOfDay(text: string): string | undefined {
  const [, day, time = '', fraction, offset = ''] =
    /^(-?\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)([.,]\d+)? ?([Zz]|[+−-]\d\d(?::?\d\d)?)?$/.exec(text) ?? [];
  if (!day) return undefined;
  if (time.startsWith('24')) {
    return `“${text}”: hours run from 00 to 23. Midnight is 00:00:00 of the day that begins with it.`;
  }
  const minutesApart = offset
    .toUpperCase()
    .replace('−', '-')
    .replace(/(\d\d):?(\d\d)$/, '$1:$2');
  const right = `${day}T${time.length === 5 ? `${time}:00` : time}${minutesApart}`;
  const asked = fraction ? 'whole seconds' : 'hours, minutes and seconds';
  if (right !== text) return `“${text}”: a time has ${asked}, and an offset or none. Did you mean ${right}?`;
  return `“${text}” is not a time of day: times run from 00:00:00 to 23:59:59, offsets from -12:00 to +14:00.`;
}

function inEnglish(text: string): string | undefined {
  return didYouMean(text, edtfInEnglish(text));
}

/** EDTF of `8 Feb 2025`, `about February 8th, 2025`, `spring 2025`, `the 2010s`. */
export function edtfInEnglish(text: string): string | undefined {
  const plain = text.trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');
  const [, about, words = ''] = /^(about |around |approximately |circa |ca?\.? ?)?(?:the )?(.*)$/.exec(plain) ?? [];
  const edtf = dayFromWords(words) ?? monthFromWords(words) ?? decadeFromWords(words) ?? yearFromWords(words);
  return edtf && about && !edtf.includes('X') ? `${edtf}~` : edtf;
}

function dayFromWords(words: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+)\.? (\d{4})$/.exec(words) ?? [];
  if (month) return dayInEdtf(Number(year), monthNumber(month), Number(day));
  const [, us, usDay, usYear] = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/.exec(words) ?? [];
  return us ? dayInEdtf(Number(usYear), monthNumber(us), Number(usDay)) : undefined;
}

function monthFromWords(words: string): string | undefined {
  const [, word = '', year] = /^([a-z]+)\.? (?:of )?(\d{4})$/.exec(words) ?? [];
  if (!year) return undefined;
  const season = SEASONS[word];
  return season ? `${year}-${season}` : monthInEdtf(year, monthNumber(word));
}

const SEASONS: Record<string, string> = { spring: '21', summer: '22', autumn: '23', fall: '23', winter: '24' };

function decadeFromWords(words: string): string | undefined {
  return /^\d{3}0['’]?s$/.test(words) ? `${words.slice(0, 3)}X` : undefined;
}

/** Historians have no year 0, EDTF has: 44 BC is -0043. */
function yearFromWords(words: string): string | undefined {
  const [, before] = /^(\d{1,4}) bce?$/.exec(words) ?? [];
  if (before && before !== '1') return `-${String(Number(before) - 1).padStart(4, '0')}`;
  return /^\d{4}$/.test(words) ? words : undefined;
}

function withSpaces(text: string): string | undefined {
  return /\s/.test(text) ? `“${text}” has a space in it, which EDTF never has. ${EXAMPLES}` : undefined;
}

function levelTwoAdvice(text: string, tree: Tree): string {
  if (tree.type === 'Set' || tree.type === 'List')
    return 'Write the interval that spans the dates: 2025-02-08/2025-02-10.';
  if (tree.type === 'Century') return `Write a century with XX: ${text.replace(/[?~%]$/, '')}XX.`;
  if (tree.type === 'Decade') return `Write a decade with X: ${text.replace(/[?~%]$/, '')}X.`;
  if (tree.type === 'Season') return 'Seasons are 21 (spring), 22, 23 and 24 (winter), after a whole year: 2025-21.';
  if (tree.type === 'Year') return 'Write the year with four digits, or the span as an interval: 1900/1999.';
  if (/^X{4}/.test(text)) return 'Without a year it does not say when; leave the date out.';
  if (text.includes('X')) return 'X stands for digits at the right: 201X, 20XX, 2025-XX, 2025-02-XX.';
  return 'A ?, ~ or % goes to the end and holds for the whole date: 2025-02-08~.';
}

function didYouMean(text: string, edtf: string | undefined): string | undefined {
  return edtf && `“${text}” is not EDTF. Did you mean ${edtf}?`;
}

function dayInEdtf(year: number, month: number | undefined, day: number): string | undefined {
  if (!isMonth(month) || day < 1 || day > daysInMonth(year, month)) return undefined;
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
}

function monthInEdtf(year: string, month: number | undefined): string | undefined {
  return isMonth(month) ? `${year}-${twoDigits(month)}` : undefined;
}

function isMonth(month: number | undefined): month is number {
  return month !== undefined && month >= 1 && month <= 12;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
