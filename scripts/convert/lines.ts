import { readFile } from 'node:fs/promises';
import type { RecordInput } from '../../src/domain/exchange/record-form.ts';

/** Prints records as JSON Lines in our exchange form, whole with its last line. */
export function printRecords(records: readonly RecordInput[]): void {
  for (const line of [...records, { type: 'end', records: records.length }]) console.log(JSON.stringify(line));
}

/** The objects of a file of JSON Lines. */
export async function readLines<T>(path: string): Promise<T[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** `mostly-false` → `mostly false`. */
export const inWords = (slug: string): string => slug.replaceAll('-', ' ');
