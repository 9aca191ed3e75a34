import type { Wanted } from './match-terms.ts';
import { type Term, weightOf } from './match-words.ts';

/** A claim that may say what is asked, by its words. */
export interface Candidate {
  id: string;
  /** Of its text: each lexeme, how often it stands there, and in how many claims. */
  words: [lexeme: string, times: number, claims: number][];
  /** Of what was said or found on it, each text: its lexemes, and how often each stands there. */
  others: [lexeme: string, times: number][][];
  /** Whether it is about the person asked for, or that person said something on it. */
  isOfPerson: boolean;
}

/** `same`: it says what the text says, or the contrary. `similar`: it may be worth a look. */
export type Match = 'same' | 'similar' | 'none';

export interface Scored {
  id: string;
  /** From 0 to 1. */
  score: number;
  match: Match;
  /** The words of the text that it has, those that tell most first. */
  words: Term[];
}

/** Words of an average claim, against which long texts count less for each word that they have. */
const USUAL_LENGTH = 12;
const LENGTH = 0.75;
const REPEATS = 1.2;
/** What the best of the other texts counts, against the claim's own. */
const OTHERS = 0.5;
/** That it is of the person asked for tells as much as a word that stands in one claim of twenty. */
const PERSON = 3;
/** Told words of so much weight make half a full score. */
const HALF = 25;
const SAME = { told: 30, covered: 0.45 };
const SIMILAR = { told: 14, covered: 0.2 };

/**
 * How well each claim answers the text, best first; of equals the one first on record first. Words that both have count,
 * the rarer the more (Okapi BM25): in the claim's own text, and half in the best of the texts on it.
 */
export function scored(wanted: Wanted, candidates: readonly Candidate[]): Scored[] {
  const terms = new Map(wanted.terms.flatMap((term) => term.lexemes.map((lexeme) => [lexeme, term] as const)));
  const weights = new Map(wanted.terms.map((term) => [term, weightOf(term.claims, wanted.counted)]));
  const told = (counts: ReadonlyMap<Term, number>, length: number) => {
    const longer = 1 - LENGTH + (LENGTH * length) / USUAL_LENGTH;
    let sum = 0;
    for (const [term, times] of counts)
      sum += (weights.get(term)! * times * (REPEATS + 1)) / (times + REPEATS * longer);
    return sum;
  };
  const results = candidates.map(({ id, words, others, isOfPerson }) => {
    const own = matched(words, terms);
    const other = others.map((text) => matched(text, terms));
    const best = Math.max(0, ...other.map((counts, place) => told(counts, lengthOf(others[place]!))));
    const sum = told(own, lengthOf(words)) + OTHERS * best + (isOfPerson ? PERSON : 0);
    const found = [...new Set([own, ...other].flatMap((counts) => [...counts.keys()]))];
    return {
      id,
      score: Number((sum / (sum + HALF)).toFixed(4)),
      match: matchOf(sum, coveredBy(words, terms, wanted.counted)),
      words: found.toSorted((a, b) => weights.get(b)! - weights.get(a)!),
    };
  });
  return results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Which terms a text has, and how often. */
function matched(
  text: Candidate['others'][0] | Candidate['words'],
  terms: ReadonlyMap<string, Term>,
): Map<Term, number> {
  const counts = new Map<Term, number>();
  for (const [lexeme, times] of text) {
    const term = terms.get(lexeme);
    if (term) counts.set(term, Math.max(counts.get(term) ?? 0, times));
  }
  return counts;
}

const lengthOf = (text: readonly (readonly [string, number, number?])[]): number =>
  text.reduce((sum, [, times]) => sum + times, 0);

/** How much of what the claim tells is in the text as well, from 0 to 1. */
function coveredBy(words: Candidate['words'], terms: ReadonlyMap<string, Term>, counted: number): number {
  let [both, all] = [0, 0];
  for (const [lexeme, , claims] of words) {
    const weight = weightOf(claims, counted);
    all += weight;
    if (terms.has(lexeme)) both += weight;
  }
  return all ? both / all : 0;
}

function matchOf(told: number, covered: number): Match {
  const reaches = (least: typeof SAME) => told >= least.told && covered >= least.covered;
  return reaches(SAME) ? 'same' : reaches(SIMILAR) ? 'similar' : 'none';
}
