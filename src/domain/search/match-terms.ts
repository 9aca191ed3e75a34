import { type RawBuilder, sql } from 'kysely';
import { prepared, unseen } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import type { Audience } from '../visibility.ts';
import { type Term, wordsOf } from './match-words.ts';
import { otherSpellings } from './spellings.ts';

/** A text as it is looked for. */
export interface Wanted {
  /** Each word once; of stop words, those that its language has no meaning for alone, none. */
  terms: Term[];
  /** How many claims the counts of words are of. */
  counted: number;
}

/** Languages whose word forms are tried at most. */
const MOST_LANGUAGES = 8;

/**
 * What to look for to find claims that say what a text says: its words, in the forms that each language of the record
 * gives them, names also as the people on record write them. Where the language is not told, it is the one of the record with the most stop words in the text.
 */
export async function wantedOf(
  reader: Reader,
  text: string,
  { language, audience }: { language: string | undefined; audience: Audience },
): Promise<Wanted> {
  const words = wordsOf(text);
  const spellings = await otherSpellings(reader, words, audience);
  const written = new Map<string, string>();
  for (const word of words) {
    const own = word.toLowerCase();
    written.set(own, own);
    for (const other of spellings.get(word) ?? [])
      if (!written.has(other.toLowerCase())) written.set(other.toLowerCase(), own);
  }
  const rows = await query(reader, { words: [...written.keys()], language });
  const inText = (row: Row) => written.get(row.word) === row.word;
  const own = language ?? mostStopWords(rows.filter(inText));
  const stopped = new Set(
    rows.filter((row) => row.language === own && inText(row) && !row.forms.length).map(({ word }) => word),
  );
  const terms = new Map<string, Term>();
  for (const { word: form, forms } of rows) {
    const word = written.get(form)!;
    if (stopped.has(word) || !forms.length) continue;
    const term = terms.get(word) ?? { word, lexemes: [], claims: 0 };
    terms.set(word, term);
    for (const [lexeme, claims] of forms) {
      if (term.lexemes.includes(lexeme)) continue;
      term.lexemes.push(lexeme);
      term.claims += claims;
    }
  }
  return { terms: [...terms.values()], counted: rows[0]?.counted ?? 0 };
}

function mostStopWords(rows: readonly Row[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { language, forms } of rows) counts.set(language, (counts.get(language) ?? 0) + (forms.length ? 0 : 1));
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

interface Row {
  word: string;
  language: string;
  /** Its lexemes in that language, with the claims they stand in; of a stop word none. */
  forms: [string, number][];
  counted: number;
}

/** In how many claims each of these lexemes stands, by the last count; those that few have or none are left out. */
export async function countsOf(reader: Reader, lexemes: readonly string[]): Promise<Map<string, number>> {
  const rows = await counts(reader, { lexemes: [...new Set(lexemes)] });
  return new Map(rows.map(({ word, claims }) => [word, claims]));
}

const counts = prepared<{ lexemes: string[] }, { word: string; claims: number }>(
  (param) => sql`
    select word_counts.word, word_counts.claims from word_counts where word_counts.word = any(${unseen(param('lexemes'), 'text[]')})`,
);

/** In how many claims a lexeme stands. By a subselect, as the planner would hash all words for a join. */
export const claimsWith = (lexeme: string): RawBuilder<number> =>
  sql`coalesce((select word_counts.claims from word_counts where word_counts.word = ${sql.ref(lexeme)}), 0)`;

const query = prepared<{ words: string[]; language: string | undefined }, Row>(
  (param) => sql`
    with tried as materialized (
      select distinct on (text_config(language)) language, place
        from (select ${param('language')}::text as language, 0 as place
              union all select language, 1 from unnest(languages_on_record()) as language
              union all select 'und', 2) as known
       where language is not null order by text_config(language), place)
    select words.word, tried.language,
           coalesce((select json_agg(json_build_array(lexeme, ${claimsWith('lexeme')}))
              from unnest(tsvector_to_array(text_vector(tried.language, words.word))) as lexeme), '[]'::json) as forms,
           coalesce((select claims from word_counts where word_counts.word = ''), 0) as counted
      from unnest(${param('words')}::text[]) with ordinality as words (word, n)
      cross join (select * from tried order by place limit ${sql.lit(MOST_LANGUAGES)}) as tried
     order by words.n, tried.place`,
);
