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
    const candidates = candidatesOf(wanted, from, BATCH);
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
  const isLate = wanted.map((slug) => taken.has(slug) || !taken.add(slug));
  const late = wanted.filter((_, index) => isLate[index]);
  const free = await numberedOf(tx, noun, late, taken, numbers);
  const slugs = wanted.map((slug, index) => (isLate[index] ? free.get(slug)!.shift()! : slug));
  const former = records.flatMap(({ id, former = [] }) => former.map((slug) => ({ noun, slug, record_id: id })));
  await insertMany(tx, 'slugs', [
    ...slugs.map((slug, index) => ({ noun, slug, record_id: records[index]!.id })),
    ...former.filter(({ slug }) => !taken.has(slug) && taken.add(slug)),
  ]);
  return slugs;
}

/** For each of these slugs, which are taken, the first free ones with a number: as many as it is wanted. */
async function numberedOf(
  tx: Writer,
  noun: Noun,
  wanted: readonly string[],
  taken: Set<string>,
  numbers: Map<string, number>,
): Promise<Map<string, string[]>> {
  if (numbers.size > MOST_REMEMBERED) numbers.clear();
  const counts = new Map<string, number>();
  for (const slug of wanted) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  const found = new Map([...counts.keys()].map((slug) => [slug, [] as string[]]));
  // Mostly the next numbers are free; where they are not, ever more of them are asked for at once.
  for (let spare = 2; ; spare *= 4) {
    const asked = [...counts].flatMap(([slug, count]) => {
      const missing = count - found.get(slug)!.length;
      const from = numbers.get(`${noun} ${slug}`) ?? 2;
      return missing ? [{ slug, from, candidates: candidatesOf(slug, from, missing + spare) }] : [];
    });
    if (asked.length === 0) return found;
    const gone = await takenOf(
      tx,
      noun,
      asked.flatMap(({ candidates }) => candidates),
    );
    for (const { slug, from, candidates } of asked) {
      const mine = found.get(slug)!;
      let tried = 0;
      for (; tried < candidates.length && mine.length < counts.get(slug)!; tried++) {
        const candidate = candidates[tried]!;
        if (gone.has(candidate) || taken.has(candidate)) continue;
        taken.add(candidate);
        mine.push(candidate);
      }
      numbers.set(`${noun} ${slug}`, from + tried);
    }
  }
}

const candidatesOf = (slug: string, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => numbered(slug, from + index));

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
