import type { Readable } from 'node:stream';
import { Tokenizer, TokenParser } from '@streamparser/json';
import { Malformed } from '../../../errors.ts';
import { after, malformedAt, textOf } from './text-stream.ts';

export interface Item {
  /** Of the file's root: `$.dataFeedElement[12]`. */
  path: string;
  value: unknown;
}

/** A document that is no list is kept whole in memory up to this size. */
const MOST_WHOLE = 16 * 1024 * 1024;

/**
 * The members of a JSON document's root array, or of the arrays under these names of its root object, one after the
 * other, so that a file may be larger than memory. A root object without any of them is one item.
 * Throws `Malformed` where the document is not JSON.
 */
export async function* itemsOf(bytes: Readable, lists: readonly string[]): AsyncGenerator<Item> {
  let reading: ReturnType<typeof readerOf> | undefined;
  let before = '';
  /** The text so far, while no item was found. */
  let whole: string | undefined = '';
  for await (const text of textOf(bytes)) {
    whole = whole === undefined || whole.length > MOST_WHOLE ? undefined : whole + text;
    if (!reading && /^\s*$/.test(before + text)) {
      before += text;
      continue;
    }
    reading ??= readerOf(/^\s*\[/.test(text) ? ['$.*'] : lists.map((list) => `$.${list}.*`));
    const found = reading.read(before + text);
    before = '';
    if (found.length) whole = undefined;
    yield* found;
  }
  if (!reading) throw malformedAt(1, 1, 'the file is empty.');
  reading.end();
  if (reading.any() || reading.isList) return;
  if (whole === undefined)
    throw new Malformed(`The file is too large for one record, and holds no list ${lists.join(', ')}.`);
  const value: unknown = JSON.parse(whole);
  const isEmptyList = typeof value === 'object' && value !== null && lists.some((list) => list in value);
  if (!isEmptyList) yield { path: '$', value };
}

function readerOf(paths: string[]) {
  const parser = new TokenParser({ paths, keepStack: false });
  const tokenizer = new Tokenizer();
  let found: Item[] = [];
  let any = false;
  let offset = 0;
  let failure: { offset: number; detail: string } | undefined;
  const read = { start: 0, line: 1, column: 1, text: '' };
  tokenizer.onToken = (token) => {
    offset = token.offset;
    parser.write(token);
  };
  tokenizer.onError = ({ message }) => {
    const absolute = /absolute position "(\d+)"/.exec(message)?.[1];
    failure ??= { offset: absolute ? Number(absolute) : offset, detail: 'this is not JSON.' };
  };
  parser.onError = () => {
    failure ??= {
      offset,
      detail: 'this is not JSON: something is missing before it, or it stands in the wrong place.',
    };
  };
  parser.onValue = ({ value, key, stack }) => {
    any = true;
    found.push({ path: `$${stack[1]?.key === undefined ? '' : `.${stack[1].key}`}[${key}]`, value });
  };
  return {
    isList: paths[0] === '$.*',
    any: () => any,
    read(text: string): Item[] {
      Object.assign(read, after(read.text, read.line, read.column), {
        start: read.start + Buffer.byteLength(read.text),
        text,
      });
      tokenizer.write(text);
      if (failure) {
        const upTo = Buffer.from(text)
          .subarray(0, Math.max(0, failure.offset - read.start))
          .toString();
        const { line, column } = after(upTo, read.line, read.column);
        throw malformedAt(line, column, failure.detail);
      }
      const items = found;
      found = [];
      return items;
    },
    end() {
      if (!tokenizer.isEnded) tokenizer.end();
      if (parser.isEnded && !failure) return;
      const { line, column } = after(read.text, read.line, read.column);
      throw malformedAt(line, column, 'the file ends in the middle of its JSON.');
    },
  };
}
