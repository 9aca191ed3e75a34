import { tables } from '../domain/exchange/lookups.ts';
import type { Place } from '../domain/exchange/reading.ts';
import type { Noun } from '../domain/exchange/record-form.ts';
import type { Report } from '../domain/exchange/report.ts';

/** How an import went, as lines: numbers first, then each refusal with its place and reason. */
export function reportInWords(report: Report, { dryRun = false }: { dryRun?: boolean | undefined }): string {
  const { rows, records, unreadColumns, refusals, flags, flagged, unknownLabels, samePeople } = report;
  const omitted = rows.refused - new Set(refusals.map(placeInWords)).size;
  return [
    `read           ${number(rows.read, 'row')}`,
    `${dryRun ? 'would make' : 'made      '}     ${recordsInWords(records.made)}`,
    `already there  ${recordsInWords(records.present)}`,
    ...(unreadColumns.length ? [`not taken      the columns ${unreadColumns.join(', ')}`] : []),
    `refused        ${number(rows.refused, 'row')}`,
    ...refusals.map((one) => `  ${placeInWords(one)}: ${one.reason}`),
    ...(omitted > 0 ? [`  … and ${number(omitted, 'more row')}`] : []),
    ...(Object.keys(flagged).length ? [`to look at     ${flagsInWords(flagged)}`] : []),
    ...flags.map((one) => `  ${placeInWords(one)}: ${one.code}: ${one.detail}`),
    ...Object.entries(unknownLabels).map(
      ([label, count]) => `  label "${label}", ${number(count, 'time')}: kept, as unverified`,
    ),
    ...(samePeople.length ? ['perhaps the same people'] : []),
    ...samePeople.map(({ id, name, other }) => `  ${name} (${id}) and ${other.name} (${other.id})`),
  ].join('\n');
}

const number = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function recordsInWords(counts: Partial<Record<Noun, number>>): string {
  const words = Object.entries(counts).map(([noun, count]) => number(count, noun, tables[noun as Noun]));
  return words.join(', ') || 'nothing';
}

const flagsInWords = (counts: Report['flagged']): string =>
  Object.entries(counts)
    .map(([code, count]) => `${count} ${code}`)
    .join(', ');

const placeInWords = ({ line, path }: Place): string | undefined => (line === undefined ? path : `line ${line}`);
