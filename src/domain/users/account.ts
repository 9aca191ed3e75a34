import { sql } from 'kysely';
import type { Reader, Role } from '../../db/types.ts';

/** Who signs in by an e-mail address, and with what. */
export interface Account {
  id: string;
  name: string;
  email: string | null;
  roles: Role[];
  passwordHash: string | null;
  /** Shared with their device, where codes are asked of them. */
  totpSecret: string | null;
}

/** The user with this address, however it is written, unless they may not sign in. */
export function findAccount(db: Reader, email: string): Promise<Account | undefined> {
  return accounts(db).where(sql`lower(users.email)`, '=', sql<string>`lower(${email.trim()})`).executeTakeFirst();
}

/** The account of a user, unless they may not sign in. */
export function accountOf(db: Reader, userId: string): Promise<Account | undefined> {
  return accounts(db).where('users.id', '=', userId).executeTakeFirst();
}

function accounts(db: Reader) {
  return db
    .selectFrom('users')
    .leftJoin('passwords', 'passwords.user_id', 'users.id')
    .leftJoin('totps', 'totps.user_id', 'users.id')
    .select([
      'users.id',
      'users.name',
      'users.email',
      sql<Role[]>`users.roles::text[]`.as('roles'),
      'passwords.hash as passwordHash',
      'totps.secret as totpSecret',
    ])
    .where('users.kind', '=', 'person')
    .where('users.disabled', '=', false);
}
