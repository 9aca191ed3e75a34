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
/** What a word counts in another text on the claim, against the claim's own. */
const OTHERS = 0.5;
/** What a word counts that begins like one of the text (immigrant, immigration), against the same word. */
const KINDRED = 0.6;
const BEGINNING = 5;
/** What it tells that all of the claim is in the text. */
const COVERED = 4;
/** That it is of the person asked for tells as much as a word that stands in one claim of twenty. */
const PERSON = 3;
/** So much makes half a full score. */
const HALF = 25;
/** What must be told, where all of the claim being in the text tells as much as two rare words. */
const SAME = 40;
/** Where as many texts have a match as have none, three of four that are told this have one. */
const SIMILAR = 32;
const WHOLE = 15;
/** Where this much of each is in the other, they are the same, however little they tell. */
const EACH_OTHER = 0.8;

/**
 * How well each claim answers the text, best first; of equals the one first on record first. What counts are the words
 * that both have, in the claim's own text or, half, in the texts on it; the rarer the more, and more in a short text than
 * in a long one (BM25F); and how much of the claim they are.
 */
export function scored(wanted: Wanted, candidates: readonly Candidate[]): Scored[] {
  const terms = new Map(wanted.terms.flatMap((term) => term.lexemes.map((lexeme) => [lexeme, term] as const)));
  const beginnings = byBeginning(terms);
  const weight = ({ claims }: { claims: number }) => weightOf(claims, wanted.counted);
  const all = wanted.terms.reduce((sum, term) => sum + weight(term), 0);
  const share = (found: Iterable<Term>) => [...found].reduce((sum, term) => sum + weight(term), 0) / all;
  const results = candidates.map(({ id, words, others, isOfPerson }) => {
    const own = new Map<Term, number>();
    add(own, words, terms, 1);
    const found = new Map(own);
    const more = new Map<Term, number>();
    for (const text of others) add(more, text, terms, OTHERS);
    for (const [term, times] of more) found.set(term, (found.get(term) ?? 0) + times);
    let told = isOfPerson ? PERSON : 0;
    for (const [term, times] of found) told += (weight(term) * times * (REPEATS + 1)) / (times + REPEATS);
    for (const [lexeme, , claims] of words) {
      const kin = terms.has(lexeme) ? [] : (beginnings.get(lexeme.slice(0, BEGINNING)) ?? []);
      const best = Math.max(0, ...kin.filter((term) => !found.has(term)).map(weight));
      told += KINDRED * Math.min(best, weight({ claims }));
    }
    const covered = coveredBy(words, terms, wanted.counted);
    told += COVERED * covered;
    return {
      id,
      score: Number((told / (told + HALF)).toFixed(4)),
      match: matchOf(told + WHOLE * covered, Math.min(covered, share(own.keys()))),
      words: [...found.keys()].toSorted((a, b) => weight(b) - weight(a)),
    };
  });
  return results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Adds to each term how often a text has it, less for a long text; of several texts the one that has it most. */
function add(
  counts: Map<Term, number>,
  text: readonly (readonly [lexeme: string, times: number, claims?: number])[],
  terms: ReadonlyMap<string, Term>,
  share: number,
): void {
  const length = text.reduce((sum, [, times]) => sum + times, 0);
  const longer = 1 - LENGTH + (LENGTH * length) / USUAL_LENGTH;
  for (const [lexeme, times] of text) {
    const term = terms.get(lexeme);
    if (term) counts.set(term, Math.max(counts.get(term) ?? 0, (share * times) / longer));
  }
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

function matchOf(told: number, inEachOther: number): Match {
  if (told >= SAME || inEachOther >= EACH_OTHER) return 'same';
  return told >= SIMILAR ? 'similar' : 'none';
}
