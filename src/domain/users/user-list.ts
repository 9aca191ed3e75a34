import { sql } from 'kysely';
import type { Reader, Role } from '../../db/types.ts';

export interface UserSummary {
  id: string;
  name: string;
  email: string | null;
  roles: Role[];
  disabled: boolean;
}

/** Everybody who works on the record, by name; the programs among them are in the list of tokens. */
export function userList(db: Reader): Promise<UserSummary[]> {
  return db
    .selectFrom('users')
    .select(['id', 'name', 'email', sql<Role[]>`roles::text[]`.as('roles'), 'disabled'])
    .where('kind', '=', 'person')
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
}
