import { describe, expect, it } from '@jest/globals';
import { anyForm, lexemesOf, rarest, type Term, weightOf, wordsOf } from '../../src/domain/search/match-words.ts';

const term = (word: string, claims: number): Term => ({ word, lexemes: [word], claims });

describe('the words of a text', () => {
  it.each([
    ['He said: “it’s 3.5 % of 2,000”', ['He', 'said', 'it’s', '3.5', 'of', '2', '000']],
    ['see https://t.co/x?y=1, www.example.org and pic.twitter.com/abc', ['see', 'and']],
    [
      '#AustralianFires #EUCommission @Reince45 #snake_case',
      'Australian Fires EU Commission Reince 45 snake case'.split(' '),
    ],
    ['#DefundThemhttps://t.co/x', ['Defund', 'Them']],
    ['in the U.S. today', ['in', 'the', 'U.S.', 'today']],
    ['Зеленський у Києві', ['Зеленський', 'у', 'Києві']],
    ['🙂 — !', []],
  ])('of %j are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are at most 200', () => {
    expect(wordsOf('a b '.repeat(1000))).toHaveLength(200);
  });
});

describe('the lexemes of a tsvector', () => {
  it.each([
    [
      "'bridg':2,7 'week':4",
      [
        ['bridg', 2],
        ['week', 1],
      ],
    ],
    [
      "'o''neil':1 '''':2 'a\\\\b':3",
      [
        ["o'neil", 1],
        ["'", 1],
        ['a\\b', 1],
      ],
    ],
    [
      "'3.5' 'зел':16383",
      [
        ['3.5', 1],
        ['зел', 1],
      ],
    ],
    ['', []],
  ])('of %j are %j', (vector, lexemes) => {
    expect(lexemesOf(vector)).toEqual(lexemes);
  });
});

describe('the rarest words', () => {
  it('come in the order of how rare they are, as long as they are together in 2,000 claims', () => {
    const terms = [term('a', 1250), term('b', 750), term('c', 10), term('d', 0), term('e', 1000)];
    expect(rarest(terms).map(({ word }) => word)).toEqual(['d', 'c', 'b', 'e']);
  });

  it('are at least three, however common', () => {
    const terms = [4, 3, 2, 1].map((n) => term(`w${n}`, n * 100_000));
    expect(rarest(terms).map(({ word }) => word)).toEqual(['w1', 'w2', 'w3']);
  });

  it('tell more than the common ones, and what all claims have next to nothing', () => {
    expect(weightOf(0, 1000)).toBeGreaterThan(weightOf(10, 1000));
    expect(weightOf(10, 1000)).toBeGreaterThan(weightOf(500, 1000));
    expect(weightOf(1000, 1000)).toBeLessThan(0.01);
    expect(weightOf(5, 0)).toBeGreaterThan(0);
  });

  it('are quoted for a query, whatever is in them', () => {
    expect(anyForm({ word: 'x', lexemes: ["o'neil", 'a\\b'], claims: 1 })).toBe("'o''neil'|'a\\\\b'");
  });
});
