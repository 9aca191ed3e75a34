import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { isId, newId } from '../../lib/ids.ts';
import { giveSlug } from '../give-slug.ts';

/** The id of the topic with this name, slug or id; a name that no topic has makes one. */
export async function findOrMakeTopic(tx: Writer, name: string): Promise<string> {
  const found = await tx
    .selectFrom('topics')
    .select('id')
    .where((eb) =>
      eb.or([
        eb(sql`comparable(name)`, '=', sql<string>`comparable(${name})`),
        eb('slug', '=', name),
        ...(isId(name) ? [eb('id', '=', name)] : []),
      ]),
    )
    .orderBy('id')
    .executeTakeFirst();
  if (found) return found.id;
  const id = newId();
  await tx
    .insertInto('topics')
    .values({ id, slug: await giveSlug(tx, 'topic', id, name), name })
    .execute();
  return id;
}
