import { sql } from 'kysely';
import type { Reader, Role } from '../../db/types.ts';

export interface TokenSummary {
  id: string;
  name: string;
  role: Role;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
}

/** All access tokens, the newest first, without what is secret of them. */
export async function tokenList(db: Reader): Promise<TokenSummary[]> {
  return db
    .selectFrom('tokens')
    .select([
      'id',
      'name',
      sql<Role>`role`.as('role'),
      instant('created_at').as('createdAt'),
      instant('expires_at').as('expiresAt'),
      instant('revoked_at').$castTo<string | null>().as('revokedAt'),
    ])
    .orderBy('id', 'desc')
    .execute();
}

const instant = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
