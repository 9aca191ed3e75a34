import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { Malformed } from '../../../errors.ts';

const LONGEST_LINE = 16 * 1024 * 1024;

export function malformedAt(line: number, column: number, detail: string): Malformed {
  return new Malformed(`Line ${line}, column ${column}: ${detail}`);
}

/** How a file begins, with a byte order mark where it has one, and the file from its beginning. */
export async function beginningOf(bytes: Readable): Promise<{ beginning: string; whole: Readable }> {
  const chunks = (bytes as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return { beginning: '', whole: Readable.from([]) };
  const whole = async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return { beginning: first.value.subarray(0, 1000).toString(), whole: Readable.from(whole(), { objectMode: false }) };
}

/** The text of a file in UTF-8, without a byte order mark. Throws `Malformed` where it is in another encoding. */
export async function* textOf(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let column = 1;
  let first = true;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    if (first && /^(fffe|feff)/.test(chunk.subarray(0, 2).toString('hex')))
      throw malformedAt(1, 1, 'the file is in UTF-16. Save it as UTF-8.');
    first = false;
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      throw notUtf8(Buffer.concat([rest, chunk]), line, column);
    }
    ({ line, column } = after(text, line, column));
    rest = unfinished(chunk);
    yield text;
  }
  try {
    decoder.decode();
  } catch {
    throw malformedAt(line, column, 'the file ends in the middle of a character.');
  }
}

/** The bytes at the end of a chunk that may be the beginning of a character. */
function unfinished(chunk: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= chunk.length; back++) {
    const byte = chunk[chunk.length - back]!;
    if (byte >= 0xc0) return isUtf8(chunk.subarray(-back)) ? Buffer.alloc(0) : chunk.subarray(-back);
    if (byte < 0x80) break;
  }
  return Buffer.alloc(0);
}

function notUtf8(bytes: Buffer, line: number, column: number): Malformed {
  // Within one chunk, found by halves: the longest beginning that is UTF-8, give or take the bytes of one character.
  let good = 0;
  for (let bad = bytes.length; bad - good > 1; ) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, middle - unfinished(bytes.subarray(0, middle)).length))) good = middle;
    else bad = middle;
  }
  const before = bytes.subarray(0, good);
  const at = after(before.subarray(0, before.length - unfinished(before).length).toString(), line, column);
  return malformedAt(at.line, at.column, 'the file is not UTF-8. Save it as UTF-8, which every program can.');
}

/** The place after a text that begins at a place. */
export function after(text: string, line: number, column: number): { line: number; column: number } {
  const end = text.lastIndexOf('\n');
  if (end < 0) return { line, column: column + text.length };
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return { line: line + lines, column: text.length - end };
}

/** The lines of a text, from 1, without their ends. */
export async function* linesOf(bytes: Readable): AsyncGenerator<{ line: number; text: string }> {
  let line = 1;
  let rest = '';
  for await (const text of textOf(bytes)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) throw malformedAt(line + lines.length, 1, 'the line is too long.');
    for (const one of lines) yield { line: line++, text: one.endsWith('\r') ? one.slice(0, -1) : one };
  }
  if (rest) yield { line, text: rest };
}
