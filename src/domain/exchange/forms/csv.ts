import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { Begin } from '../record-form.ts';
import { type Cell, cellsOf, type Item, joined, type Pages, type Table } from './table.ts';

/**
 * CSV (RFC 4180, UTF-8) that is safe to open in a spreadsheet: it has a byte order mark, without which Excel misreads it;
 * lists are joined by `; `; and what would be a formula has an apostrophe before it
 * (https://owasp.org/www-community/attacks/CSV_Injection). The first column says what a row is; the last row is `end` with
 * the number of rows before it, so that a truncated file shows.
 */
export async function* csv(pages: Pages, { noun, columns }: Table): AsyncGenerator<string> {
  let count = 0;
  yield `\ufeff${lines([['type', ...columns.map(({ name }) => name)]], true)}`;
  for await (const items of pages) {
    count += items.length;
    const rows = items.map((item) => [
      item.type ?? noun,
      ...cellsOf(item, columns).map((cell) => (Array.isArray(cell) ? joined(cell) : cell)),
    ]);
    if (rows.length) yield lines(rows, true);
  }
  yield lines([['end', count, ...columns.slice(1).map(() => null)]], true);
}

/** Rows with the records behind each. */
export type RowsWithRecords = AsyncIterable<readonly { item: Item; records: readonly string[] }[]>;

/** Columns that the lossless form leaves out: they tell of this record alone, and another one that takes the rows has its own. */
const OWN = ['version', 'updatedAt'];

/** The last columns of the lossless form. */
export const RECORDS = 'records';
export const DIGEST = 'digest';

/**
 * CSV for programs, which an import takes back as it was: every value as it is on record, lists as JSON arrays, in the
 * column `records` the records that a row stands for in the exchange form, in `digest` what shows whether a cell of the row
 * was changed since. The first row is `begin`, with whose findings are ours.
 */
export async function* losslessCsv(
  rows: RowsWithRecords,
  { noun, columns }: Table,
  begin: Begin,
): AsyncGenerator<string> {
  const shown = columns.filter(({ name }) => !OWN.includes(name));
  const blank = (count: number) => Array.from({ length: count }, () => null);
  let count = 0;
  yield lines([['type', ...shown.map(({ name }) => name), RECORDS, DIGEST]]);
  yield lines([sealed(['begin', ...blank(shown.length), JSON.stringify(begin)])]);
  for await (const page of rows) {
    count += page.length;
    const written = page.map(({ item, records }) => {
      const cells = cellsOf(item, shown).map((cell) => (Array.isArray(cell) ? JSON.stringify(cell) : cell));
      return sealed([String(item.type ?? noun), ...cells, `[${records.join(',')}]`]);
    });
    if (written.length) yield lines(written);
  }
  yield lines([['end', count, ...blank(shown.length + 1)]]);
}

const sealed = (cells: Cell[]): Cell[] => [...cells, digestOf(cells.map((cell) => String(cell ?? '')))];

/** Of the cells of a row as they stand in the file. */
export function digestOf(cells: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(cells)).digest('hex').slice(0, 16);
}

function lines(rows: unknown[][], safe = false): string {
  return stringify(rows, { ...rfc4180, escape_formulas: safe });
}

const rfc4180 = { record_delimiter: 'windows', quoted_match: /[\r\n]/, cast: { boolean: String } } as const;
