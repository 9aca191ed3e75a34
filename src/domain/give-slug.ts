import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { insertMany } from '../db/insert-many.ts';
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

/** How many words of slugs that were taken are remembered with the number given last, so that the next is not sought anew. */
const MOST_REMEMBERED = 50_000;

/**
 * Gives many new records their slugs, as `giveSlug` gives one, and returns them in the same order. `asked` is a slug
 * that a record had elsewhere: it gets that one, or the same with a number where another has it here. `numbers`
 * remembers, for one import, the number that was given last.
 */
export async function giveSlugs(
  tx: Writer,
  noun: Noun,
  records: readonly { id: string; words: string; asked?: string | undefined; former?: readonly string[] | undefined }[],
  numbers: Map<string, number>,
): Promise<string[]> {
  const wanted = records.map(({ id, words, asked }) => asked ?? slugOf(words, `${noun}-${id.slice(-8)}`));
  const taken = await takenOf(tx, noun, [...wanted, ...records.flatMap(({ former = [] }) => former)]);
  const given: string[] = [];
  for (const slug of wanted) {
    const free = taken.has(slug) ? await nextFree(tx, noun, slug, taken, numbers) : slug;
    taken.add(free);
    given.push(free);
  }
  const former = records.flatMap(({ id, former = [] }) => former.map((slug) => ({ noun, slug, record_id: id })));
  await insertMany(tx, 'slugs', [
    ...given.map((slug, index) => ({ noun, slug, record_id: records[index]!.id })),
    ...former.filter(({ slug }) => !taken.has(slug) && taken.add(slug)),
  ]);
  return given;
}

async function nextFree(tx: Writer, noun: Noun, slug: string, taken: Set<string>, numbers: Map<string, number>) {
  if (numbers.size > MOST_REMEMBERED) numbers.clear();
  for (let from = numbers.get(`${noun} ${slug}`) ?? 2; ; from += BATCH) {
    const candidates = Array.from({ length: BATCH }, (_, i) => numbered(slug, from + i));
    const gone = await takenOf(tx, noun, candidates);
    const index = candidates.findIndex((candidate) => !gone.has(candidate) && !taken.has(candidate));
    if (index < 0) continue;
    numbers.set(`${noun} ${slug}`, from + index + 1);
    return candidates[index]!;
  }
}

/** Of these slugs those that a record has or had. */
async function takenOf(tx: Writer, noun: Noun, slugs: readonly string[]): Promise<Set<string>> {
  const hashes = new Map(slugs.map((slug) => [hashOf(slug), slug]));
  const { rows } = await sql<{ slug: string }>`select slug from slugs where noun = ${noun}
    and slug = any(${[...new Set([...slugs, ...hashes.keys()])]}::text[])`.execute(tx);
  return new Set(rows.map(({ slug }) => hashes.get(slug) ?? slug));
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
