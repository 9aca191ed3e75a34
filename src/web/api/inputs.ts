import { z } from 'zod';
import { openCursor, type PageRow, sealCursor } from '../../db/page.ts';
import type { Database } from '../../db/types.ts';
import { getClaim } from '../../domain/claims/claim.ts';
import { findClaimId } from '../../domain/claims/find-claim.ts';
import { Id, Reference, text } from '../../domain/fields.ts';
import type { ListPage } from '../../domain/list-query.ts';
import { findPersonId } from '../../domain/people/find-or-make-person.ts';
import { getPerson } from '../../domain/people/person.ts';
import type { Viewpoint } from '../../domain/read-record.ts';
import { words } from '../../domain/vocabulary.ts';
import { Forbidden, Gone, Invalid, NotFound } from '../../errors.ts';
import type { Site } from '../site.ts';
import type { Answer, Call } from './route.ts';

export const none = z.strictObject({});
export const byId = z.strictObject({ id: Id });
export const byPerson = z.strictObject({ person: Reference });
export const byClaim = z.strictObject({ claim: Reference });

/** Every write takes a reason, which goes into the history. */
export const reason = { reason: text(2000).nullish().meta({ description: 'Why, for the history' }) };

export const asOf = {
  asOf: z
    .string()
    .max(64)
    .optional()
    .meta({
      description: 'The record as it stood at this instant: ISO 8601 with a zone, or a date (UTC), which means its end',
      examples: ['2026-02-12T12:00:00Z'],
    }),
};

/** A comma list of the words of a vocabulary. */
export const oneOf = <T extends object>(vocabulary: T) => commaList(z.enum(words(vocabulary)));

/** A comma list, in one parameter. */
export const commaList = <T extends z.ZodType<string>>(item: T) =>
  z
    .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1).max(50))
    .optional();

export const search = text(200).optional().meta({ description: 'Words in any form, "phrases", -not, OR' });

/** How many items are asked for. */
export const Limit = z.int('must be a whole number from 1 to 100').min(1).max(100);

const limit = z
  .preprocess((value) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value), Limit)
  .default(20);

/** The query of a list: its filters, and the page asked for. */
export function listQuery<F extends z.ZodRawShape>(filters: F, order: 'asc' | 'desc') {
  return z.strictObject({
    ...filters,
    order: z.enum(['asc', 'desc']).default(order),
    limit,
    cursor: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: 'From `page.next` of the answer before, with the same filters' }),
    form: z.enum(['spreadsheet', 'lossless']).optional().meta({
      description:
        'Of .csv: safe to open in a spreadsheet (unless told). Of .csv and .jsonl: lossless, with the records behind the rows, which an import takes back as they were',
    }),
    ...asOf,
  });
}

export interface Paging {
  /** Undefined where a list has but one, the newest first. */
  order?: 'asc' | 'desc';
  limit: number;
  cursor?: string | undefined;
}

/** The page asked for. Throws `Invalid` for a cursor that is not of this list with these filters. */
export function pageFor<F extends object>(call: Call<unknown, Paging, unknown>, site: Site, filters: F): ListPage<F> {
  const { order = 'desc', limit, cursor } = call.query;
  if (cursor === undefined) return { filters, order, limit, after: null };
  const after = openCursor(site.secret, listOf(call), cursor);
  if (!after)
    throw Invalid.at(
      ['cursor'],
      'is not of this list: use the cursor of an answer with the same filters, order and asOf',
    );
  return { filters, order, limit, after };
}

/** A list's answer; `before` and `inPage` are further members, as JSON. */
export function listAnswer(
  call: Call<unknown, Paging, unknown>,
  site: Site,
  row: PageRow<unknown>,
  more: { before?: string; inPage?: string } = {},
): Answer {
  const next = row.last && sealCursor(site.secret, listOf(call), row.last);
  const json = `{${more.before ?? ''}"items":${row.items},"page":{"limit":${call.query.limit},"next":${JSON.stringify(next)}${more.inPage ?? ''}}}`;
  return { json, ...(next && { link: `<${nextUrl(call, site, next)}>; rel="next"` }) };
}

/** What a list is: its address and everything asked of it but the page. */
function listOf({ path, query, instant }: Call<unknown, Paging, unknown>): string {
  const { cursor: _, limit: __, ...filters } = query;
  return JSON.stringify([path, Object.entries({ ...filters, asOf: instant }).sort()]);
}

function nextUrl({ path, query }: Call<unknown, Paging, unknown>, site: Site, cursor: string): string {
  const parameters = Object.entries({ ...query, cursor }).filter(([, value]) => value !== undefined);
  return `${site.publicUrl}/api/v1${path}?${new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)]))}`;
}

/** Drafts and withdrawn records are listed only when asked for, and only to who holds a token. */
export function statesFor(call: Call<unknown, { state?: string[] | undefined }, unknown>): string[] {
  const states = call.query.state ?? ['published'];
  if (call.audience === 'public' && states.some((state) => state !== 'published')) {
    throw new Forbidden('Only what is published is public: send an access token to list other states.');
  }
  return states;
}

/** The id of the claim in the address. Throws `NotFound`. */
export async function claimIn(db: Database, reference: string): Promise<string> {
  const id = await findClaimId(db, reference);
  if (!id) throw new NotFound('claim', reference);
  return id;
}

/** The id of the person in the address. Throws `NotFound`. */
export async function personIn(db: Database, reference: string): Promise<string> {
  const id = await findPersonId(db, reference);
  if (!id) throw new NotFound('person', reference);
  return id;
}

/** The id of the record that a filter names. Throws `Invalid` where there is none, or none that the caller may know of. */
export async function filterId(
  db: Database,
  noun: 'person' | 'claim',
  field: string,
  reference: string | undefined,
  viewpoint: Viewpoint,
): Promise<string | undefined> {
  if (reference === undefined) return undefined;
  const id = await (noun === 'person' ? findPersonId(db, reference) : findClaimId(db, reference));
  if (!id || !(await mayBeKnown(db, noun, id, viewpoint)))
    throw Invalid.at([field], `no ${noun} "${reference}" is on record`);
  return id;
}

/** What was withdrawn, or is not recorded yet at an instant, is known, and nothing is found by it. */
async function mayBeKnown(db: Database, noun: 'person' | 'claim', id: string, viewpoint: Viewpoint): Promise<boolean> {
  if (viewpoint.audience === 'desk') return true;
  try {
    await (noun === 'person' ? getPerson : getClaim)(db, id, viewpoint);
  } catch (error) {
    if (!(error instanceof NotFound || error instanceof Gone)) throw error;
    return error instanceof Gone || error.code === 'not_yet_recorded';
  }
  return true;
}
