import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Actor, Database, Role } from '../../db/types.ts';
import { Unauthenticated } from '../../errors.ts';
import { hashOf } from './secrets.ts';
import { isTokenShaped } from './token-format.ts';

/**
 * Who sends this `Authorization` header; null where there is none. Throws `Unauthenticated` for anything else than a
 * token in force. What is no token by its checksum never reaches the database.
 */
export async function authenticate(db: Database, header: string | undefined, now: Date): Promise<Actor | null> {
  if (header === undefined) return null;
  const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
  if (!token) throw new Unauthenticated();
  if (!isTokenShaped(token))
    throw new Unauthenticated(
      'This is not a whole access token: check that it was copied from onr_ to its last character.',
    );
  const [found] = await tokenByHash(db, { hash: hashOf(token), now: now.toISOString() });
  if (!found) throw new Unauthenticated('This access token is unknown.');
  if (found.revoked) throw new Unauthenticated('This access token was revoked.');
  if (found.expired) throw new Unauthenticated('This access token has expired.');
  if (found.disabled) throw new Unauthenticated('The user of this access token is disabled.');
  return { id: found.userId, tokenId: found.id, roles: [found.role] };
}

interface TokenRow {
  id: string;
  userId: string;
  role: Role;
  revoked: boolean;
  expired: boolean;
  disabled: boolean;
}

const tokenByHash = prepared<{ hash: Buffer; now: string }, TokenRow>(
  (param) => sql`
    select t.id, t.user_id as "userId", t.role, t.revoked_at is not null as revoked,
           t.expires_at <= ${param('now')}::timestamptz as expired, u.disabled
      from tokens as t join users as u on u.id = t.user_id
     where t.hash = ${param('hash')}`,
);
