import { z } from 'zod';
import { instantInWords } from '../../lib/date-words.ts';
import type { DateAnswer } from '../answers.ts';
import { type Language, languages } from './languages.ts';
import { themes } from './style.ts';
import type { Words } from './words.ts';

/** How an embed is to look; what else its address may say is what is to be shown. */
export const Look = z.object({
  theme: z.enum(themes, `must be ${themes.join(', ')}`).default('auto'),
  lang: z
    .enum(Object.keys(languages) as [Language, ...Language[]], `must be ${Object.keys(languages).join(', ')}`)
    .default('en'),
});
export type Look = z.output<typeof Look>;

export const plainLook: Look = { theme: 'auto', lang: 'en' };

export const wordsIn = ({ lang }: Look): Words => languages[lang];

/**
 * A date as it reads in English or, where it is a year, a month or a day, known or about, in the language asked for;
 * undefined where there are no words for it in that language.
 */
export function dateIn(look: Look, { edtf, text }: Pick<DateAnswer, 'edtf' | 'text'>): string | undefined {
  const { lang } = look;
  if (lang === 'en') return text;
  const [, year, month, day, about] = /^(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?(~)?$/.exec(edtf) ?? [];
  if (year === undefined) return undefined;
  const date = new Intl.DateTimeFormat(lang, {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: 'long' }),
    ...(day && { day: 'numeric' }),
  }).format(new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`));
  return about ? wordsIn(look).about(date, day !== undefined) : date;
}

/** A moment of the record's own time in words. */
export function instantIn({ lang }: Look, instant: string): string {
  if (lang === 'en') return instantInWords(instant);
  const format = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', dateStyle: 'long', timeStyle: 'short' });
  return `${format.format(new Date(instant))} UTC`;
}
