import { type Column, columns, type Mapping, mappingFor } from '../csv-mapping.ts';
import type { Reader } from '../reading.ts';
import { rowsOf } from './csv-rows.ts';
import { recordsOfReview } from './review.ts';
import { malformedAt } from './text-stream.ts';

/** CSV (RFC 4180) with a header, separated by commas, semicolons or tabs: one review a row. */
export const readCsv: Reader = async function* (bytes, options) {
  let mapping: Mapping | undefined;
  for await (const { line, row, headers } of rowsOf(bytes)) {
    mapping ??= checked(headers, mappingFor(headers, options.mapping));
    const cell = (name: Column) => {
      const header = mapping![name];
      return header === undefined ? undefined : row[header] || undefined;
    };
    const claimant = cell('claimant');
    yield recordsOfReview(
      { line },
      {
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
        topics: cell('topics')
          ?.split(/[;,]/)
          .map((topic) => topic.trim()),
      },
      options,
    );
  }
};

function checked(headers: readonly string[], mapping: Mapping): Mapping {
  const wrong = Object.values(mapping).filter((header) => header !== undefined && !headers.includes(header));
  if (wrong.length)
    throw malformedAt(1, 1, `the file has no column “${wrong.join('”, “')}”. It has: ${headers.join(', ')}.`);
  if (!mapping.claim || !mapping.label)
    throw malformedAt(
      1,
      1,
      `no column says which is the claim and which the label. Name columns ${Object.keys(columns).join(', ')}, or give a mapping such as {"claim": "${headers[0]}", "label": …}.`,
    );
  return mapping;
}
