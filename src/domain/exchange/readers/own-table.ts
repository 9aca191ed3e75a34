import { DIGEST, digestOf, RECORDS } from '../forms/csv.ts';
import type { Reading, ReadingOptions } from '../reading.ts';
import { Begin, type RecordInput } from '../record-form.ts';
import { checkLine } from './check-line.ts';
import type { CsvRow } from './csv-rows.ts';
import { listIn } from './list-cell.ts';
import { recordsOfReview } from './review.ts';
import { malformedAt } from './text-stream.ts';

export const isOwnTable = (headers: readonly string[]): boolean =>
  headers[0] === 'type' && (headers.includes('id') || headers.includes(DIGEST));

/**
 * A table that we exported. In the lossless form each row brings the records behind it. Without these a table of claims
 * gives back its claims and statements; a verdict of ours needs its evidence, which no cell holds.
 */
export async function* readOwnTable(
  rows: AsyncIterable<CsvRow>,
  { isForSpreadsheets }: { isForSpreadsheets: boolean },
  options: ReadingOptions,
): AsyncGenerator<Reading> {
  let count = 0;
  let ended = false;
  let last = 1;
  for await (const { line, row, headers } of rows) {
    last = line;
    const isLossless = headers.includes(RECORDS) && headers.includes(DIGEST);
    if (row.type === 'end') {
      const said = row[headers[1]!];
      if (Number(said) !== count)
        throw malformedAt(line, 1, `the table has ${count} rows, not ${said}: it is not whole.`);
      ended = true;
    } else if (isLossless && row.type === 'begin') {
      yield { begin: checkLine(Begin, parsed(row[RECORDS]), line) };
    } else {
      count++;
      if (isLossless) yield wholeRow(line, row, headers);
      else if (row.type === 'claim') yield recordsOfReview({ line }, claimRow(row, isForSpreadsheets), options, true);
      else
        throw malformedAt(
          line,
          1,
          `of tables without their records only that of claims is imported. Export this one in lossless form: .csv?form=lossless, or “onrecord export … --filter form=lossless”.`,
        );
    }
  }
  if (!ended) throw malformedAt(last + 1, 1, 'the last row, “end”, is missing: the file may be cut off.');
}

function wholeRow(line: number, row: CsvRow['row'], headers: readonly string[]): Reading {
  const cells = headers.filter((header) => header !== DIGEST).map((header) => row[header] ?? '');
  const records = parsed(row[RECORDS]);
  if (digestOf(cells) !== row[DIGEST] || !Array.isArray(records))
    return {
      place: { line },
      refused: `a cell of this row was changed since it was exported, perhaps by a spreadsheet. Without the columns ${RECORDS} and ${DIGEST} a table of claims counts as its cells are`,
    };
  return { place: { line }, records: records as RecordInput[] };
}

function parsed(cell: string | undefined): unknown {
  try {
    return JSON.parse(cell ?? '');
  } catch {
    return undefined;
  }
}

/** In the form for spreadsheets an apostrophe stands before what would be a formula. */
function claimRow(row: CsvRow['row'], isForSpreadsheets: boolean) {
  const cell = (name: string) => {
    const text = row[name] || undefined;
    return isForSpreadsheets ? text?.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '') : text;
  };
  const claimant = cell('claimant');
  return {
    ids: { claim: cell('id'), statement: cell('statementId') },
    claim: cell('claim'),
    kind: cell('kind'),
    dueOn: cell('dueOn'),
    quote: cell('quote'),
    language: cell('language'),
    ...(claimant && { claimant: { name: claimant } }),
    saidOn: cell('saidOn'),
    topics: listIn(cell('topics')),
  };
}
