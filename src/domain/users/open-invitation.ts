import { sql } from 'kysely';
import type { Reader, Role } from '../../db/types.ts';
import { hashOf } from './secrets.ts';

export interface OpenInvitation {
  id: string;
  roles: Role[];
}

/** The invitation of this link, unless it was used or has expired at `now` (an instant in UTC). */
export function findOpenInvitation(db: Reader, secret: string, now: string): Promise<OpenInvitation | undefined> {
  return db
    .selectFrom('invitations')
    .select(['id', sql<Role[]>`roles::text[]`.as('roles')])
    .where('hash', '=', hashOf(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}
