import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Transform } from 'node:stream';
import { z } from 'zod';
import { Malformed } from '../../errors.ts';
import { vocabulary } from '../vocabulary.ts';
import { type Begin, type End, type Noun, recordForms } from './record-form.ts';

/** The file of each noun, in the order in which they refer to each other. */
export const fileNames: Record<Noun, string> = {
  person: 'people.jsonl',
  topic: 'topics.jsonl',
  source: 'sources.jsonl',
  claim: 'claims.jsonl',
  statement: 'statements.jsonl',
  verdict: 'verdicts.jsonl',
  attribution: 'attributions.jsonl',
};

export const PACKAGE = 'datapackage.json';

export interface Written {
  noun: Noun;
  /** Records in it; the lines `begin` and `end` are two more. */
  records: number;
  bytes: number;
  /** SHA-256 in hexadecimal. */
  hash: string;
}

interface About {
  title: string;
  /** ISO 8601: the instant of which the record is. */
  created: string | null;
  license: { name: string; url: string };
  begin: Begin;
  /** Whether drafts, withdrawn and erased records are in it. */
  everything: boolean;
}

/** The description of a dump: Data Package 2.0 (https://datapackage.org/standard/data-package/). */
export function dataPackage(about: About, files: readonly Written[]): object {
  const { title, created, license, begin, everything } = about;
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'on-record',
    title,
    description: `${everything ? 'All that is on record, drafts and withdrawn records too' : 'All that is published'}, one file of JSON Lines a noun in the form onrecord/1. The first line of each file is of type begin, the last of type end with the number of records. Records refer to each other by id.`,
    created: created ?? undefined,
    licenses: [{ name: license.name, path: license.url }],
    contributors: [{ title: begin.publisher.name, path: begin.publisher.url, roles: ['publisher'] }],
    form: begin.format,
    resources: files.map(({ noun, records, bytes, hash }) => ({
      name: fileNames[noun].replace('.jsonl', ''),
      path: fileNames[noun],
      format: 'jsonl',
      mediatype: 'application/x-ndjson',
      encoding: 'utf-8',
      bytes,
      hash: `sha256:${hash}`,
      records,
      schema: { fields: fieldsOf(noun) },
    })),
    codeBook: vocabulary,
  };
}

const ofFirstAndLastLine = [
  { name: 'format', type: 'string', description: 'In the first line: which form this is' },
  { name: 'publisher', type: 'object', description: 'In the first line: whose findings are ours' },
  { name: 'records', type: 'integer', description: 'In the last line: how many records stand before it' },
];

type Json = Record<string, unknown>;

/** Table Schema of a record, made of the very schema that checks it on the way in. */
function fieldsOf(noun: Noun): object[] {
  const { properties } = z.toJSONSchema(recordForms[noun], { io: 'input', unrepresentable: 'any' }) as {
    properties: Record<string, Json>;
  };
  const fields = Object.entries(properties).map(([name, schema]) => {
    const choices = ((schema.anyOf ?? [schema]) as Json[]).filter(({ type }) => type !== 'null');
    const types = [...new Set(choices.map(({ type, const: fixed }) => (fixed === undefined ? type : 'string')))];
    const words = choices.length === 1 ? choices[0]!.enum : undefined;
    const description = schema.description ?? choices[0]?.description;
    return {
      name,
      type: types.length === 1 && types[0] !== undefined ? types[0] : 'any',
      ...(description !== undefined && { description }),
      ...(words !== undefined && { constraints: { enum: words } }),
    };
  });
  return [...fields, ...ofFirstAndLastLine.filter(({ name }) => !(name in properties))];
}

const Described = z.object({
  resources: z
    .array(
      z.object({
        path: z.enum(Object.values(fileNames)),
        hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
        bytes: z.int().min(0),
        records: z.int().min(0),
      }),
    )
    .min(1),
});
export type Described = z.output<typeof Described>;

/** The description in a folder. Throws `Malformed` where it is none of ours. */
export async function readDescription(folder: string): Promise<Described> {
  const text = await readFile(join(folder, PACKAGE), 'utf8');
  try {
    return Described.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : (error as Error).message;
    throw new Malformed(`${PACKAGE} does not describe an export of On Record: ${why}`);
  }
}

/**
 * A dump as one file in the exchange form: its records in order between one first line and one last. Throws `Malformed`
 * where a file is not the one that was described.
 */
export async function* dumpLines(folder: string, { resources }: Described): AsyncGenerator<string> {
  let begun = false;
  let records = 0;
  for (const { path, hash: described, bytes, records: count } of resources) {
    const hash = createHash('sha256');
    let size = 0;
    const through = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    const file = createReadStream(join(folder, path));
    file.once('error', (error) => through.destroy(error));
    let read = 0;
    for await (const line of createInterface({ input: file.pipe(through), crlfDelay: Number.POSITIVE_INFINITY })) {
      const isBegin = line.startsWith('{"type":"begin"');
      if (line.startsWith('{"type":"end"') || (isBegin && begun)) continue;
      begun ||= isBegin;
      if (!isBegin) read++;
      yield `${line}\n`;
    }
    if (through.errored) throw through.errored;
    if (`sha256:${hash.digest('hex')}` !== described || size !== bytes || read !== count)
      throw new Malformed(`${path} is not the file that ${PACKAGE} describes: it was changed, or is not whole.`);
    records += read;
  }
  yield `${JSON.stringify({ type: 'end', records } satisfies End)}\n`;
}
