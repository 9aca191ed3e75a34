import type { Begin, End } from '../record-form.ts';

/** JSON Lines in the exchange form: `begin`, each record, `end` with their number. `batches` are of records as JSON text. */
export async function* recordLines(batches: AsyncIterable<readonly string[]>, begin: Begin): AsyncGenerator<string> {
  let records = 0;
  yield `${JSON.stringify(begin)}\n`;
  for await (const batch of batches) {
    records += batch.length;
    if (batch.length) yield `${batch.join('\n')}\n`;
  }
  yield `${JSON.stringify({ type: 'end', records } satisfies End)}\n`;
}
