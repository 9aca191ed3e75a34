const SYLLABLES = 'the in er an to re st ha en te at is ba den ko mar lin sa vor tel zhu ri ges pol'.split(' ');
const VOCABULARY = Array.from({ length: 40_000 }, (_, rank) => word(rank));

/** `count` words out of 40,000 by Zipf's law, the more common the shorter: the same ones for each `i` and `salt`. */
export function words(i: number, salt: number, count: number): string {
  const random = uniform(i * 31 + salt);
  return Array.from({ length: count }, () => {
    const rank = Math.floor((VOCABULARY.length + 1) ** random()) - 1;
    return VOCABULARY[Math.min(rank, VOCABULARY.length - 1)];
  }).join(' ');
}

/** The number of a word, written in syllables as digits are. */
function word(rank: number): string {
  const first = SYLLABLES[rank % SYLLABLES.length]!;
  return rank < SYLLABLES.length ? first : first + word(Math.floor(rank / SYLLABLES.length) - 1);
}

/** Numbers in [0, 1) that a seed tells (mulberry32). */
function uniform(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const GIVEN = 'Anna Boris Chen Dmitry Elena Fatima George Hana Ibrahim Julia Karim Lena Maria Nikos Olga Pavel'.split(
  ' ',
);

/** One of sixteen given names and a family name of its own. */
export function personName(i: number): string {
  const family = word(1000 + i * 11);
  return `${GIVEN[i % GIVEN.length]} ${family[0]!.toUpperCase()}${family.slice(1)}`;
}
