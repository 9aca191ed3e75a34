import { type Column, columns, type Mapping, mappingFor } from '../csv-mapping.ts';
import type { Reader } from '../reading.ts';
import { rowsOf } from './csv-rows.ts';
import { type Review, recordsOfReview } from './review.ts';
import { malformedAt } from './text-stream.ts';

/**
 * CSV (RFC 4180) with a header, separated by commas, semicolons or tabs: a claim a row, with who made it and what a review
 * found, as far as there are such columns. Of our own tables that of claims: its claims and statements; a verdict of ours
 * needs its evidence, which no table holds.
 */
export const readCsv: Reader = async function* (bytes, options) {
  let mapping: Mapping | undefined;
  let isOurs = false;
  let rows = 0;
  let ended = false;
  let last = 1;
  for await (const { line, row, headers } of rowsOf(bytes)) {
    last = line;
    if (!mapping) {
      isOurs = headers[0] === 'type' && headers.includes('id');
      mapping = checked(headers, mappingFor(headers, options.mapping));
    }
    if (isOurs && row.type === 'end') {
      if (Number(row.id) !== rows)
        throw malformedAt(line, 1, `the table has ${rows} rows, not ${row.id}: it is not whole.`);
      ended = true;
      continue;
    }
    if (isOurs && row.type !== 'claim')
      throw malformedAt(
        line,
        1,
        `of our tables only that of claims is imported; a ${row.type} comes back from a dump, “onrecord export --all”.`,
      );
    rows++;
    yield recordsOfReview({ line }, isOurs ? ownRow(row) : reviewIn(row, mapping), options, true);
  }
  if (isOurs && !ended) throw malformedAt(last + 1, 1, 'the last row, “end”, is missing: the file may be cut off.');
};

function reviewIn(row: Readonly<Record<string, string>>, mapping: Mapping): Review {
  const cell = (name: Column) => {
    const header = mapping[name];
    return header === undefined ? undefined : row[header] || undefined;
  };
  const claimant = cell('claimant');
  return {
    claim: cell('claim'),
    language: cell('language'),
    ...(claimant && { claimant: { name: claimant } }),
    saidOn: cell('saidOn'),
    venue: cell('venue'),
    appearances: cell('appearance')?.split(/\s+/),
    publisher: { name: cell('publisher') },
    url: cell('url'),
    title: cell('title'),
    explanation: cell('explanation'),
    label: cell('label'),
    reviewedOn: cell('reviewedOn'),
    topics: listIn(cell('topics')),
  };
}

/** A row of our table of claims. In the form for spreadsheets an apostrophe stands before what would be a formula. */
function ownRow(row: Readonly<Record<string, string>>): Review {
  const cell = (name: string) => row[name]?.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '') || undefined;
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

/** A list in one cell: JSON, or with semicolons or commas between. */
function listIn(cell: string | undefined): string[] {
  if (cell?.startsWith('["')) {
    try {
      return (JSON.parse(cell) as unknown[]).map(String);
    } catch {
      // then it is no JSON
    }
  }
  return (cell ?? '').split(cell?.includes(';') ? ';' : ',').map((one) => one.trim());
}

function checked(headers: readonly string[], mapping: Mapping): Mapping {
  const wrong = Object.values(mapping).filter((header) => header !== undefined && !headers.includes(header));
  if (wrong.length)
    throw malformedAt(1, 1, `the file has no column “${wrong.join('”, “')}”. It has: ${headers.join(', ')}.`);
  if (!mapping.claim)
    throw malformedAt(
      1,
      1,
      `no column says which claim a row is. Name columns ${Object.keys(columns).join(', ')}, or give a mapping such as {"claim": ${JSON.stringify(headers[0])}, …}.`,
    );
  return mapping;
}
