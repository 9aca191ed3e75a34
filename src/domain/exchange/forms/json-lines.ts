import type { Pages, Table } from './table.ts';

/** Items as the list shows them, one a line, each with its `type`; the last line is `{"type":"end","records":N}`. */
export async function* jsonLines(pages: Pages, { noun }: Pick<Table, 'noun'>): AsyncGenerator<string> {
  let records = 0;
  for await (const items of pages) {
    records += items.length;
    if (items.length) yield items.map((item) => `${JSON.stringify({ type: noun, ...item })}\n`).join('');
  }
  yield `${JSON.stringify({ type: 'end', records })}\n`;
}
