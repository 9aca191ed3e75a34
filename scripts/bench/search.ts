import { sql } from 'kysely';
import type { Database } from '../../src/db/types.ts';
import { countWords } from '../../src/db/word-counts.ts';
import { listPeople } from '../../src/domain/people/people.ts';
import { search } from '../../src/domain/search/search.ts';
import { median } from './load.ts';
import { type Filled, openDatabase } from './records.ts';

const QUESTIONS = 40;
const PRESENT = { instant: null, audience: 'public' } as const;
const first = { order: 'desc', limit: 20, after: null } as const;

/** Milliseconds of a search for one word that each hundredth claim or more has. */
export const commonSearch = (record: Filled) => medianOf(record, searched, commonWords);

/** Milliseconds of a search for a word of few claims, or for a whole name. */
export const rareSearch = (record: Filled) =>
  medianOf(record, searched, async (db) => [...(await rareWords(db)), ...(await names(db))]);

/** Milliseconds until people are found as somebody types: the beginning of a name, all of it, and one with a slip. */
export const peopleLookup = (record: Filled) =>
  medianOf(
    record,
    (db, q) => listPeople(db, { ...first, filters: { q }, order: 'asc' }, PRESENT),
    async (db) => (await names(db)).flatMap((name) => [name.slice(0, 3), name, name.slice(0, -3) + name.slice(-2)]),
  );

const searched = (db: Database, q: string) => search(db, { ...first, filters: { q } }, PRESENT);

type Ask = (db: Database, q: string) => Promise<unknown>;

/** Each question is asked twice after some that warm up; the second time counts, with what it reads in memory. */
async function medianOf({ url }: Filled, ask: Ask, questions: (db: Database) => Promise<string[]>): Promise<number> {
  const db = openDatabase(url);
  try {
    await countWords(db, { ifGrown: true });
    const asked = await questions(db);
    for (const q of asked) await ask(db, q);
    const times: number[] = [];
    for (const q of asked) {
      const begun = performance.now();
      await ask(db, q);
      times.push(performance.now() - begun);
    }
    return median(times);
  } finally {
    await db.destroy();
  }
}

const commonWords = (db: Database) =>
  words(db, sql`claims > (select claims from word_counts where word = '') / 100 order by claims desc, word`);

const rareWords = (db: Database) => words(db, sql`claims between 2 and 50 order by md5(word)`);

async function words(db: Database, which: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from word_counts where word <> '' and ${which} limit ${sql.lit(QUESTIONS)}`.execute(db);
  return rows.map(({ word }) => word);
}

async function names(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from people where kind = 'person' order by md5(id::text) limit ${sql.lit(QUESTIONS)}`.execute(db);
  return rows.map(({ name }) => name);
}
