import { sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { claimsWith } from './match-terms.ts';

export interface Commonness {
  /** The languages on record: what is typed is read in each. */
  languages: string[];
  /** In how many claims what is wanted can stand at most, by the last count of words. */
  claims: number;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const MOST_WORDS = 40;

/** How common it is what somebody looks for, of each side of an OR all words: no more claims have it than its rarest word. */
export async function commonnessOf(reader: Reader, wanted: readonly string[]): Promise<Commonness> {
  const words = wanted
    .flatMap((side, place) => (side.match(WORD) ?? []).map((word) => ({ word, place })))
    .slice(0, MOST_WORDS);
  const [row] = await query(reader, {
    words: words.map(({ word }) => word),
    places: words.map(({ place }) => place),
  });
  return row!;
}

// A word that some language does not look for, as it has no meaning alone, keeps no claim out.
const query = prepared<{ words: string[]; places: number[] }, Commonness>(
  (param) => sql`
    with known as materialized (select languages_on_record() as languages),
    counted as (
      select asked.place, (select sum(${claimsWith('lexeme')}) from unnest(read.lexemes) as lexeme) as claims
        from unnest(${param('words')}::text[], ${param('places')}::int[]) as asked (word, place)
        cross join known
        cross join lateral (
          select array_agg(distinct lexeme) as lexemes, bool_or(each.lexemes = '{}') as stopped
            from (select tsvector_to_array(text_vector(language, asked.word)) as lexemes from unnest(known.languages) as language) as each
            left join lateral unnest(each.lexemes) as lexeme on true) as read
       where not read.stopped)
    select known.languages, coalesce((select sum(side.claims) from (select min(counted.claims) as claims from counted group by counted.place) as side), 0)::int as claims
      from known`,
);
