import { LIKELY_SAME, nameSimilarity, nameWords, soundsOf, wordSimilarity } from './names.ts';

/** Words of a name that get keys, and words typed that are looked for. */
const MOST_WORDS = 12;

/**
 * What a name is found by: its words (`peskov`), all of them as one (`dmitrypeskov`), how they sound (`=pskf`), and each
 * sound with one consonant left out (`~pkf`), so that a slip of one letter still meets; with blanks between.
 */
export function nameKeys(name: string): string {
  const words = nameWords(name).slice(0, MOST_WORDS);
  const all = words.length > 1 ? [...words, words.join('')] : words;
  return [...new Set([...all, ...all.flatMap(soundKeys), ...words.flatMap(nearKeys)])].join(' ');
}

const soundKeys = (word: string): string[] => soundsOf(word).flatMap((sound) => keysOf('=', [sound]));

/** How a word sounds, and what is left of that without each of its consonants; of a short one nothing is left out. */
function nearKeys(word: string): string[] {
  return soundsOf(word).flatMap((sound) => {
    const without = sound.length < 3 ? [] : [...sound].map((_, i) => sound.slice(0, i) + sound.slice(i + 1));
    return keysOf('~', [sound, ...without]);
  });
}

/** A single h is silent, and what has no sound has no key. */
const keysOf = (sign: string, sounds: readonly string[]): string[] =>
  sounds.filter(Boolean).map((sound) => sign + sound);

/** What somebody types to find a name, as queries over its keys from the exact to the far. */
export interface TypedName {
  words: string[];
  /**
   * `tsquery` texts: every word as it is; as the beginning of a word; as it sounds; as something near it sounds; and of
   * three words or more any two, as they sound.
   */
  exact: string;
  beginning: string;
  sound: string;
  near: string;
  partly: string;
}

/** Undefined where nothing that was typed is in a name: signs alone. */
export function typedName(typed: string): TypedName | undefined {
  const words = nameWords(typed).slice(0, MOST_WORDS);
  if (!words.length) return undefined;
  const any = (keys: readonly string[]) => `(${keys.map((key) => `'${key}'`).join('|')})`;
  const every = (keysOf: (word: string) => string) => {
    const apart = words.map(keysOf).join('&');
    return words.length > 1 ? `(${apart})|${keysOf(words.join(''))}` : apart;
  };
  const begins = (word: string) => `('${word}':*)`;
  const sounds = (word: string) => any([word, ...soundKeys(word)]);
  const soundsSoFar = (word: string) => [
    begins(word),
    ...soundKeys(word).map((key) => (key.length > 3 ? `'${key}':*` : `'${key}'`)),
  ];
  const pairs = words.flatMap((one, i) => words.slice(i + 1).map((other) => `(${sounds(one)}&${sounds(other)})`));
  return {
    words,
    exact: every((word) => any([word])),
    beginning: every(begins),
    sound: every((word) => `(${soundsSoFar(word).join('|')})`),
    near: every((word) => any([word, ...nearKeys(word)])),
    partly: words.length > 2 ? pairs.join('|') : every(begins),
  };
}

/** From this on what was typed is the name, or the beginning of it, perhaps in another spelling. */
export const FOUND = 0.6;

/**
 * How well a name answers what was typed, from 0 to 1: every word typed should be a word of the name, the beginning of
 * one or like one; else both as a whole must be much alike. 1 is the whole name as typed.
 */
export function answersTyped(typed: readonly string[], name: string): number {
  const words = nameWords(name);
  if (!words.length) return 0;
  const free = [...words];
  let sum = 0;
  let worst = 1;
  for (const word of typed) {
    const scores = free.map((other) => likeness(word, other));
    const best = Math.max(0, ...scores);
    if (best > 0) free.splice(scores.indexOf(best), 1);
    sum += best;
    worst = Math.min(worst, best);
  }
  const [allTyped, all] = [typed.join(''), words.join('')];
  const covered = Math.min(1, allTyped.length / all.length);
  // Words that are joined in one of them and apart in the other.
  const joined = typed.length === words.length ? 0 : 0.95 * likeness(allTyped, all);
  const apart = worst < FOUND ? 0 : (sum / typed.length) * (0.85 + 0.15 * covered);
  const whole = typed.length < 2 || apart > 0.9 ? 0 : 0.85 * nameSimilarity(typed.join(' '), name);
  return Math.max(apart, joined >= FOUND ? joined : 0, whole >= FOUND ? whole : 0);
}

/** A word typed against a word of a name: the same, its beginning, or like it. */
function likeness(typed: string, word: string): number {
  if (typed === word) return 1;
  if (word.startsWith(typed)) return 0.85 + 0.1 * (typed.length / word.length);
  const like = 0.9 * wordSimilarity(typed, word);
  // The beginning of another spelling: "selens" of Zelenskyy.
  const begins = soundsOf(typed).some(
    (sound) => sound.length > 2 && soundsOf(word).some((all) => all.startsWith(sound)),
  );
  return begins ? Math.max(like, 0.7) : like;
}

/** From this on a word is another spelling of a name, or a slip in it; below, an ordinary word that sounds like one. */
const SPELT = 0.8;

/**
 * Whether whole words that were typed say a name: `spelt`, each is a word of it in any spelling, or both are much alike;
 * `begun`, each is one or the beginning of one, in the same letters; `sounds`, it only sounds so far like it, as стран
 * does like Strange.
 */
export function saysName(typed: string, name: string): 'spelt' | 'begun' | 'sounds' {
  const words = nameWords(name);
  const isSpelt = (word: string) => words.some((other) => wordSimilarity(word, other) >= SPELT);
  if (nameWords(typed).every(isSpelt) || nameSimilarity(typed, name) >= LIKELY_SAME) return 'spelt';
  const written = lettersOf(name);
  const isBegun = (word: string) => isSpelt(nameWords(word).join('')) || written.some((own) => own.startsWith(word));
  return lettersOf(typed).every(isBegun) ? 'begun' : 'sounds';
}

/** Words in the letters that they are written in, without case and accents. */
const lettersOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
