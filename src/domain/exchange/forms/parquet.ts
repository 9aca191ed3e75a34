import type { SchemaElement } from 'hyparquet';
import type { ByteWriter } from 'hyparquet-writer';
import { type Cell, type Column, cellsOf, type Pages, type Table } from './table.ts';

/** Rows encoded together, and held in memory until then. */
const GROUP = 2000;

/** Apache Parquet. Its footer comes last and counts the rows, so a truncated file does not open; it says `rows` again. */
export async function* parquet(pages: Pages, { noun, columns }: Table): AsyncGenerator<Uint8Array> {
  // Loaded when first asked, as few servers are.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const writer = new ByteWriter();
  const rows = { key: 'rows', value: '0' };
  const file = new ParquetWriter({
    writer,
    schema: [{ name: noun, num_children: columns.length }, ...columns.flatMap(schemaOf)],
    kvMetadata: [{ key: 'type', value: noun }, rows],
    createdBy: 'onrecord',
  });
  let group: Cell[][] = [];
  for await (const items of pages) {
    group.push(...items.map((item) => cellsOf(item, columns)));
    if (group.length < GROUP) continue;
    yield* encoded(group);
    group = [];
  }
  if (group.length) yield* encoded(group);
  rows.value = String(file.num_rows);
  file.finish();
  yield taken(writer);

  function* encoded(cells: Cell[][]): Generator<Uint8Array> {
    const columnData = columns.map(({ name }, index) => ({ name, data: cells.map((row) => row[index]) }));
    file.write({ columnData, rowGroupSize: GROUP * 2 });
    yield taken(writer);
  }
}

function schemaOf({ name, type }: Column): SchemaElement[] {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (type === 'integer') return [{ ...optional, type: 'INT32' }];
  if (type === 'number') return [{ ...optional, type: 'DOUBLE' }];
  if (type === 'boolean') return [{ ...optional, type: 'BOOLEAN' }];
  if (type === 'text') return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
  return [
    { ...optional, converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  ];
}

/** What was written since the last time; `offset` goes on, as the footer points into the whole file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
