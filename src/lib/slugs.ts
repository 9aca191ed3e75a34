import anyAscii from 'any-ascii';

const LONGEST = 80;
const SHAPE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** What a route would take for an id: a UUID, with or without hyphens, or a number. */
const ID_LIKE = /^([0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|\d+)$/;

/** Words that stand in the place of a slug in some address, now or foreseeably; not words that topics bear. */
export const RESERVED: ReadonlySet<string> = new Set(
  `all api as-of atom attributions changes claims create csv delete desk edit embed export feed feeds import index json
  jsonl latest list login logout match me merge new null oembed people preview responses revisions rss search setup sources
  statements timeline timelines topics undefined unmerge verdicts withdraw xml`.split(/\s+/),
);

/**
 * The address form of a name or a claim: a–z, 0–9 and hyphens, at most 80 characters, cut between words.
 * `fallback` (such as `person-<shortId>`) stands in for a text with no letter or digit. What looks like an id or a
 * route's word gets `-record` at the end. Unique it is not: see `numbered`.
 */
export function slugOf(text: string, fallback: string): string {
  const slug = cut(hyphenated(text), LONGEST) || cut(hyphenated(fallback), LONGEST) || 'record';
  return isTaken(slug) ? withSuffix(slug, 'record') : slug;
}

/** True for what `slugOf` may give: also the rule for a slug that someone chose. */
export function isSlug(text: string): boolean {
  return text.length <= LONGEST && SHAPE.test(text) && !isTaken(text);
}

/** `donald-trump-2`: for the second of the same slug, still within 80 characters. */
export function numbered(slug: string, n: number): string {
  return withSuffix(slug, String(n));
}

function hyphenated(text: string): string {
  const ascii = anyAscii(text.normalize('NFC')).toLowerCase();
  // "I've" reads better as "ive" than as "i-ve".
  return ascii
    .replace(/(?<=[a-z])['`](?=[a-z])/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** At the last hyphen that fits; a first word longer than that is cut through. */
function cut(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const wordEnd = slug.lastIndexOf('-', length);
  return slug.slice(0, wordEnd > 0 ? wordEnd : length);
}

function isTaken(slug: string): boolean {
  return RESERVED.has(slug) || ID_LIKE.test(slug);
}

function withSuffix(slug: string, suffix: string): string {
  return `${cut(slug, LONGEST - suffix.length - 1)}-${suffix}`;
}
