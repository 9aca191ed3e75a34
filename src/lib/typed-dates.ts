// One by one, as all of it would take 15 MB of memory.
import { formatISO } from 'date-fns/formatISO';
import { parseISO } from 'date-fns/parseISO';
import { previousDay } from 'date-fns/previousDay';
import { subDays } from 'date-fns/subDays';
import { edtfInEnglish, explainUnreadable, readingsOfNumbers } from './date-hints.ts';
import { DateError, parseEdtf } from './dates.ts';
import { looseDate } from './loose-dates.ts';
import { daysInMonth } from './wall-clock.ts';

/**
 * What a date as people type it can mean, as EDTF: one reading, or two of `09/02/2025`. It takes EDTF, ISO 8601, English
 * (`8 Feb 2025`, `about March 2025`, `early 2024`) and words that go by `today`, a day such as `2025-02-09`.
 * Throws `DateError` for what cannot be read at all.
 */
export function readTypedDate(typed: string, today: string): string[] {
  const text = typed.trim();
  const readings = readingsOfNumbers(text);
  if (readings?.length) return readings;
  const edtf = looseDate(text) ?? byToday(text.toLowerCase(), today) ?? partOf(text.toLowerCase());
  if (edtf !== undefined) return [parseEdtf(edtf).edtf];
  // Says what is wrong with what is nearly EDTF, too.
  parseEdtf(text);
  throw new DateError(explainUnreadable(text));
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `today`, `yesterday`, `3 days ago`, `on Monday` (the latest before today). */
function byToday(words: string, today: string): string | undefined {
  const day = parseISO(today);
  const written = (date: Date): string => formatISO(date, { representation: 'date' });
  if (words === 'today') return today;
  if (words === 'yesterday') return written(subDays(day, 1));
  if (words === 'the day before yesterday') return written(subDays(day, 2));
  const [, ago] = /^(\d{1,4}) days? ago$/.exec(words) ?? [];
  if (ago) return written(subDays(day, Number(ago)));
  const [, name = ''] = /^(?:on |last )?([a-z]+day)$/.exec(words) ?? [];
  const weekday = WEEKDAYS.indexOf(name);
  if (weekday < 0) return undefined;
  return written(previousDay(day, weekday as 0));
}

/** The months, of a year, or days, of a month, that `early`, `mid` and `late` mean. */
const PARTS = {
  early: { months: ['01', '04'], days: ['01', '10'] },
  mid: { months: ['05', '08'], days: ['11', '20'] },
  late: { months: ['09', '12'], days: ['21', undefined] },
} as const;

/** `early 2024`, `mid-March 2025`, `late February 2024`: some time within a third of it. */
function partOf(words: string): string | undefined {
  const [, part, whole = ''] = /^(early|mid|late)[ -](?:in )?(.+)$/.exec(words) ?? [];
  const edtf = part && edtfInEnglish(whole);
  if (!edtf) return undefined;
  const { months, days } = PARTS[part as keyof typeof PARTS];
  if (/^\d{4}$/.test(edtf)) return `${edtf}-${months[0]}/${edtf}-${months[1]}`;
  if (!/^\d{4}-(0\d|1[0-2])$/.test(edtf)) return undefined;
  const [year, month] = edtf.split('-').map(Number);
  const lastDay = daysInMonth(year!, month!);
  return `${edtf}-${days[0]}/${edtf}-${days[1] ?? lastDay}`;
}
