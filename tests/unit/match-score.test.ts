import { describe, expect, it } from '@jest/globals';
import { type Candidate, overlapsOf } from '../../src/domain/search/match-overlap.ts';
import { likeliest, scored } from '../../src/domain/search/match-score.ts';

const COUNTS: Record<string, number> = { lighthouse: 2, karrow: 3, hotel: 40, sold: 300, council: 4000, report: 3000 };
const wanted = (words: string) => ({
  counted: 10_000,
  terms: words.split(' ').map((word) => ({ word, lexemes: [word], claims: COUNTS[word] ?? 0 })),
});
const claim = (id: string, words: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  words: vector(words),
  others: [],
  isOfPerson: false,
  ...more,
});
const vector = (words: string) =>
  words
    .split(' ')
    .map((word, place) => `'${word}':${place + 1}`)
    .join(' ');
const counts = new Map(Object.entries(COUNTS));
const score = (text: string, ...claims: Candidate[]) => scored(wanted(text), overlapsOf(wanted(text), claims), counts);
const order = (text: string, ...claims: Candidate[]) => score(text, ...claims).map(({ id }) => id);

describe('the score of a claim', () => {
  it('is higher the more, and the rarer, the words are that it has', () => {
    const [common, rare, both] = [
      claim('1', 'council report'),
      claim('2', 'lighthouse report'),
      claim('3', 'lighthouse karrow'),
    ];
    expect(order('lighthouse karrow council report', common, rare, both)).toEqual(['3', '2', '1']);
  });

  it('is higher for a short claim than for a long one with the same words', () => {
    const long = claim('1', `lighthouse ${Array.from({ length: 40 }, (_, n) => `w${n}`).join(' ')}`);
    expect(order('lighthouse sold', long, claim('2', 'lighthouse hotel'))).toEqual(['2', '1']);
  });

  it('rises with what was said on the claim, less than with its own words', () => {
    const said = claim('1', 'council', { others: [vector('lighthouse')] });
    expect(order('lighthouse', claim('2', 'council'), said, claim('3', 'lighthouse'))).toEqual(['3', '1', '2']);
  });

  it('rises with a word that begins like one of the text, less than with that word', () => {
    const [akin, other, same] = [claim('1', 'migration'), claim('2', 'council'), claim('3', 'migrant')];
    expect(order('migrant', other, akin, same)).toEqual(['3', '1', '2']);
  });

  it('rises where it is of the person asked for', () => {
    expect(order('hotel', claim('1', 'hotel'), claim('2', 'hotel', { isOfPerson: true }))).toEqual(['2', '1']);
  });

  it('is the same for equals, and the one first on record comes first', () => {
    const [a, b] = score('hotel sold', claim('2', 'hotel sold'), claim('1', 'hotel sold'));
    expect(a!.score).toBe(b!.score);
    expect([a!.id, b!.id]).toEqual(['1', '2']);
  });

  it('lies between 0 and 1, with the words it is made of, the rarest first', () => {
    const [best] = score('council hotel lighthouse', claim('1', 'council lighthouse hotel road'));
    expect(best!.score).toBeGreaterThan(0);
    expect(best!.score).toBeLessThan(1);
    expect(best!.words.map(({ word }) => word)).toEqual(['lighthouse', 'hotel', 'council']);
  });
});

describe('the verdict on a candidate', () => {
  const matchOf = (text: string, words: string) => score(text, claim('1', words))[0]!.match;

  it('is that it says the same where most of what it tells is in the text', () => {
    expect(matchOf('council sold lighthouse karrow hotel cheap', 'council sold lighthouse karrow hotel')).toBe('same');
  });

  it('is similar where much is', () => {
    expect(
      matchOf('lighthouse karrow hotel closed', 'lighthouse karrow council sold hotel report crowns million'),
    ).toBe('similar');
  });

  it('is that it says the same where each is in the other, however common the words are', () => {
    expect(matchOf('council report sold', 'council report sold')).toBe('same');
  });

  it('is none where only common words are of a longer text', () => {
    expect(matchOf('council report sold storm harbour', 'council report sold')).toBe('none');
  });

  it('is none where one rare word is all that it shares', () => {
    expect(matchOf('lighthouse storm', 'lighthouse keeper wrote novels about harbours long ago')).toBe('none');
  });
});

describe('the likeliest claims', () => {
  const text = 'lighthouse karrow hotel sold migrant';
  const claims = [
    claim('1', 'lighthouse karrow'),
    claim('2', 'lighthouse'),
    claim('3', 'sold'),
    claim('4', 'council report'),
    claim('5', 'migration'),
    claim('6', 'hotel migration council'),
  ];

  it.each([1, 2, 3, 4])('have the %s best among them, as if all were scored', (most) => {
    const likely = likeliest(overlapsOf(wanted(text), claims), most);
    const best = scored(wanted(text), likely, counts).slice(0, most);
    expect(best).toEqual(score(text, ...claims).slice(0, most));
  });

  it('leave out what is too far behind to be among the best, however common its other words are', () => {
    expect(likeliest(overlapsOf(wanted(text), claims), 1).map(({ id }) => id)).toEqual(['1']);
    expect(likeliest(overlapsOf(wanted(text), claims), 10)).toHaveLength(6);
  });
});
