import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import readXlsx from 'read-excel-file/node';
import type { Response, Test } from 'supertest';
import type { Form } from '../../src/web/forms.ts';
import type { Body } from './records.ts';

/** Receives a body as bytes, whatever its type. */
export async function bytesOf(test: Test): Promise<Buffer> {
  const response = await test.buffer(true).parse((from, done) => {
    const chunks: Buffer[] = [];
    from.on('data', (chunk: Buffer) => chunks.push(chunk));
    from.on('end', () => done(null, Buffer.concat(chunks)));
  });
  return response.body as Buffer;
}

/** The rows in a file, read by other programs than those that wrote it. */
export async function rowsIn(form: Form, bytes: Buffer): Promise<Body[]> {
  const text = bytes.toString();
  if (form === 'csv') return parse(bytes, { columns: true, bom: true });
  if (form === 'jsonl')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  if (form === 'parquet') return parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  if (form === 'timelinejs') return JSON.parse(text).events;
  if (form === 'jsonld') return JSON.parse(text)['@graph'];
  const [sheet] = (await readXlsx(bytes)) as unknown as { data: unknown[][] }[];
  const [header = [], ...rows] = sheet!.data;
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

/** All that a file says, as text to be searched. */
export async function textIn(form: Form, bytes: Buffer): Promise<string> {
  if (form === 'xlsx')
    return Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString())
      .join('\n');
  return form === 'parquet' ? JSON.stringify(await rowsIn(form, bytes)) : bytes.toString();
}

/** The number of rows that came after the body. */
export const rowCount = (response: Response): string | undefined =>
  (response as unknown as { res: { trailers: Record<string, string> } }).res.trailers['row-count'];
