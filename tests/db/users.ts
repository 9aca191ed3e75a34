import { change } from '../../src/db/change.ts';
import type { Actor, Database, Role } from '../../src/db/types.ts';
import { createToken } from '../../src/domain/users/create-token.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { newId } from '../../src/lib/ids.ts';

/** Somebody who works on the record, as whom a test acts. */
export async function aUser(db: Database, name: string, ...roles: Role[]): Promise<Actor & { id: string }> {
  const id = newId();
  await change(db, { actor: operator, action: 'user.add' }, (tx) =>
    tx.insertInto('users').values({ id, name, email: null, kind: 'person', roles }).execute(),
  );
  return { id, tokenId: null, roles };
}

/** A program that acts by a token, whose owner may be named. */
export async function aService(db: Database, role: Role, owner?: Actor): Promise<Actor & { id: string }> {
  const { id: tokenId } = await change(db, { actor: operator, action: 'token.create' }, (tx) =>
    createToken(tx, { name: 'A program', role, days: 1, ownerId: owner?.id ?? null }),
  );
  const token = await db.selectFrom('tokens').select('user_id').where('id', '=', tokenId).executeTakeFirstOrThrow();
  return { id: token.user_id, tokenId, roles: [role] };
}
