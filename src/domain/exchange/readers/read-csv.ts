import { type Column, columns, type Mapping, mappingFor } from '../csv-mapping.ts';
import type { Reader } from '../reading.ts';
import { joined, rowsOf } from './csv-rows.ts';
import { listIn } from './list-cell.ts';
import { isOwnTable, readOwnTable } from './own-table.ts';
import { type Review, recordsOfReview } from './review.ts';
import { beginningOf, malformedAt } from './text-stream.ts';

/**
 * CSV (RFC 4180) with a header, separated by commas, semicolons or tabs: a table that we exported; or a claim a row, with
 * who made it and what a review found, as far as there are such columns.
 */
export const readCsv: Reader = async function* (bytes, options) {
  const { beginning, whole } = await beginningOf(bytes);
  const rows = rowsOf(whole);
  const first = await rows.next();
  if (first.done) return;
  const { headers } = first.value;
  const all = joined(first.value, rows);
  if (isOwnTable(headers))
    return yield* readOwnTable(all, { isForSpreadsheets: beginning.startsWith('\ufeff') }, options);
  const mapping = checked(headers, mappingFor(headers, options.mapping));
  const taken = Object.values(mapping);
  const unread = headers.filter((header) => header.trim() && !taken.includes(header));
  if (unread.length) yield { unread };
  for await (const { line, row } of all) yield recordsOfReview({ line }, reviewIn(row, mapping), options, true);
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
