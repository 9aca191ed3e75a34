import { z } from 'zod';
import { AddressError, parseAddress } from '../lib/addresses.ts';
import { DateError, parseEdtf } from '../lib/dates.ts';
import { isId } from '../lib/ids.ts';
import { isSlug } from '../lib/slugs.ts';
import { badText } from '../lib/text.ts';
import { citationRoles, personKinds, relations, states, words } from './vocabulary.ts';

/** Text as given, from 1 to `max` characters (code points), of what PostgreSQL and JSON can carry. */
export const text = (max: number) =>
  z
    .string()
    .check(
      z.superRefine((value: string, context: z.RefinementCtx) => {
        const bad = badText(value) ?? tooShortOrLong(value, max);
        if (bad) context.addIssue({ code: 'custom', message: bad });
      }),
    )
    .meta({ minLength: 1, maxLength: max });

function tooShortOrLong(value: string, max: number): string | undefined {
  if (value.trim() === '') return 'must not be empty';
  // A string of n UTF-16 units has at least n / 2 characters, so most are never counted.
  if (value.length > max && [...value].length > max) return `must have at most ${max} characters`;
  return undefined;
}

const checked = <E extends Error & { detail?: string }>(
  parse: (value: string) => unknown,
  kind: new (...args: never[]) => E,
) =>
  z.superRefine((value: string, context: z.RefinementCtx) => {
    try {
      parse(value);
    } catch (error) {
      if (!(error instanceof kind)) throw error;
      context.addIssue({ code: 'custom', message: error.detail ?? error.message, continue: false });
    }
  });

/** A date as EDTF, ISO 8601-2 levels 0 and 1. */
export const Edtf = z
  .string()
  .check(checked(parseEdtf, DateError))
  .meta({ description: 'Date as EDTF (ISO 8601-2, levels 0 and 1)', examples: ['2025-02-08~'], maxLength: 100 });

/** A web address, http or https. */
export const Address = z.string().check(checked(parseAddress, AddressError)).meta({ format: 'uri', maxLength: 2048 });

/** A language as a BCP 47 tag. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag such as "en" or "pt-BR"')
  .meta({ examples: ['en'] });

export const Id = z
  .uuid('must be an id')
  .overwrite((id) => id.toLowerCase())
  .meta({ description: 'UUID' });

/** A record by id or by slug, present or former. */
export const Reference = z
  .string()
  .max(80)
  .refine((value) => isId(value) || isSlug(value), 'must be an id or a slug')
  .meta({ examples: ['dmitry-peskov'] });

export const Slug = z
  .string()
  .max(80)
  .refine(isSlug, 'must be of a-z, 0-9 and single hyphens, and not shaped like an id');

/** A person or organization: by id or slug, or by name, and then found or made. */
export const PersonReference = z.union(
  [Reference, z.strictObject({ name: text(500), kind: z.enum(words(personKinds)).optional() })],
  { error: 'must be an id, a slug, or { "name": …, "kind"?: … }' },
);
export type PersonReference = z.output<typeof PersonReference>;

export const ExternalIds = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,49}$/, 'must be a short name such as "wikidata"'), text(500))
  .meta({ examples: [{ wikidata: 'Q22686' }] });

/** Kept to the millisecond. */
const seconds = z
  .number()
  .max(999_999_999)
  .overwrite((time) => Number(time.toFixed(3)));

/** Words of a text (W3C TextQuoteSelector), or a time in a recording in seconds. */
export const Excerpt = z.union(
  [
    z.strictObject({ exact: text(5000), prefix: text(500).nullish(), suffix: text(500).nullish() }),
    z
      .strictObject({ start: seconds.min(0), end: seconds.nullish() })
      .refine((time) => time.end == null || time.end > time.start, {
        path: ['end'],
        message: 'must be after start',
      }),
  ],
  { error: 'must be { "exact", "prefix"?, "suffix"? } or, in seconds, { "start", "end"? }' },
);
export type Excerpt = z.output<typeof Excerpt>;

const describedSource = {
  url: Address.nullish(),
  title: text(2000).nullish(),
  publisher: PersonReference.nullish(),
  author: text(500).nullish(),
  publishedOn: Edtf.nullish(),
  language: Language.nullish(),
  archivedUrl: Address.nullish(),
  archivedHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal')
    .nullish(),
};

/** A source by what is known of it: at least an address, a title or a publisher. */
export const SourceDescription = z.strictObject(describedSource);
export type SourceDescription = z.output<typeof SourceDescription>;

/** Where a source had a statement from, and where that one had it from. `first_hand` names no source. */
export const Derivation: z.ZodType<Derivation> = z
  .strictObject({
    id: Id.optional(),
    ...describedSource,
    relation: z.enum(words(relations)),
    get derivedFrom() {
      return z.array(Derivation).max(20).optional();
    },
  })
  .meta({ id: 'Derivation' }) as z.ZodType<Derivation>;
export type Derivation = SourceDescription & {
  id?: string | undefined;
  relation: keyof typeof relations;
  derivedFrom?: Derivation[] | undefined;
};

const cited = {
  id: Id.optional().meta({ description: 'A source on record, instead of a description' }),
  ...describedSource,
  role: z.enum(words(citationRoles)),
  excerpt: Excerpt.nullish(),
};

/** Evidence for a finding. */
export const Evidence = z.strictObject(cited);
export type Evidence = z.output<typeof Evidence>;

/** A source of a statement, with where it had the statement from. */
export const CitedSource = z.strictObject({ ...cited, derivedFrom: z.array(Derivation).max(20).optional() });
export type CitedSource = z.output<typeof CitedSource>;

export const State = z.enum(words(states));
