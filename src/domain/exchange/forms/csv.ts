import { stringify } from 'csv-stringify/sync';
import { cellsOf, joined, type Pages, type Table } from './table.ts';

export const csvForms = ['spreadsheet', 'lossless'] as const;
export type CsvForm = (typeof csvForms)[number];

/**
 * CSV (RFC 4180, UTF-8). The first column says what a row is; the last row is `end` with the number of rows before it, so
 * that a truncated file shows.
 *
 * `spreadsheet` is safe to open: it has a byte order mark, without which Excel misreads it; lists are joined by `; `; and
 * what would be a formula has an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection).
 * `lossless` has every value as it is on record, and lists as JSON arrays.
 */
export async function* csv(pages: Pages, { noun, columns }: Table, form: CsvForm): AsyncGenerator<string> {
  const safe = form === 'spreadsheet';
  const lines = (rows: unknown[][]) => stringify(rows, { ...rfc4180, escape_formulas: safe });
  let count = 0;
  yield (safe ? '\ufeff' : '') + lines([['type', ...columns.map(({ name }) => name)]]);
  for await (const items of pages) {
    count += items.length;
    const rows = items.map((item) => [
      noun,
      ...cellsOf(item, columns).map((cell) => {
        if (!Array.isArray(cell)) return cell;
        return safe ? joined(cell) : JSON.stringify(cell);
      }),
    ]);
    if (rows.length) yield lines(rows);
  }
  yield lines([['end', count, ...columns.slice(1).map(() => null)]]);
}

const rfc4180 = { record_delimiter: 'windows', quoted_match: /[\r\n]/, cast: { boolean: String } } as const;
