import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Database } from '../../src/db/types.ts';
import { type Imported, type ImportOptions, importFile } from '../../src/domain/exchange/import-file.ts';
import type { RecordInput } from '../../src/domain/exchange/record-form.ts';
import { operator } from '../../src/domain/users/operator.ts';

export const us = { name: 'Record Check', url: 'https://record.example.org' };

/** Imports a text, or the bytes of a file, in small pieces. */
export function importText(
  db: Database,
  format: ImportOptions['format'],
  content: string | Buffer,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  return importFile(db, () => pieces(Buffer.from(content)), { format, actor: operator, us, ...options });
}

function pieces(bytes: Buffer, size = 1000): Readable {
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  return Readable.from(parts, { objectMode: false });
}

/** JSON Lines in our own form. */
export function jsonl(records: readonly (RecordInput | object)[], begin?: object): string {
  return [...(begin ? [begin] : []), ...records, { type: 'end', records: records.length }]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

const TABLES = [
  'people',
  'names',
  'roles',
  'topics',
  'sources',
  'claims',
  'claim_people',
  'claim_topics',
  'statements',
  'positions',
  'verdicts',
  'attributions',
  'citations',
  'derivations',
] as const;

/** How many rows each table of the record has, those that have none left out. */
export async function rowCounts(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db);
    if (rows[0]!.n) counts[table] = rows[0]!.n;
  }
  return counts;
}
