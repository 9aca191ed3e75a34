import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Actor, Reader, Role } from '../../db/types.ts';
import { hashOf } from './secrets.ts';

/** Somebody signed in at the desk. Their roles are those of this moment. */
export interface Session extends Actor {
  id: string;
  sessionId: string;
  name: string;
}

/** The session with this secret, while it lasts and its user may sign in. */
export async function findSession(db: Reader, secret: string, now: Date): Promise<Session | undefined> {
  const [row] = await bySecret(db, { hash: hashOf(secret), now: now.toISOString() });
  return row && { ...row, tokenId: null };
}

interface Row {
  sessionId: string;
  id: string;
  name: string;
  roles: Role[];
}

const bySecret = prepared<{ hash: Buffer; now: string }, Row>(
  (param) => sql`
    select s.id as "sessionId", u.id, u.name, u.roles::text[] as roles
      from sessions as s join users as u on u.id = s.user_id
     where s.hash = ${param('hash')} and s.expires_at > ${param('now')}::timestamptz and not u.disabled`,
);

export interface SessionSummary {
  id: string;
  /** The browser, as it names itself. */
  agent: string | null;
  createdAt: string;
  expiresAt: string;
}

/** Where a user is signed in, the newest first. */
export function sessionList(db: Reader, userId: string, now: Date): Promise<SessionSummary[]> {
  const instant = (column: string) =>
    sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return db
    .selectFrom('sessions')
    .select(['id', 'agent', instant('created_at').as('createdAt'), instant('expires_at').as('expiresAt')])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now.toISOString())
    .orderBy('id', 'desc')
    .execute();
}
