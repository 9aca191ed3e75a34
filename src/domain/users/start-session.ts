import type { Writer } from '../../db/types.ts';
import { newId } from '../../lib/ids.ts';
import { daysAfter } from './rules.ts';
import { hashOf, newLinkSecret } from './secrets.ts';

export const SESSION_DAYS = 7;

export interface StartedSession {
  /** Goes into the cookie; only its hash is kept. */
  secret: string;
  expiresAt: string;
}

/**
 * Signs the actor of this change in, by whatever way it was made sure who they are: this is the seam for passkeys and
 * OpenID Connect. Every session has a new secret, and one that the browser had before ends.
 */
export async function startSession(
  tx: Writer,
  { agent, previous }: { agent: string | undefined; previous: string | undefined },
): Promise<StartedSession> {
  if (previous) await tx.deleteFrom('sessions').where('hash', '=', hashOf(previous)).execute();
  await tx.deleteFrom('sessions').where('expires_at', '<=', tx.change.at).execute();
  const secret = newLinkSecret();
  const expiresAt = daysAfter(tx.change.at, SESSION_DAYS);
  await tx
    .insertInto('sessions')
    .values({
      id: newId(),
      user_id: tx.change.actor.id!,
      hash: hashOf(secret),
      agent: agent?.slice(0, 500) ?? null,
      created_at: tx.change.at,
      expires_at: expiresAt,
    })
    .execute();
  return { secret, expiresAt };
}
