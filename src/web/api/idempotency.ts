import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import type { Answer } from './route.ts';

/** A POST that may be repeated: the key is scoped to the token and the address. */
export interface Repeatable {
  key: string;
  route: string;
  body: unknown;
}

const hashOf = (body: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest();

/** The answer given to this key in the last 24 hours. Throws `Invalid` where the body was another. */
export async function findAnswer(tx: Writer, { key, route, body }: Repeatable): Promise<Answer | undefined> {
  const row = await tx
    .selectFrom('idempotency')
    .selectAll()
    .where('token_id', '=', tx.change.actor.tokenId!)
    .where('route', '=', route)
    .where('key', '=', key)
    .where('created_at', '>', sql<string>`clock_timestamp() - interval '24 hours'`)
    .executeTakeFirst();
  if (!row) return undefined;
  if (!row.body_hash.equals(hashOf(body)))
    throw Invalid.at([], `this Idempotency-Key was used with another body: choose a new one`);
  return { ...(row.headers as Omit<Answer, 'json'>), json: row.body };
}

/** Keeps an answer for repeats, in the act's own transaction; keys older than a day go. */
export async function keepAnswer(
  tx: Writer,
  { key, route, body }: Repeatable,
  { json, ...headers }: Answer,
): Promise<void> {
  await tx
    .deleteFrom('idempotency')
    .where('created_at', '<', sql<string>`clock_timestamp() - interval '24 hours'`)
    .execute();
  await tx
    .insertInto('idempotency')
    .values({
      token_id: tx.change.actor.tokenId!,
      route,
      key,
      body_hash: hashOf(body),
      status: headers.status ?? 200,
      headers: JSON.stringify(headers),
      body: json,
    })
    .execute();
}
