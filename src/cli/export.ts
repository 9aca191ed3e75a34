import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { latestInstant } from '../db/as-of.ts';
import type { Database, Reader } from '../db/types.ts';
import { dataPackage, fileNames, PACKAGE, type Written } from '../domain/exchange/data-package.ts';
import { recordLines } from '../domain/exchange/forms/record-lines.ts';
import { type Begin, type Noun, recordForms } from '../domain/exchange/record-form.ts';
import type { Scope } from '../domain/exchange/record-json.ts';
import { records } from '../domain/exchange/records.ts';
import { withDatabase } from './open-database.ts';
import { showProgress } from './progress.ts';

interface Options {
  all: string;
  unpublished?: true;
  overwrite?: true;
  json?: true;
}

/** Writes the whole record into a folder, described so that anybody can use it and On Record can import it. */
export async function exportCommand(
  config: Config,
  { all: folder, unpublished, overwrite, json }: Options,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (!overwrite && (await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty. Name another folder, or add --overwrite.`);
  const nouns = Object.keys(recordForms) as Noun[];
  const shown = json ? undefined : showProgress(`Exporting into ${folder}`, nouns.length);
  const written = await withDatabase(
    config,
    (db) => dump(db, folder, config, unpublished ? 'everything' : 'published', (done, line) => shown?.at(done, line)),
    { statementTimeout: 0 },
  );
  const counts = Object.fromEntries(written.map(({ noun, records: count }) => [noun, count]));
  shown?.end(
    `Exported: ${Object.entries(counts)
      .map(([noun, count]) => `${count} ${noun}`)
      .join(', ')}`,
  );
  if (json) console.log(JSON.stringify({ folder, records: counts }));
}

type Publishing = Pick<Config, 'siteName' | 'publisherName' | 'publisherUrl' | 'dataLicense'>;

/** All files are of one instant, whatever is written meanwhile. The description comes last: with it the dump is whole. */
export async function dump(
  db: Database,
  folder: string,
  { siteName, publisherName, publisherUrl, dataLicense }: Publishing,
  scope: Scope,
  progress: (done: number, line: string) => void = () => {},
): Promise<Written[]> {
  await rm(join(folder, PACKAGE), { force: true });
  const begin: Begin = {
    type: 'begin',
    format: 'onrecord/1',
    publisher: { name: publisherName, url: publisherUrl },
  };
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const files: Written[] = [];
      const created = await latestInstant(snapshot);
      for (const noun of Object.keys(recordForms) as Noun[]) {
        progress(files.length, fileNames[noun]);
        files.push(await writeFileOf(noun, snapshot, folder, begin, scope));
      }
      const about = { title: siteName, created, license: dataLicense, begin, everything: scope === 'everything' };
      await writeFile(join(folder, PACKAGE), `${JSON.stringify(dataPackage(about, files), null, 2)}\n`);
      return files;
    });
}

async function writeFileOf(noun: Noun, reader: Reader, folder: string, begin: Begin, scope: Scope): Promise<Written> {
  const hash = createHash('sha256');
  let count = 0;
  let bytes = 0;
  const counted = async function* () {
    for await (const batch of records(reader, noun, scope)) {
      count += batch.length;
      yield batch;
    }
  };
  const noted = async function* () {
    for await (const text of recordLines(counted(), begin)) {
      hash.update(text);
      bytes += Buffer.byteLength(text);
      yield text;
    }
  };
  await pipeline(noted, createWriteStream(join(folder, fileNames[noun])));
  return { noun, records: count, bytes, hash: hash.digest('hex') };
}
