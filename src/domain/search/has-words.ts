import { type RawBuilder, sql } from 'kysely';
import type { Param } from '../../db/prepared.ts';
import { Invalid } from '../../errors.ts';
import { searchTerms } from '../../lib/search-terms.ts';

/** The values of `q`, as lists filter by it; read as a search reads it. Throws `Invalid` where it only excludes. */
export function wordsAsked(q: string | undefined): { wanted?: string[]; unwanted?: string[] } {
  if (q === undefined) return {};
  const { wanted, unwanted, excludesOnly } = searchTerms(q);
  if (excludesOnly) throw Invalid.at(['q'], 'says only what must not be found: add a word to look for');
  return { wanted, unwanted };
}

/** Whether a text of a table has what `wordsAsked` says. */
export function hasWords(language: string, words: string, param: Param<Record<string, unknown>>): RawBuilder<boolean> {
  const [tag, text] = [sql.raw(language), sql.ref(words)];
  return sql<boolean>`text_vector(${tag}, ${text}) @@ (
    select text_query(languages_on_record(), ${param('wanted')}::text[], ${param('unwanted')}::text[])) and ${text} is not null`;
}

/**
 * Whether the id of `s` is among those that a query finds. As an array, so that the planner takes them for few, finds them
 * first, by the index of words, and then their rows: it cannot know how many have words that are given when it runs.
 */
export const isAmong = (found: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`s.id in (select unnest(array(${found})))`;
