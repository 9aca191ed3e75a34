import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { change } from '../../db/change.ts';
import { connectPatiently } from '../../db/connect.ts';
import type { Actor, Database } from '../../db/types.ts';
import { beginImport } from '../../domain/exchange/begin-import.ts';
import { Mapping } from '../../domain/exchange/csv-mapping.ts';
import { type FormatName, formats } from '../../domain/exchange/formats.ts';
import { importFile } from '../../domain/exchange/import-file.ts';
import { getImport, listImports } from '../../domain/exchange/imports.ts';
import { undoWholeImport } from '../../domain/exchange/undo-import.ts';
import { Language } from '../../domain/fields.ts';
import { words } from '../../domain/vocabulary.ts';
import { Unavailable } from '../../errors.ts';
import { type Spooled, spool } from '../../lib/spool.ts';
import { Import, listOf } from '../answers.ts';
import type { Site } from '../site.ts';
import { byId, listAnswer, listQuery, none, pageFor } from './inputs.ts';
import { type Answer, type Route, read, task } from './route.ts';

/** Bytes of a file at most; it is kept on disk while it is worked on. */
export const LARGEST_FILE = 1024 ** 3;

/** How long an answer is put off, as most files are done by then and their report comes at once, in milliseconds. */
const PATIENCE = 3000;
/** Files that wait for their turn. */
const MOST_WAITING = 10;

const TYPES = [
  'application/octet-stream',
  'application/json',
  'application/ld+json',
  'application/x-ndjson',
  'application/jsonl',
  'text/csv',
  'text/tab-separated-values',
  'text/html',
  'text/plain',
];

const mapping = z
  .string()
  .max(8000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON, such as {"claim": "Claim", "label": "Rating"}' });
      return z.NEVER;
    }
  })
  .pipe(Mapping);

export const imports: Route[] = [
  read({
    path: '/imports',
    summary: 'Files that were brought in, newest first',
    params: none,
    query: listQuery({}, 'desc'),
    desk: true,
    answers: { 200: listOf(Import) },
    read: async (call, site) => listAnswer(call, site, await listImports(site.db, pageFor(call, site, {}))),
  }),
  task({
    path: '/imports',
    summary: 'Bring in a file',
    description:
      'The body is the file as it is, up to 1 GiB. What is done within three seconds is answered with its report (201); else the import goes on (202) and its address tells how far it is. The same file again makes nothing twice.',
    params: none,
    query: z.strictObject({
      format: z.enum(words(formats)),
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Only say what would be done' }),
      language: Language.optional().meta({ description: 'Of texts that say none; "und" unless told' }),
      mapping: mapping.optional().meta({ description: 'Of CSV, as JSON: which header is which column' }),
    }),
    takes: TYPES,
    permission: 'record.import',
    answers: { 201: Import, 202: Import },
    async perform({ query, actor }, site, bytes) {
      if (site.jobs.count >= MOST_WAITING) throw new Unavailable('Too many files wait already. Try again later.');
      const file = await spool(bytes, LARGEST_FILE);
      const { id, done } = await beginFile(file, { ...query, dryRun: query.dryRun === 'true' }, actor, site);
      return answerWhen(done, id, 201, site);
    },
  }),
  read({
    path: '/imports/{id}',
    summary: 'One import: how it went, or how far it is',
    params: byId,
    query: none,
    desk: true,
    answers: { 200: Import },
    read: async (call, site) => ({ json: await getImport(site.db, call.params.id) }),
  }),
  task({
    path: '/imports/{id}/undo',
    summary: 'Withdraw what an import made',
    description: 'What others have built on it since is withdrawn with it, and told in the report.',
    params: byId,
    query: none,
    takes: [],
    permission: 'record.import',
    answers: { 200: Import, 202: Import },
    async perform({ params, actor }, site) {
      await getImport(site.db, params.id);
      const done = site.jobs.run(() => patiently(site.db, (db) => undoWholeImport(db, params.id, actor)));
      return answerWhen(done, params.id, 200, site);
    },
  }),
];

interface Asked {
  format: FormatName;
  dryRun: boolean;
  language?: string | undefined;
  mapping?: Mapping | undefined;
}

/** Begins an import of a spooled file, which is removed when all is done. */
async function beginFile(file: Spooled, asked: Asked, actor: Actor, site: Site) {
  const { format, dryRun } = asked;
  const { mappingVersion } = formats[format];
  try {
    const id = await change(site.db, { actor, action: 'import.begin' }, (tx) =>
      beginImport(tx, { format, fileHash: file.hash, mappingVersion, dryRun }),
    );
    const us = { name: site.publisherName, url: site.publisherUrl };
    const done = site.jobs
      .run((signal) => patiently(site.db, (db) => importFile(db, file.open, { ...asked, actor, us, id, signal })))
      .finally(file.remove);
    return { id, done };
  } catch (error) {
    await file.remove();
    throw error;
  }
}

async function patiently<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  const patient = connectPatiently(db);
  try {
    return await work(patient);
  } finally {
    await patient.destroy();
  }
}

/** The import, when its work is done or patience ends. Throws what the work threw by then; later, the import tells. */
async function answerWhen(done: Promise<unknown>, id: string, status: 200 | 201, site: Site): Promise<Answer> {
  const timer = new AbortController();
  const isDone = await Promise.race([
    done.then(() => true),
    sleep(PATIENCE, false, { signal: timer.signal, ref: false }),
  ]).finally(() => timer.abort());
  done.catch(() => {});
  return { status: isDone ? status : 202, json: await getImport(site.db, id), location: `/imports/${id}` };
}
