import { sql } from 'kysely';
import { preparedByShape, unseen } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { nameKeys } from '../../lib/name-keys.ts';
import { nameWords, soundsOf, wordSimilarity } from '../../lib/names.ts';
import { type Audience, isPublicPerson } from '../visibility.ts';

/** Words of a text that are looked up as names, and people who are looked at for each. */
const MOST_WORDS = 30;
const MOST_PEOPLE = 20;

/** How a name writes the words typed; undefined where one of them is not in it. */
export function spellingOf(typed: readonly string[], name: string): string | undefined {
  const written = writtenWords(name);
  const found = typed.map((word) => written.find((own) => isWritten(word, nameWords(own).join(''))));
  return found.includes(undefined) ? undefined : found.join(' ');
}

const writtenWords = (name: string): string[] => name.split(/[^\p{L}\p{M}\p{N}'’ʼ-]+/u).filter(Boolean);

function isWritten(typed: string, own: string): boolean {
  if (typed === own) return true;
  const sounds = soundsOf(own).filter((sound) => sound.length > 2);
  return wordSimilarity(typed, own) >= 0.7 && soundsOf(typed).some((sound) => sounds.includes(sound));
}

/**
 * Of the words that may be names, how people whom this audience may know write them in all of their names: of Зеленський also Zelensky and
 * Selenskyj. By the word as it was given.
 */
export async function otherSpellings(
  reader: Reader,
  words: readonly string[],
  audience: Audience,
): Promise<Map<string, string[]>> {
  const asked = [...new Set(words)]
    .filter((word) => /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word))
    .map((word) => ({ word, keys: nameKeys(word).split(' ').filter(isDistinctSound) }))
    .filter(({ keys }) => keys.length)
    .slice(0, MOST_WORDS);
  if (!asked.length) return new Map();
  const rows = await query(
    reader,
    { audience },
    {
      words: asked.map(({ word }) => word),
      keys: asked.map(({ keys }) => keys.map((key) => `'${key}'`).join('|')),
    },
  );
  const spellings = new Map<string, Set<string>>();
  for (const { word, name } of rows) {
    const typed = nameWords(word).join('');
    const others = writtenWords(name).filter((own) => isWritten(typed, nameWords(own).join('')));
    for (const other of others) spellings.set(word, (spellings.get(word) ?? new Set()).add(other));
  }
  return new Map([...spellings].map(([word, others]) => [word, [...others]]));
}

/** Words of a search whose spellings are looked for, of each the spellings, and sides that come of both. */
const MOST_TYPED = 8;
const MOST_SPELLINGS = 3;
const MOST_SIDES = 12;

/** A word or a "phrase" of a side. */
export const TERM = /"[^"]*"|\S+/gu;

/**
 * Sides of a search that have several words, with names among these as people on record write them: of Путін Трамп also
 * Putin Trump. By the place of the side; a phrase stays as it is.
 */
export async function otherSides(reader: Reader, sides: readonly string[], audience: Audience): Promise<string[][]> {
  const terms = sides.map((side) => side.match(TERM) ?? []);
  const typed = terms
    .filter(({ length }) => length > 1)
    .flatMap((words) => words.filter((word) => !word.startsWith('"')));
  const named = new Map(typed.slice(0, MOST_TYPED).map((word) => [word, capitalized(word)]));
  const spellings = await otherSpellings(reader, [...named.values()], audience);
  return terms.map((words) => {
    const options = words.map((word) => {
      const others = spellings.get(named.get(word) ?? '') ?? [];
      return [
        word,
        ...others
          .filter((other) => isWord.test(other) && other.toLowerCase() !== word.toLowerCase())
          .slice(0, MOST_SPELLINGS),
      ];
    });
    const all = options.reduce<string[][]>(
      (so, next) => so.flatMap((words) => next.map((word) => [...words, word])).slice(0, MOST_SIDES),
      [[]],
    );
    return all.slice(1).map((words) => words.join(' '));
  });
}

/** What a search would read as a word: a sign before it, and OR, say something else. */
const isWord = /^(?!or$)[\p{L}\p{N}]/iu;

const capitalized = (word: string): string => word.replace(/^./u, (letter) => letter.toUpperCase());

/** Of two consonants or fewer too many names sound so. */
const isDistinctSound = (key: string): boolean => key.startsWith('=') && key.length > 3;

const query = preparedByShape<
  { audience: Audience },
  { words: string[]; keys: string[] },
  { word: string; name: string }
>(
  ({ audience }) =>
    (param) =>
      sql`
    select distinct asked.word, other.name
      from unnest(${unseen(param('words'), 'text[]')}, ${unseen(param('keys'), 'text[]')}) as asked (word, keys)
      cross join lateral (
        select people.canonical_id from names join people on people.id = names.person_id
         where name_vector(names.keys) @@ asked.keys::tsquery
           and ${audience === 'desk' ? sql`true` : isPublicPerson('people.canonical_id')} limit ${sql.lit(MOST_PEOPLE)}) as found
      join people as member on member.canonical_id = found.canonical_id
      join names as other on other.person_id = member.id and other.kind <> 'weak'`,
);
