import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';

export interface Comment {
  id: string;
  /** The name of who wrote it. */
  by: string;
  text: string;
  /** UTC, to the second. */
  at: string;
  /** For whom it still waits. */
  waitsFor: { id: string; name: string }[];
}

/** What was said of a claim, and of those merged into it, the earliest first. */
export function commentsOn(db: Reader, claimId: string): Promise<Comment[]> {
  return list(db, { claim: claimId });
}

const list = prepared<{ claim: string }, Comment>(
  (param) => sql`
    select c.id, u.name as by, c.text, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
           coalesce((select json_agg(json_build_object('id', w.id, 'name', w.name) order by w.name, w.id)
                       from mentions as m join users as w on w.id = m.user_id where m.comment_id = c.id), '[]') as "waitsFor"
      from comments as c join claims as on_claim on on_claim.id = c.claim_id join users as u on u.id = c.user_id
     where on_claim.canonical_id = ${param('claim')}::uuid
     order by c.at, c.id`,
);
