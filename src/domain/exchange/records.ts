import { type RawBuilder, sql } from 'kysely';
import { jsonObject } from '../../db/json.ts';
import { type Param, prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { type Noun, recordForms } from './record-form.ts';
import { recordJson, type Scope } from './record-json.ts';

/** Records read at once, and held in memory. */
const ROWS = 1000;

/** Every record of a noun in the exchange form, as JSON text, by id. Read it in one transaction, and it is true at once. */
export async function* records(reader: Reader, noun: Noun, scope: Scope): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await everyRecord[scope][noun](reader, { after });
    if (rows.length) yield rows.map(({ json }) => json);
    if (rows.length < ROWS) return;
    after = rows.at(-1)!.id;
  }
}

export interface RecordRow extends Record<string, unknown> {
  id: string;
  /** In the exchange form. */
  json: string;
}

/** The records of a noun with these ids that are in scope, by id. */
export function recordsWithIds(reader: Reader, noun: Noun, scope: Scope, ids: readonly string[]): Promise<RecordRow[]> {
  return namedRecords[scope][noun](reader, { ids });
}

/** One query for each scope and noun. */
function queries<P extends Record<string, unknown>>(which: (param: Param<P>) => RawBuilder<unknown>) {
  const of = (scope: Scope, noun: Noun) =>
    prepared<P, RecordRow>((param) => {
      const { table, isPublic, form } = recordJson[noun];
      return sql`
      select s.id, ${jsonObject({ type: sql.lit(noun), ...form(scope) })}::text as json
        from ${sql.table(table)} as s
       where ${scope === 'published' ? isPublic : sql`true`} and ${which(param)}`;
    });
  const inScope = (scope: Scope) =>
    Object.fromEntries((Object.keys(recordForms) as Noun[]).map((noun) => [noun, of(scope, noun)])) as Record<
      Noun,
      ReturnType<typeof of>
    >;
  return { published: inScope('published'), everything: inScope('everything') };
}

const everyRecord = queries<{ after: string }>(
  (param) => sql`s.id > ${param('after')}::uuid order by s.id limit ${sql.lit(ROWS)}`,
);
const namedRecords = queries<{ ids: readonly string[] }>(
  (param) => sql`s.id = any(${param('ids')}::uuid[]) order by s.id`,
);
