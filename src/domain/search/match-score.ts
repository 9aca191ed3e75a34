import type { Overlap } from './match-overlap.ts';
import type { Wanted } from './match-terms.ts';
import { type Term, weightOf } from './match-words.ts';

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

/** What a word counts that begins like one of the text (immigrant, immigration), against the same word. */
const KINDRED = 0.6;
/** What it tells that all of the claim is in the text. */
const COVERED = 4;
/** So much makes half a full score. */
const HALF = 25;
/** What must be told, where all of the claim being in the text tells as much as two rare words. */
const SAME = 40;
/** Where as many texts have a match as have none, three of four that are told this have one. */
const SIMILAR = 32;
const WHOLE = 15;
/** Where this much of each is in the other, they are the same, however little they tell. */
const EACH_OTHER = 0.8;

/** Those of which one cannot tell yet that they are not among the best, so many: how rare all their words are is asked next. */
export function likeliest(overlaps: readonly Overlap[], most: number): Overlap[] {
  const least = overlaps.map(({ told }) => told).sort((a, b) => b - a)[most - 1] ?? 0;
  return overlaps.filter(({ told, kindred }) => {
    const mayAdd = COVERED + KINDRED * [...kindred.values()].reduce((sum, weight) => sum + weight, 0);
    return told + mayAdd >= least;
  });
}

/**
 * How well each claim answers the text, best first; of equals the one first on record first. What counts is what it has of
 * the text, and how much of the claim that is. `claims` are how many claims have each lexeme of those that are scored.
 */
export function scored(wanted: Wanted, overlaps: readonly Overlap[], claims: ReadonlyMap<string, number>): Scored[] {
  const weight = (term: Term) => weightOf(term.claims, wanted.counted);
  const weightIn = (lexeme: string) => weightOf(claims.get(lexeme) ?? 0, wanted.counted);
  const sum = <T>(values: readonly T[], of: (value: T) => number) => values.reduce((all, one) => all + of(one), 0);
  const inText = new Set(wanted.terms.flatMap(({ lexemes }) => lexemes));
  const asked = sum(wanted.terms, weight);
  const results = overlaps.map(({ id, own, found, told, lexemes, kindred }) => {
    const kin = sum([...kindred], ([lexeme, best]) => Math.min(best, weightIn(lexeme)));
    const both = lexemes.filter((lexeme) => inText.has(lexeme));
    const covered = both.length ? sum(both, weightIn) / sum(lexemes, weightIn) : 0;
    const all = told + KINDRED * kin + COVERED * covered;
    return {
      id,
      score: Number((all / (all + HALF)).toFixed(4)),
      match: matchOf(all + WHOLE * covered, Math.min(covered, sum(own, weight) / asked)),
      words: found.toSorted((a, b) => weight(b) - weight(a)),
    };
  });
  return results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function matchOf(told: number, inEachOther: number): Match {
  if (told >= SAME || inEachOther >= EACH_OTHER) return 'same';
  return told >= SIMILAR ? 'similar' : 'none';
}
