import { sql } from 'kysely';
import type { Reader } from '../../db/types.ts';

export interface UnsentForm {
  id: string;
  path: string;
  /** Name and value of each field, in order. */
  fields: [string, string][];
  version: number;
  /** ISO 8601, UTC. */
  keptAt: string;
}

/** What a user has begun and not sent, the latest first; at most a hundred. */
export function listUnsentForms(db: Reader, userId: string): Promise<UnsentForm[]> {
  return unsent(db, userId).orderBy('kept_at', 'desc').limit(100).execute();
}

/** One of a user's own forms. */
export function findUnsentForm(db: Reader, userId: string, id: string): Promise<UnsentForm | undefined> {
  return unsent(db, userId).where('id', '=', id).executeTakeFirst();
}

const unsent = (db: Reader, userId: string) =>
  db
    .selectFrom('unsent_forms')
    .select([
      'id',
      'path',
      sql<[string, string][]>`fields`.as('fields'),
      'version',
      sql<string>`to_char(kept_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`.as('keptAt'),
    ])
    .where('user_id', '=', userId);
