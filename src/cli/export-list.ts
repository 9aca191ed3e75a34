import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { operator } from '../domain/users/operator.ts';
import { exportAt } from '../web/api/router.ts';
import { type Form, isForm } from '../web/forms.ts';
import { Jobs } from '../web/jobs.ts';
import { withDatabase } from './open-database.ts';

export interface ListOptions {
  format?: Form;
  filter?: string[];
  output?: string;
  unpublished?: true;
  json?: true;
}

const BINARY: readonly Form[] = ['xlsx', 'parquet'];

/**
 * Writes what a list or timeline shows, `claims` or `people/donald-trump/timeline`, into a file or to standard output,
 * with the filters of the API. Says on standard error how many rows it has. A file that is there already is kept.
 */
export async function exportListCommand(config: Config, what: string, options: ListOptions): Promise<void> {
  const { filter = [], output = '-', unpublished, json } = options;
  const form = options.format ?? formOf(output);
  if (output === '-' && BINARY.includes(form) && process.stdout.isTTY)
    throw new Error(`${form} is not for a terminal. Name a file: -o record.${form}`);
  const path = `/${what.replace(/^\//, '')}`;
  const rows = await withDatabase(
    config,
    async (db) => {
      const { publicUrl, siteName, publisherName, publisherUrl, dataLicense } = config;
      const us = { publicUrl, siteName, publisherName, publisherUrl, dataLicense };
      // Nothing here goes on beyond its page: cursors are of this process alone.
      const site = {
        ...us,
        db,
        secret: 'of this process alone, as are its cursors',
        now: () => new Date(),
        jobs: new Jobs(),
      };
      const asked = { path, query: queryIn(filter), actor: unpublished ? operator : null };
      const found = await exportAt(site, form, asked);
      await write(found.chunks, output);
      return found.rows();
    },
    { statementTimeout: 0 },
  );
  const where = output === '-' ? '' : ` to ${output}`;
  process.stderr.write(json ? `${JSON.stringify({ what, form, rows })}\n` : `Exported ${rows} rows${where}\n`);
}

/** As the name of the file ends; else CSV. */
function formOf(output: string): Form {
  const extension = extname(output).slice(1);
  return isForm(extension) && extension !== 'json' ? extension : 'csv';
}

function queryIn(filters: readonly string[]): Record<string, string> {
  const query: Record<string, string> = {};
  for (const filter of filters) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(filter) ?? [];
    if (name === undefined) throw new Error(`A filter is name=value, such as status=false, not "${filter}".`);
    if (name in query) throw new Error(`The filter ${name} is given twice: give it once, several values with commas.`);
    query[name] = value!;
  }
  return query;
}

async function write(chunks: AsyncIterable<string | Uint8Array>, output: string): Promise<void> {
  if (output === '-') return print(chunks);
  const file = createWriteStream(output, { flags: 'wx' });
  let made = false;
  file.once('open', () => {
    made = true;
  });
  try {
    await pipeline(Readable.from(chunks), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new Error(`${output} is there already. Name another file.`);
    // Half a file would pass for one where its form does not tell.
    if (made) await rm(output, { force: true });
    throw error;
  }
}

/** Whoever reads only the beginning, as `head` does, may. */
async function print(chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}
