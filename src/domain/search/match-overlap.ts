import type { Wanted } from './match-terms.ts';
import { lexemesOf, type Term, weightOf } from './match-words.ts';

/** A claim that may say what is asked, by its words. */
export interface Candidate {
  id: string;
  /** Its text, as a `tsvector` that PostgreSQL wrote. */
  words: string;
  /** So each text of what was said or found on it. */
  others: string[];
  /** Whether it is about the person asked for, or that person said something on it. */
  isOfPerson: boolean;
}

type Lexemes = ReturnType<typeof lexemesOf>;

/** What a claim has of a text. */
export interface Overlap {
  id: string;
  /** The words that both have: those of the claim's own text, and of the texts on it too. */
  own: Term[];
  found: Term[];
  /** How much those tell, from 0 on. */
  told: number;
  /** All lexemes of the claim's own text; of those that only begin like words of the text, how much that may tell. */
  lexemes: string[];
  kindred: Map<string, number>;
}

/** Words of an average claim, against which long texts count less for each word that they have. */
const USUAL_LENGTH = 12;
const LENGTH = 0.75;
const REPEATS = 1.2;
/** What a word counts in another text on the claim, against the claim's own. */
const OTHERS = 0.5;
/** That it is of the person asked for tells as much as a word that stands in one claim of twenty. */
const PERSON = 3;
const BEGINNING = 5;

/**
 * What each claim has of the text. What counts are the words that both have, in the claim's own text or, half, in the texts
 * on it; the rarer the more, and more in a short text than in a long one (BM25F).
 */
export function overlapsOf(wanted: Wanted, candidates: readonly Candidate[]): Overlap[] {
  const terms = new Map(wanted.terms.flatMap((term) => term.lexemes.map((lexeme) => [lexeme, term] as const)));
  const beginnings = byBeginning(terms);
  const weight = (term: Term) => weightOf(term.claims, wanted.counted);
  return candidates.map(({ id, words, others, isOfPerson }) => {
    const text = lexemesOf(words);
    const own = timesOf([text], terms, 1);
    const found = new Map(own);
    for (const [term, times] of timesOf(others.map(lexemesOf), terms, OTHERS))
      found.set(term, (found.get(term) ?? 0) + times);
    let told = isOfPerson ? PERSON : 0;
    for (const [term, times] of found) told += (weight(term) * times * (REPEATS + 1)) / (times + REPEATS);
    const lexemes = text.map(([lexeme]) => lexeme);
    const kindred = new Map<string, number>();
    for (const lexeme of lexemes) {
      const kin = terms.has(lexeme) ? [] : (beginnings.get(lexeme.slice(0, BEGINNING)) ?? []);
      const best = Math.max(0, ...kin.filter((term) => !found.has(term)).map(weight));
      if (best) kindred.set(lexeme, best);
    }
    return { id, own: [...own.keys()], found: [...found.keys()], told, lexemes, kindred };
  });
}

/** How often texts have each term, less for a long text; of several texts the one that has it most. */
function timesOf(texts: readonly Lexemes[], terms: ReadonlyMap<string, Term>, share: number): Map<Term, number> {
  const counts = new Map<Term, number>();
  for (const text of texts) {
    const length = text.reduce((sum, [, times]) => sum + times, 0);
    const longer = 1 - LENGTH + (LENGTH * length) / USUAL_LENGTH;
    for (const [lexeme, times] of text) {
      const term = terms.get(lexeme);
      if (term) counts.set(term, Math.max(counts.get(term) ?? 0, (share * times) / longer));
    }
  }
  return counts;
}

/** The terms by the first letters of their lexemes, of those that are words and long enough. */
function byBeginning(terms: ReadonlyMap<string, Term>): Map<string, Term[]> {
  const beginnings = new Map<string, Term[]>();
  for (const [lexeme, term] of terms) {
    if (!/^\p{L}{5,}$/u.test(lexeme)) continue;
    const beginning = lexeme.slice(0, BEGINNING);
    beginnings.set(beginning, [...(beginnings.get(beginning) ?? []), term]);
  }
  return beginnings;
}
