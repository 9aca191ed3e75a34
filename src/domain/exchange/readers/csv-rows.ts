import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { malformedAt, textOf } from './text-stream.ts';

export interface CsvRow {
  /** On which line it begins, from 1. */
  line: number;
  headers: readonly string[];
  row: Readonly<Record<string, string>>;
}

const SEPARATORS = [',', ';', '\t'];
const LONGEST_ROW = 16 * 1024 * 1024;

/**
 * The rows of a CSV file (RFC 4180) with a header, whose cells are separated by commas, semicolons or tabs: by whichever
 * the header has most of. Throws `Malformed` where quotes or the number of cells are wrong.
 */
export async function* rowsOf(bytes: Readable): AsyncGenerator<CsvRow> {
  const texts = textOf(bytes);
  let first = '';
  while (!/\n/.test(first) && first.length < LONGEST_ROW) {
    const next = await texts.next();
    if (next.done) break;
    first += next.value;
  }
  const delimiter = separatorOf(first);
  const parser = parse({
    delimiter,
    info: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    // A quote within a cell that is not quoted is a quote; one that is never closed is an error still.
    relax_quotes: true,
  });
  // What breaks the source breaks the parser, and so the loop below.
  pipeline(Readable.from(joined(first, texts)), parser, () => {});
  let headers: string[] | undefined;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (headers)
        yield { line, headers, row: Object.fromEntries(record.map((cell, index) => [headers![index], cell])) };
      else headers = refuseRepeated(record);
      line = info.lines + 1;
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error) : error;
  }
  if (!headers) throw malformedAt(1, 1, 'the file is empty.');
}

/** What was taken from the beginning of a stream, before the rest of it. */
export async function* joined<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

function separatorOf(text: string): string {
  const header = text.replace(/"[^"]*"/g, '').split(/\r?\n/)[0]!;
  const counts = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}

function refuseRepeated(headers: string[]): string[] {
  const repeated = headers.find((header, index) => headers.indexOf(header) !== index);
  if (repeated !== undefined) throw malformedAt(1, 1, `two columns are called “${repeated}”.`);
  return headers;
}

function malformed(error: CsvError): Error {
  const { lines = 1, column, message } = error as CsvError & { lines?: number; column?: number | string };
  return malformedAt(lines, typeof column === 'number' ? column + 1 : 1, `${message}.`);
}
