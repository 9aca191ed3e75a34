import { type Expression, type RawBuilder, sql } from 'kysely';

/** JSON that the database made, on its way to a reader as it is. `T` is what parsing it gives. */
export type JsonText<T> = string & { readonly __json?: T };

/** An object built in SQL. A subselect with to_json keeps the order of the keys and adds no blanks. */
export function jsonObject<T extends Record<string, Expression<unknown>>>(
  fields: T,
): RawBuilder<{ [K in keyof T]: T[K] extends Expression<infer V> ? V : never }> {
  const columns = Object.entries(fields).map(([key, value]) => sql`${value} as ${sql.id(key)}`);
  return sql`(select to_json(json_row) from (select ${sql.join(columns)}) as json_row)`;
}

/** A date as every answer gives it: as written, its half-open bounds in wall-clock time, its words in English. */
export interface DateJson {
  edtf: string;
  from: string | null;
  until: string | null;
  text: string;
}

/** The date kept in `<prefix>_on`, `_from`, `_until` and `_text`, for example of `s.said`; null where there is none. */
export function dateJson(prefix: string): RawBuilder<DateJson> {
  const date = jsonObject({
    edtf: sql<string>`${sql.ref(`${prefix}_on`)}`,
    from: sql<string | null>`iso(${sql.ref(`${prefix}_from`)})`,
    until: sql<string | null>`iso(${sql.ref(`${prefix}_until`)})`,
    text: sql<string>`${sql.ref(`${prefix}_text`)}`,
  });
  return sql`case when ${sql.ref(`${prefix}_on`)} is not null then ${date} end`;
}

/** The address of a record's page. The pool sets `app.public_url`. */
export function addressOf(folder: string, reference: string): RawBuilder<string> {
  return sql`current_setting('app.public_url') || ${sql.lit(`/${folder}/`)} || ${sql.ref(reference)}`;
}

/** When the present version of a record was written, as an instant to the microsecond, in UTC. */
export function updatedAt(table: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(`${table}.sys_from`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
