import { enGB } from 'date-fns/locale/en-GB';

type MonthIndex = Parameters<typeof enGB.localize.month>[0];

/** `February` of 2. */
export function monthName(month: number): string {
  return enGB.localize.month((month - 1) as MonthIndex);
}

/** 2 of `feb`, `Feb` or `February`; undefined for a word that names no month. */
export function monthNumber(word: string): number | undefined {
  if (word.length < 3) return undefined;
  const index = Array.from({ length: 12 }, (_, n) => monthName(n + 1).toLowerCase()).findIndex((name) =>
    name.startsWith(word.toLowerCase()),
  );
  return index < 0 ? undefined : index + 1;
}
