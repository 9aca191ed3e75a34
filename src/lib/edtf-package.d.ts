/** The little we use of `edtf` 4.11, which comes without types. */
declare module 'edtf' {
  /** Its syntax tree. `level` is missing where it fell back to one of its level 2 rules. */
  export type Tree = {
    type?: 'Date' | 'Season' | 'Interval' | 'Year' | 'Decade' | 'Century' | 'Set' | 'List';
    level?: number;
    /** Year, month (0–11), day, hour, minute, second; of a season: year and 21–41. */
    values: number[];
    /** A bit mask of the digits written as X. */
    unspecified?: number;
    uncertain?: unknown;
    approximate?: unknown;
  };

  /** Throws a syntax error. Several readings: the one on the lowest level. */
  export function parse(text: string, constraints?: { level?: number }): Tree;
}
