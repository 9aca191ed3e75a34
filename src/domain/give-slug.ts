import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '../db/types.ts';
import { Conflict } from '../errors.ts';
import { numbered, slugOf } from '../lib/slugs.ts';

type Noun = 'person' | 'claim' | 'topic';

/** Finds a free slug for a new record, made from its text, and keeps it for this record for ever. */
export async function giveSlug(tx: Writer, noun: Noun, id: string, words: string): Promise<string> {
  const wanted = slugOf(words, `${noun}-${id.slice(-8)}`);
  if (await takeIfFree(tx, noun, id, wanted)) return wanted;
  const slug = await firstFree(tx, noun, wanted);
  await tx.insertInto('slugs').values({ noun, slug, record_id: id }).execute();
  return slug;
}

/** Mostly nobody had the slug before, so this is tried first. */
async function takeIfFree(tx: Writer, noun: Noun, id: string, slug: string): Promise<boolean> {
  const { rows } = await sql`
    insert into slugs (noun, slug, record_id)
    select ${noun}::text, ${slug}::text, ${id}::uuid
     where not exists (select from slugs where noun = ${noun}::text and slug = ${hashOf(slug)}::text)
        on conflict do nothing returning slug`.execute(tx);
  return rows.length > 0;
}

/** How many numbers are tried in one query. */
const BATCH = 50;

async function firstFree(tx: Writer, noun: Noun, wanted: string): Promise<string> {
  for (let from = 2; ; from += BATCH) {
    const candidates = Array.from({ length: BATCH }, (_, i) => numbered(wanted, from + i));
    const rows = await tx
      .selectFrom('slugs')
      .select('slug')
      .where('noun', '=', noun)
      .where('slug', 'in', [...candidates, ...candidates.map(hashOf)])
      .execute();
    const taken = new Set(rows.map((row) => row.slug));
    const free = candidates.find((slug) => !taken.has(slug) && !taken.has(hashOf(slug)));
    if (free) return free;
  }
}

/** All that is left of a slug once its record was erased; the function `slug_hash` of the database. */
const hashOf = (slug: string): string => createHash('sha256').update(slug).digest('hex');

/** Gives a record the slug that an editor asked for. One that it had before it may have again; another's it may not. */
export async function takeSlug(tx: Writer, noun: Noun, id: string, slug: string): Promise<void> {
  const holder = await tx
    .selectFrom('slugs')
    .select('record_id')
    .where('noun', '=', noun)
    .where('slug', 'in', [slug, hashOf(slug)])
    .executeTakeFirst();
  if (holder?.record_id === id) return;
  if (holder)
    throw new Conflict(`${noun}.slug_taken`, `The slug "${slug}" is, or was, another ${noun}'s.`, [
      { id: holder.record_id },
    ]);
  await tx.insertInto('slugs').values({ noun, slug, record_id: id }).execute();
}
