const ADDRESS = /(?:https?:\/\/|www\.)\S+|[\w-]+(?:\.[\w-]+)+\/\S*/giu;
const TAG = /[#@]([\p{L}\p{M}\p{N}_]+)/gu;
/** Where words that are written as one begin: climateChange, EUCommission, Reince45. */
const SEAM = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|_/gu;
const WORD = /\p{N}+(?:\.\p{N}+)?|(?:\p{L}\.){2,}|[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu;
const MOST_WORDS = 200;

/**
 * The words of a text in their order, as they are looked for: without web addresses, with hashtags and handles taken
 * apart (`#AustralianFires` is two words). Of a long text the first 200.
 */
export function wordsOf(text: string): string[] {
  const apart = text
    .normalize('NFC')
    .replace(ADDRESS, ' ')
    .replace(TAG, (_, tag: string) => ` ${tag.replace(SEAM, ' ')} `);
  return (apart.match(WORD) ?? []).slice(0, MOST_WORDS);
}

/** A word of the text that is looked for, in any of the forms that the languages of the record give it. */
export interface Term {
  word: string;
  lexemes: string[];
  /** In how many claims it stands, by the last count; 0 of one that few have or none. */
  claims: number;
}

const LEXEME = /'((?:[^'\\]|''|\\\\)*)'(?::([\d,]+))?/gu;

/** The lexemes of a `tsvector`, as PostgreSQL writes one (`'bridg':2,7 'week':4`), and how often each stands in the text. */
export function lexemesOf(vector: string): [lexeme: string, times: number][] {
  return [...vector.matchAll(LEXEME)].map(([, lexeme, places]) => [
    lexeme!.replace(/(['\\])\1/g, '$1'),
    places?.split(',').length ?? 1,
  ]);
}

/** Rows that are looked at to find claims by their words: what keeps it quick on any record. */
const MOST_ROWS = 2_000;
const FEWEST_TERMS = 3;

/** The rarest terms, by which claims are found: as many as together stand in 2,000 claims, at least 3. */
export function rarest(terms: readonly Term[]): Term[] {
  let rows = 0;
  return terms
    .toSorted((a, b) => a.claims - b.claims)
    .filter((term, place) => {
      rows += term.claims;
      return place < FEWEST_TERMS || rows <= MOST_ROWS;
    });
}

/** How much a word tells that stands in so many of the claims counted: the less often, the more. */
export function weightOf(claims: number, counted: number): number {
  const all = Math.max(counted, 100, claims);
  return Math.log(1 + (all - claims + 0.5) / (claims + 0.5));
}

/** A `tsquery` for any form of a term. */
export const anyForm = (term: Term): string =>
  term.lexemes.map((lexeme) => `'${lexeme.replace(/['\\]/g, '$&$&')}'`).join('|');
