import type { stances, VerdictStatus } from '../../domain/vocabulary.ts';

/** Everything that an embed says itself. What is on record stays in its own language. */
export interface Words {
  claim: string;
  statement: string;
  timeline: (name: string) => string;
  verdict: Record<VerdictStatus, string>;
  stance: Record<keyof typeof stances, string>;
  /** Of a date that is not known exactly: around this day, or in or around this month or year. */
  about: (date: string, isDay: boolean) => string;
  onBehalfOf: string;
  others: string;
  translatedFrom: (language: string) => string;
  paraphrase: string;
  reported: string;
  silence: string;
  responses: (count: number) => string;
  more: string;
  origins: (count: number, names: string) => string;
  nothing: string;
  pinned: (revision: number, on: string) => string;
  asOf: (on: string) => string;
  corrected: string;
  latest: string;
  withdrawn: string;
  erased: string;
  missing: string;
  bad: string;
  trouble: string;
}
