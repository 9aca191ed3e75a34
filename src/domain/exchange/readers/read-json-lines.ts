import type { Reader } from '../reading.ts';
import { Begin, End, type RecordInput, recordForms } from '../record-form.ts';
import { checkLine } from './check-line.ts';
import { linesOf, malformedAt } from './text-stream.ts';

/** JSON Lines in our own exchange form. */
export const readJsonLines: Reader = async function* (bytes) {
  let count = 0;
  let last = 0;
  let ended = false;
  for await (const { line, text } of linesOf(bytes)) {
    last = line;
    if (text.trim() === '') continue;
    if (ended) throw malformedAt(line, 1, 'stands after the line that says that the file ends.');
    const value = parse(text, line);
    if (value.type === 'begin' && count === 0) yield { begin: checkLine(Begin, value, line) };
    else if (value.type === 'end') {
      const { records } = checkLine(End, value, line);
      if (records !== count)
        throw malformedAt(line, 1, `the file has ${count} records, not ${records}: it is not whole.`);
      ended = true;
    } else {
      if (count === 0 && isShown(value)) throw malformedAt(line, 1, SHOWN);
      count++;
      yield Object.hasOwn(recordForms, String(value.type))
        ? { place: { line }, records: [value as RecordInput] }
        : { place: { line }, refused: `/type: must be one of ${Object.keys(recordForms).join(', ')}` };
    }
  }
  if (!ended)
    throw malformedAt(
      last + 1,
      1,
      `the last line is missing, so the file may be cut off: {"type":"end","records":${count}}`,
    );
};

function parse(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    throw malformedAt(
      line,
      position === undefined ? text.length + 1 : Number(position) + 1,
      `this is not JSON: ${message}`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformedAt(line, 1, 'a line must be an object, such as {"type": "claim", …}');
  return value as Record<string, unknown>;
}

const SHOWN =
  'this is a list as it is shown, without all that is behind it. Export it in lossless form: .jsonl?form=lossless, or “onrecord export … --filter form=lossless”.';

/** An item of a list has members that no record has. */
const isShown = (value: object): boolean =>
  ['updatedAt', 'statementId', 'independentOrigins', 'claimCount', 'score'].some((member) => member in value);
