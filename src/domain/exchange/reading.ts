import type { Readable } from 'node:stream';
import type { Mapping } from './csv-mapping.ts';
import type { Begin, RecordInput } from './record-form.ts';

/** Where something stands in a file: a line, from 1, or a JSON path. */
export interface Place {
  line?: number;
  path?: string;
}

/** Something to look at in a row that was taken all the same. */
export interface Flag {
  code: 'reviewed_before_said' | 'undated' | 'unreadable_date' | 'unknown_label' | 'unreadable_address';
  detail: string;
}

/** What a reader makes of a file: whose it is; columns of a table that it does not take; rows, each with the records that it stands for or the reason why it stands for none. */
export type Reading =
  | { begin: Begin }
  | { unread: readonly string[] }
  | { place: Place; records: readonly RecordInput[]; flags?: readonly Flag[] }
  | { place: Place; refused: string };

export interface ReadingOptions {
  /** Whose findings are ours: those that stand at this address. */
  publisherUrl: string;
  /** The language of texts that say none. */
  language: string;
  /** Of CSV: which column is what. */
  mapping?: Mapping | undefined;
}

/**
 * Reads a file of one format, as a stream. It is called twice: first only to see whether the whole is well-formed.
 * Throws `Malformed`, with line and column, where it is not; what is wrong with one row alone is that row's `refused`.
 */
export type Reader = (bytes: Readable, options: ReadingOptions) => AsyncIterable<Reading>;
