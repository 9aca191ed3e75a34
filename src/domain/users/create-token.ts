import { z } from 'zod';
import type { Role, Writer } from '../../db/types.ts';
import { newId } from '../../lib/ids.ts';
import { text } from '../fields.ts';
import { demand } from './permissions.ts';
import { daysAfter, RoleName } from './rules.ts';
import { hashOf, newToken } from './secrets.ts';

export const CreateToken = z.strictObject({
  name: text(500),
  role: RoleName,
  days: z.int().min(1).max(3650).default(365).meta({ description: 'Days until it expires' }),
});
export type CreateToken = z.output<typeof CreateToken>;

export interface CreatedToken {
  id: string;
  name: string;
  role: Role;
  /** Shown this once: only its hash is kept. */
  token: string;
  expiresAt: string;
}

/** Whose token it is: what it writes counts as theirs where four eyes hold. */
interface Owned {
  ownerId?: string | null;
}

/** Creates an access token in a role, and the service user as which it acts. */
export async function createToken(tx: Writer, input: CreateToken & Owned): Promise<CreatedToken> {
  demand(tx, 'token.manage');
  return makeToken(tx, input);
}

/** As `createToken`, for acts that give a token to whoever they let in. */
export async function makeToken(
  tx: Writer,
  { name, role, days, ownerId = null }: CreateToken & Owned,
): Promise<CreatedToken> {
  const id = newId();
  const userId = newId();
  const token = newToken();
  const expiresAt = daysAfter(tx.change.at, days);
  await tx
    .insertInto('users')
    .values({ id: userId, name, email: null, kind: 'service', roles: [role] })
    .execute();
  await tx
    .insertInto('tokens')
    .values({
      id,
      user_id: userId,
      owner_id: ownerId,
      name,
      role,
      hash: hashOf(token),
      created_at: tx.change.at,
      expires_at: expiresAt,
    })
    .execute();
  return { id, name, role, token, expiresAt };
}
