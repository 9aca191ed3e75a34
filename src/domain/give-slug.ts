import type { Writer } from '../db/types.ts';
import { Conflict } from '../errors.ts';
import { numbered, slugOf } from '../lib/slugs.ts';

type Noun = 'person' | 'claim' | 'topic';

/** Finds a free slug for a new record, made from its text, and keeps it for this record for ever. */
export async function giveSlug(tx: Writer, noun: Noun, id: string, words: string): Promise<string> {
  const wanted = slugOf(words, `${noun}-${id.slice(-8)}`);
  const taken = new Set(
    (
      await tx
        .selectFrom('slugs')
        .select('slug')
        .where('noun', '=', noun)
        .where((eb) => eb.or([eb('slug', '=', wanted), eb('slug', 'like', `${numbered(wanted, 2).slice(0, -1)}%`)]))
        .execute()
    ).map((row) => row.slug),
  );
  let slug = wanted;
  for (let n = 2; taken.has(slug); n++) slug = numbered(wanted, n);
  await tx.insertInto('slugs').values({ noun, slug, record_id: id }).execute();
  return slug;
}

/** Gives a record the slug that an editor asked for. One that it had before it may have again; another's it may not. */
export async function takeSlug(tx: Writer, noun: Noun, id: string, slug: string): Promise<void> {
  const holder = await tx
    .selectFrom('slugs')
    .select('record_id')
    .where('noun', '=', noun)
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (holder?.record_id === id) return;
  if (holder)
    throw new Conflict(`${noun}.slug_taken`, `The slug "${slug}" is, or was, another ${noun}'s.`, [
      { id: holder.record_id },
    ]);
  await tx.insertInto('slugs').values({ noun, slug, record_id: id }).execute();
}
