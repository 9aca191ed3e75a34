import anyAscii from 'any-ascii';

/** Words around a name that are no part of it. They count only where there is nothing else. */
const TITLES: ReadonlySet<string> = new Set(
  `mr mrs ms miss mx dr prof professor sir dame lord lady hon president prime minister chancellor senator governor
  king queen prince princess pope general colonel herr frau prasident kanzler monsieur madame mme mlle senor senora
  signor signora pan pani shaikh sheikh shaykh`.split(/\s+/),
);
/** Small words that names share, and that spellings join, change and leave out. */
const PARTICLES: ReadonlySet<string> = new Set(
  'al el ul ur bin ben ibn bint abu de da do di du des der den del la le van von zu y e of the'.split(' '),
);

/** Letters that stand for vowels where others are left out; any-ascii leaves them out as well, or hears a consonant. */
const SEMITIC: readonly [RegExp, string][] = [
  [/(?<!\p{L})و/gu, 'w'],
  [/(?<!\p{L})[يی]/gu, 'y'],
  [/[اأإآعא]|(?<!\p{L})ע/gu, 'a'],
  [/[وۇ]|(?<=\p{L})ו/gu, 'u'],
  [/[يیىې]|(?<=\p{L})י/gu, 'i'],
  [/(?<!\p{L})ב/gu, 'b'],
  [/(?<!\p{L})פ/gu, 'p'],
];
/** Two to four characters of Chinese or Korean and nothing else; what was transliterated is longer, or has a dot. */
const FAMILY_NAME_FIRST = /^[\p{sc=Han}\p{sc=Hangul}]{2,4}$/u;

/**
 * The words of a name in a–z and 0–9, whatever its script, case, accents and punctuation: `Зеленський, Володимир` gives
 * `zelenskiy`, `volodimir`. Of a Chinese or Korean name the first syllable is the first word. Signs alone give none.
 */
export function nameWords(name: string): string[] {
  if (/^[\x20-\x7e]*$/.test(name)) return asciiWords(name);
  // A picture has a name in ASCII, which is nobody's.
  const composed = name
    .normalize('NFKC')
    .replace(/\p{Extended_Pictographic}/gu, ' ')
    .trim();
  const apart = FAMILY_NAME_FIRST.test(composed) ? composed.replace(/^./u, '$& ') : composed;
  const voiced = SEMITIC.reduce((text, [letter, vowel]) => text.replace(letter, vowel), apart);
  return asciiWords(anyAscii(voiced));
}

