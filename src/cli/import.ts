import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { Config } from '../config.ts';
import { PATIENCE } from '../db/connect.ts';
import { columns, Mapping } from '../domain/exchange/csv-mapping.ts';
import { dumpLines, PACKAGE, readDescription } from '../domain/exchange/data-package.ts';
import type { FormatName } from '../domain/exchange/formats.ts';
import { importFile, type Progress } from '../domain/exchange/import-file.ts';
import { type ImportJson, listImports } from '../domain/exchange/imports.ts';
import { undoWholeImport } from '../domain/exchange/undo-import.ts';
import { operator } from '../domain/users/operator.ts';
import { spool } from '../lib/spool.ts';
import { explain } from './explain.ts';
import { withDatabase } from './open-database.ts';
import { showProgress } from './progress.ts';
import { reportInWords } from './report-in-words.ts';

interface Options {
  dryRun?: true;
  json?: true;
  mapping?: string;
  language?: string;
}

const PATIENT = { statementTimeout: PATIENCE };

/** Brings in a file, or standard input ("-"), and prints how it went. Exit code 2: something was refused. */
export async function importCommand(
  config: Config,
  format: FormatName,
  path: string,
  options: Options,
): Promise<number> {
  const mapping = options.mapping ? await mappingIn(options.mapping) : undefined;
  const file = path === '-' ? await spool(process.stdin) : await fileAt(path);
  // It is read twice: once to see that all of it is well-formed, then to write.
  const shown = options.json ? undefined : showProgress(`Importing ${path} as ${format}`, 2 * file.size);
  const progress = ({ phase, bytes, rows }: Progress) =>
    shown?.at(phase === 'checking' ? bytes : file.size + bytes, `${phase} row ${rows}`);
  try {
    const { id, report } = await withDatabase(
      config,
      (db) =>
        importFile(db, file.open, {
          format,
          actor: operator,
          us: { name: config.publisherName, url: config.publisherUrl },
          dryRun: options.dryRun,
          language: options.language,
          mapping,
          progress,
        }),
      PATIENT,
    );
    shown?.end(options.dryRun ? 'A dry run: nothing was written.' : `Import ${id}`);
    console.log(options.json ? JSON.stringify({ id, ...report }) : reportInWords(report, { dryRun: options.dryRun }));
    const hasMade = Object.keys(report.records.made).length > 0;
    if (!options.json && !options.dryRun && hasMade) console.log(`To take it back: onrecord import undo ${id}`);
    return report.rows.refused > 0 ? 2 : 0;
  } catch (error) {
    shown?.fail('Not imported.');
    throw error;
  } finally {
    await file.remove();
  }
}

async function mappingIn(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8');
  try {
    return Mapping.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${path} says no mapping, such as {"claim": "Text", "label": "Rating"}: ${explain(error)}\nThe columns are ${Object.keys(columns).join(', ')}.`,
    );
  }
}

async function fileAt(path: string) {
  const found = await stat(path);
  if (found.isDirectory() || basename(path) === PACKAGE) {
    const folder = found.isDirectory() ? path : dirname(path);
    const description = await readDescription(folder);
    const bytes = description.resources.reduce((sum, file) => sum + file.bytes, 0);
    return { open: () => Readable.from(dumpLines(folder, description)), size: bytes, remove: async () => {} };
  }
  return { open: () => createReadStream(path), size: found.size, remove: async () => {} };
}

/** Takes back what an import made. */
export async function undoImportCommand(config: Config, id: string, { json }: { json?: true }): Promise<void> {
  const undone = await withDatabase(config, (db) => undoWholeImport(db, id, operator), PATIENT);
  if (json) return console.log(JSON.stringify({ id, ...undone }));
  console.log(`Withdrawn: ${undone.withdrawn}. Already withdrawn: ${undone.already}.`);
  for (const { noun, id: record, because } of undone.builtOn) console.log(`  ${noun} ${record}: ${because}`);
}

/** Prints the imports so far, at most 100, the newest first. */
export async function listImportsCommand(config: Config, { json }: { json?: true }): Promise<void> {
  const page = { filters: {}, order: 'desc' as const, limit: 100, after: null };
  const { items } = await withDatabase(config, (db) => listImports(db, page));
  if (json) return console.log(items);
  for (const { id, format, state, dryRun, startedAt, report } of JSON.parse(items) as ImportJson[])
    console.log(
      [
        id,
        format,
        dryRun ? 'dry run' : state,
        startedAt,
        `${report.rows?.read ?? 0} rows, ${report.rows?.refused ?? 0} refused`,
      ].join('  '),
    );
}
