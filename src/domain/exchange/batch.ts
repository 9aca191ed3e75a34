import type { DiskMap } from '../../lib/disk-map.ts';
import type { SourceRow } from '../sources/find-sources.ts';
import { type Found, foundOver } from './found.ts';
import type { Incoming, OnRecord } from './on-record.ts';

export type Path = (string | number)[];
export type Row = Record<string, unknown>;

/** The tables that a batch fills, in the order in which they are written. */
export const FILLED = [
  'people',
  'names',
  'roles',
  'topics',
  'sources',
  'claims',
  'claim_people',
  'claim_topics',
  'statements',
  'positions',
  'verdicts',
  'attributions',
  'citations',
  'derivations',
] as const;

/** What does not change from batch to batch of an import. */
export interface Run {
  importId: string;
  /** Whose keys those in the file are: the format. */
  scheme: string;
  ourName: string;
  /** The state of what is public once it is in: `in_review` where four eyes hold. */
  stateUnasked: 'published' | 'in_review';
  /** Whether the file is our own, so that what it calls ours is. */
  isOurs: boolean;
  /** By label: why a record of the file was refused. */
  refused: Map<string, string>;
  /** By noun and slug: the number that was given last. */
  numbers: Map<string, number>;
  /** Of a dry run, which writes nothing: what earlier batches would have made, by what it is and its key. */
  assumed: DiskMap | undefined;
}

/** Rows on their way: what was on record, and what this batch adds to it. Nothing is written before all of it is right. */
export interface Batch {
  run: Run;
  actorId: string | null;
  /** The stamp of the change. */
  at: string;
  found: Found;
  known: OnRecord;
  rows: Record<(typeof FILLED)[number], Row[]>;
  /** Words from which those made get their slugs, and the slugs that they had elsewhere. */
  slugs: Record<
    'person' | 'claim' | 'topic',
    { row: Row; words: string; asked?: string | undefined; former?: string[] | undefined }[]
  >;
  /** Of people of the batch who were merged: the one who stands for them. */
  canonicals: Map<string, string>;
  /** Sources that this batch makes, and those on record of which it fills blanks. */
  madeSources: Set<SourceRow>;
  filledSources: Map<string, SourceRow>;
  /** Records that turned out to be there, on record or by another record of the batch. */
  met: Set<Incoming>;
}

export function newBatch(run: Run, known: OnRecord, change: { at: string; actor: { id: string | null } }): Batch {
  return {
    run,
    actorId: change.actor.id,
    at: change.at,
    known,
    found: foundOver(known, run.assumed),
    rows: Object.fromEntries(FILLED.map((table) => [table, [] as Row[]])) as Batch['rows'],
    slugs: { person: [], claim: [], topic: [] },
    canonicals: new Map(),
    madeSources: new Set(),
    filledSources: new Map(),
    met: new Set(),
  };
}

/** Of rows that are the same by what `by` makes of them, one. */
export const distinct = <T>(rows: readonly T[], by: (row: T) => string): T[] => [
  ...new Map(rows.map((row) => [by(row), row])).values(),
];
