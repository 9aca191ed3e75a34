import type { Writer } from '../../db/types.ts';

/** Gives the actor of this change a new password, hashed (`hashPassword`). They stay signed in here, and nowhere else. */
export async function changePassword(tx: Writer, passwordHash: string, session: string): Promise<void> {
  await newPassword(tx, tx.change.actor.id!, passwordHash, session);
}

/** Sets a user's password and ends all sessions of theirs but this one. */
export async function newPassword(tx: Writer, userId: string, hash: string, session?: string): Promise<void> {
  const password = { hash, changed_at: tx.change.at };
  await tx
    .insertInto('passwords')
    .values({ user_id: userId, ...password })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(password))
    .execute();
  await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(session !== undefined, (others) => others.where('id', '<>', session!))
    .execute();
}
