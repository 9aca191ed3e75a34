import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';

/** One act on record, by whom, when and why. */
export interface ChangeSummary {
  id: string;
  at: string;
  action: string;
  reason: string | null;
  /** Null is whoever ran the program at its command line, or somebody who was not signed in. */
  by: string | null;
  token: string | null;
}

export interface ChangeFilters {
  /** The beginning of an action: `sign-in`, `claim.edit`. */
  action?: string | undefined;
  /** A part of the name of who did it. */
  by?: string | undefined;
}

/** What was done here, the latest first; `before` is the stamp of the last one of the page before. */
export function listChanges(
  db: Reader,
  { action = '', by = '' }: ChangeFilters,
  limit: number,
  before: string | null = null,
): Promise<ChangeSummary[]> {
  return query(db, { action, by, limit, before });
}

const query = prepared<{ action: string; by: string; limit: number; before: string | null }, ChangeSummary>(
  (param) => sql`
    select c.id, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, c.action, c.reason,
           u.name as by, t.name as token
      from changes as c
      left join users as u on u.id = c.actor_id
      left join tokens as t on t.id = c.token_id
     where starts_with(c.action, ${param('action')}::text)
       and (${param('by')}::text = '' or position(lower(${param('by')}::text) in lower(u.name)) > 0)
       and (${param('before')}::timestamptz is null or c.at < ${param('before')}::timestamptz)
     order by c.at desc limit ${param('limit')}::integer`,
);
