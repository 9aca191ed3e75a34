/** What somebody typed to search: any of these, each with all that is wanted and nothing that is not. */
export interface SearchTerms {
  /** For `websearch_to_tsquery`, one for each side of an OR. */
  wanted: string[];
  /** Of each, what must not be there: words and phrases with OR between. */
  unwanted: string[];
  /** Each wanted word and phrase by itself. */
  each: string[];
  /** The wanted words without signs, of which a name may be made; empty where there is an OR or something unwanted. */
  plain: string;
  /** Whether it says only what must not be there. */
  excludesOnly: boolean;
}

const TERM = /(-?)(?:"([^"]*)"?|([^\s"]+))/gu;

/**
 * Reads words, "phrases", -not and OR as `websearch_to_tsquery` does, but keeps what is unwanted apart: tried in several
 * languages, a word is wanted in one of them and unwanted in all. Whatever is typed is read as something.
 */
export function searchTerms(typed: string): SearchTerms {
  const sides = [{ wanted: [] as string[], unwanted: [] as string[] }];
  for (const [, minus, phrase, word] of typed.matchAll(TERM)) {
    if (phrase === undefined && !minus && word!.toLowerCase() === 'or') sides.push({ wanted: [], unwanted: [] });
    else {
      const term = phrase === undefined ? asWritten(word!.replace(/^-+/, '')) : `"${phrase}"`;
      if (/[\p{L}\p{N}]/u.test(term)) sides.at(-1)![minus ? 'unwanted' : 'wanted'].push(term);
    }
  }
  const asked = sides.filter(({ wanted }) => wanted.length);
  const isPlain = asked.length === 1 && asked[0]!.unwanted.length === 0;
  return {
    wanted: asked.map(({ wanted }) => wanted.join(' ')),
    unwanted: asked.map(({ unwanted }) => unwanted.join(' or ')),
    each: [...new Set(asked.flatMap(({ wanted }) => wanted))],
    excludesOnly: asked.length === 0 && sides.some(({ unwanted }) => unwanted.length > 0),
    plain: isPlain ? asked[0]!.wanted.join(' ').replaceAll('"', ' ').trim() : '',
  };
}

/** Of Chinese and Japanese each character is a word, so that a word of theirs is a phrase (migration 0014). */
const asWritten = (word: string): string =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word) ? `"${word}"` : word;
