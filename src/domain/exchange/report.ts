import type { Flag, Place } from './reading.ts';
import type { Noun } from './record-form.ts';
import type { Undone } from './undo-import.ts';
import type { Written } from './write-records.ts';

/** Of refusals and flags so many are listed; all are counted. */
const MOST_LISTED = 1000;

/** How an import went. */
export interface Report {
  rows: { read: number; refused: number };
  /** In which state came in what is public elsewhere: where four eyes hold, it waits for a review. */
  state: 'published' | 'in_review';
  records: Record<'made' | 'present', Partial<Record<Noun, number>>>;
  /** Of a table: headers of columns that were not taken. */
  unreadColumns: readonly string[];
  /** What was not taken, by row; at most 1,000 are listed. */
  refusals: (Place & { reason: string })[];
  /** What was taken but should be looked at; at most 1,000 are listed, and counted by code in `flagged`. */
  flags: (Place & FlagOfReport)[];
  flagged: Partial<Record<FlagOfReport['code'], number>>;
  /** Labels of verdicts that no mapping knows, with how often. */
  unknownLabels: Record<string, number>;
  /** People made here whose names differ from another's only by case, accents or script: perhaps the same. */
  samePeople: SamePeople[];
  /** Of an import that was undone. */
  undone?: Undone;
}

type FlagOfReport = Flag | { code: 'changed'; detail: string };

export interface SamePeople {
  id: string;
  name: string;
  other: { id: string; name: string };
}

/** Fills a report while an import goes on. */
export function reporter(state: Report['state']) {
  const report: Report = {
    rows: { read: 0, refused: 0 },
    state,
    records: { made: {}, present: {} },
    unreadColumns: [],
    refusals: [],
    flags: [],
    flagged: {},
    unknownLabels: {},
    samePeople: [],
  };
  const refusedRows = new WeakSet<Place>();
  const count = <K extends string>(counts: Partial<Record<K, number>>, what: K, by = 1) => {
    counts[what] = ((counts[what] as number | undefined) ?? 0) + by;
  };
  const refuse = (place: Place, reason: string, follows = false) => {
    // All that a row stands for has its one place. What follows from a refusal in the same row says nothing new.
    const isAgain = refusedRows.has(place);
    if (follows && isAgain) return;
    if (!isAgain) report.rows.refused++;
    refusedRows.add(place);
    if (report.refusals.length < MOST_LISTED) report.refusals.push({ ...place, reason });
  };
  const flag = (place: Place, flag: FlagOfReport) => {
    count(report.flagged, flag.code);
    if (flag.code === 'unknown_label') count(report.unknownLabels, flag.detail);
    else if (report.flags.length < MOST_LISTED) report.flags.push({ ...place, ...flag });
  };
  return {
    report,
    refuse,
    flag,
    take({ present, changed, refused, batch }: Written) {
      const { rows } = batch;
      const nouns = {
        people: 'person',
        topics: 'topic',
        sources: 'source',
        claims: 'claim',
        statements: 'statement',
        verdicts: 'verdict',
        attributions: 'attribution',
      } as const;
      for (const [table, noun] of Object.entries(nouns) as [keyof typeof nouns, Noun][]) {
        if (rows[table].length) count(report.records.made, noun, rows[table].length);
      }
      for (const { record } of present) count(report.records.present, record.type);
      for (const { place } of changed)
        flag(place, {
          code: 'changed',
          detail: 'what was imported before was something else; it stays as it is on record',
        });
      for (const { incoming, reason, follows } of refused) refuse(incoming.place, reason, follows);
    },
  };
}

export type Reporter = ReturnType<typeof reporter>;
