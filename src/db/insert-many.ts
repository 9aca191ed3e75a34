import { type RawBuilder, sql } from 'kysely';
import type { DB } from './tables.ts';
import type { Writer } from './types.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Inserts rows set-based, with all triggers and checks: one statement of arrays, which reaches nine tenths of COPY.
 * The first row says which columns there are; JSON columns take JSON text.
 */
export async function insertMany(tx: Writer, table: keyof DB, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const types = await typesOf(tx, table);
  const arrays = columns.map((column) =>
    arrayOf(
      rows.map((row) => row[column] ?? null),
      types[column]!,
    ),
  );
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select * from unnest(${sql.join(arrays)})`.execute(tx);
}

/** An array of a type, as one parameter. */
export function arrayOf(values: readonly unknown[], type: string): RawBuilder<unknown> {
  return sql`${values}::${sql.raw(type)}[]`;
}

const known = new Map<string, Record<string, string>>();

async function typesOf(tx: Writer, table: string): Promise<Record<string, string>> {
  const found = known.get(table);
  if (found) return found;
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped`.execute(tx);
  const types = Object.fromEntries(rows.map(({ name, type }) => [name, type]));
  known.set(table, types);
  return types;
}