function asciiWords(name: string): string[] {
  return (
    name
      .toLowerCase()
      .replace(/['`]/g, '')
      .match(/[a-z0-9]+/g) ?? []
  );
}

/**
 * How a word may sound, coarsely and in any language: its consonants, and whether it begins with a vowel. Zelensky,
 * Selenskyj and Зеленський are all `slnsk`. Where letters are spoken in two ways (Michael, Charles; Juhan, John) both.
 */
export function soundsOf(word: string): string[] {
  const known = heard.get(word);
  if (known) return known;
  if (heard.size >= MOST_HEARD) heard.clear();
  const sounds = listen(word);
  heard.set(word, sounds);
  return sounds;
}

/** Comparing a name with hundreds asks for the same words again and again. */
const heard = new Map<string, string[]>();
const MOST_HEARD = 20_000;

function listen(word: string): string[] {
  const other = word
    .replace(/ch/g, 'k')
    .replace(/kh/g, 'h')
    .replace(/g(?=[eiy])/g, 's')
    .replace(/^j(?=[aeou])/, 'i')
    .replace(/w/g, '');
  const one = soundOf(word);
  const second = other === word ? one : soundOf(other);
  return one === second || second === '' ? [one] : [one, second];
}

function soundOf(word: string): string {
  return word
    .replace(/^(?:dzh|dj|gi(?=[aou])|j|zh)/, 'z')
    .replace(/shch|tsch|sch|tch|dzh|zh|sh|ch(?=[aeiouy]|$)|ts|tz|cz|sz|dz|c(?=[eiy])|^x|[sz]/g, 's')
    .replace(/ph/g, 'f')
    .replace(/x/g, 'ks')
    .replace(/[ckqg]h?/g, 'k')
    .replace(/[dt]h?/g, 't')
    .replace(/[bp]h?/g, 'p')
    .replace(/(?<=[aou])w(?![aeiou])/g, '')
    .replace(/[vw]/g, 'f')
    .replace(/^h(?=.)/, '')
    .replace(/^[aeiouy]+/, 'A')
    .replace(/[aeiouyjh]/g, '')
    .toLowerCase()
    .replace(/(.)\1+/g, '$1');
}

const VOWEL = /[aeiouy]/;

/**
 * How much two words are one, from 0 to 1: by their letters and their sound. An initial stands for a word; of scripts
 * that leave vowels out (Arabic, Hebrew) the sound alone is compared.
 */
export function wordSimilarity(one: string, other: string): number {
  if (one === other) return 1;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length <= 1) return short && long.startsWith(short) ? 0.8 : 0;
  if (long.length > 2 * short.length + 2) return 0;
  const sounds = soundSimilarity(one, other);
  if (!VOWEL.test(one) || !VOWEL.test(other)) return 0.9 * sounds;
  const letters = 1 - distance(one, other) / long.length;
  return 0.6 * letters + 0.4 * sounds;
}

function soundSimilarity(one: string, other: string): number {
  let best = 0;
  for (const a of soundsOf(one))
    for (const b of soundsOf(other)) best = Math.max(best, 1 - distance(a, b) / Math.max(a.length, b.length, 1));
  return best;
}

/** From this on two names are more likely one person's than not: where F1 is best over labelled pairs (`bench:names`). */
export const LIKELY_SAME = 0.8;

/**
 * How much two names of people are one, from 0 to 1, whatever their script, spelling, order and titles. Words are paired
 * best first; the average of the pairs counts, and the worst of them; words that only one has take off a little. It is
 * for proposing, never for deciding: some share a name.
 */
export function nameSimilarity(one: string, other: string): number {
  const [a, b] = [properWords(one), properWords(other)];
  if (!a.length || !b.length) return 0;
  return Math.max(0.9 * wordSimilarity(a.join(''), b.join('')), alignedSimilarity(a, b));
}

function properWords(name: string): string[] {
  const words = nameWords(name);
  const proper = words.filter((word) => !TITLES.has(word));
  return proper.length ? proper : words;
}

function alignedSimilarity(a: readonly string[], b: readonly string[]): number {
  const pairs = a.flatMap((one, i) => b.map((other, j) => ({ i, j, similarity: wordSimilarity(one, other) })));
  pairs.sort((x, y) => y.similarity - x.similarity || Math.abs(x.i - x.j) - Math.abs(y.i - y.j));
  const [leftA, leftB] = [new Set(a.keys()), new Set(b.keys())];
  let [sum, paired, worst] = [0, 0, 1];
  for (const { i, j, similarity } of pairs) {
    if (!leftA.has(i) || !leftB.has(j)) continue;
    leftA.delete(i);
    leftB.delete(j);
    const weight = (weightOf(a[i]!) + weightOf(b[j]!)) / 2;
    sum += weight * similarity;
    paired += weight;
    if (!PARTICLES.has(a[i]!) && !PARTICLES.has(b[j]!)) worst = Math.min(worst, similarity);
  }
  const extra = [...[...leftA].map((i) => a[i]!), ...[...leftB].map((j) => b[j]!)].reduce(
    (total, word) => total + weightOf(word),
    0,
  );
  return (0.8 * (sum / paired) + 0.2 * worst) * (1 - 0.15 * (extra / (extra + paired)));
}

const weightOf = (word: string): number => (PARTICLES.has(word) ? 0.25 : Math.sqrt(Math.min(word.length, 9)));

/** Insertions, deletions, replacements and swaps of neighbours that make one word the other (optimal string alignment). */
function distance(one: string, other: string): number {
  let [before, last, row] = rows;
  for (let j = 0; j <= other.length; j++) last[j] = j;
  for (let i = 1; i <= one.length; i++) {
    row[0] = i;
    for (let j = 1; j <= other.length; j++) {
      const isSame = one.charCodeAt(i - 1) === other.charCodeAt(j - 1);
      let least = isSame ? last[j - 1]! : Math.min(last[j]!, row[j - 1]!, last[j - 1]!) + 1;
      const isSwapped =
        i > 1 &&
        j > 1 &&
        one.charCodeAt(i - 1) === other.charCodeAt(j - 2) &&
        one.charCodeAt(i - 2) === other.charCodeAt(j - 1);
      if (isSwapped) least = Math.min(least, before[j - 2]! + 1);
      row[j] = least;
    }
    [before, last, row] = [last, row, before];
  }
  return last[other.length]!;
}

/** Used again each time, as a look-up compares thousands of words. */
const rows: [number[], number[], number[]] = [[], [], []];
