import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../db/types.ts';
import { members, type Noun, tables } from '../nouns.ts';

export type Row = Record<string, unknown>;

/** One row that makes up a record, over the period in which it stood so: from `from`, until `until` where it ended. */
export interface Version {
  /** The record's own row, or the table of what belongs to it. */
  part: 'record' | string;
  row: Row;
  from: string;
  until: string | null;
}

/** What is about the row and not in it. */
export const SYSTEM = ['change_id', 'sys_from', 'sys_until'];

/** Every version of a record and of the rows that belong to it, in the order of time. */
export async function recordVersions(db: Reader, noun: Noun, id: string): Promise<Version[]> {
  const query = sql<Version>`
    select part, versions.row, to_char(sys_from at time zone 'UTC', ${STAMP}) as from,
           case when sys_until < 'infinity' then to_char(sys_until at time zone 'UTC', ${STAMP}) end as until
      from (${sql.join([versionsOf(tables[noun], 'id', 'record', id), ...membersOf(noun, id)], sql` union all `)}) as versions
     order by sys_from, part`;
  return (await db.executeQuery(query.compile(db))).rows;
}

const STAMP = sql.lit('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

function membersOf(noun: Noun, id: string): RawBuilder<unknown>[] {
  return members[noun].map((table) => versionsOf(table, `${noun}_id`, table, id));
}

function versionsOf(table: string, column: string, part: string, id: string): RawBuilder<unknown> {
  return sql`select ${sql.lit(part)} as part, to_jsonb(v) - ${sql.lit(`{${SYSTEM.join(',')}}`)}::text[] as row, sys_from, sys_until
    from ${sql.table(`versions.${table}`)} as v where v.${sql.ref(column)} = ${id}::uuid`;
}
