import { sql } from 'kysely';
import type { JsonText } from '../../db/json.ts';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';

/** Of the items of a timeline as of the past, those withdrawn since: `[{statementId, since}]`, or undefined. */
export async function findWithdrawals(db: Reader, items: JsonText<unknown[]>): Promise<string | undefined> {
  const [row] = await query(db, { items });
  return row?.withdrawn ?? undefined;
}

const query = prepared<{ items: string }, { withdrawn: string | null }>(
  (param) => sql`
    select json_agg(json_build_object('statementId', s.id, 'since', (
             select to_char(max(h.sys_until) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
               from history.statements as h where h.id = s.id and h.state <> 'withdrawn')))::text as withdrawn
      from json_array_elements(${param('items')}::json) as item
      join statements as s on s.id = (item -> 'statement' ->> 'id')::uuid
     where s.state = 'withdrawn'`,
);
