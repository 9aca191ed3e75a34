import { isSlug } from '../../../lib/slugs.ts';
import type { RecordInput } from '../record-form.ts';

/** Who said or reviewed something, as a format tells it. */
export interface Party {
  name: string;
  kind?: 'person' | 'organization' | undefined;
  /** Who it is beyond the name: their page in an On Record, their address in Wikidata. */
  page?: string | undefined;
  wikidata?: string | undefined;
}

/** Whom a review names: by name alone, or as somebody who is known beyond it. */
export function partyOf({ name, kind, page, wikidata }: Party): {
  reference: NonNullable<RecordInput<'verdict'>['by']>;
  record?: RecordInput<'person'>;
} {
  const identity = wikidata && /wikidata\.org\/(?:entity|wiki)\/([^/?#]+)/.exec(wikidata)?.[1];
  const key = page ?? (identity && wikidata);
  if (!key) return { reference: { name, ...(kind && { kind }) } };
  const externalIds = identity ? { wikidata: decodeURIComponent(identity) } : {};
  return {
    reference: { key },
    record: { type: 'person', key, ...slugIn(page), name, ...(kind && { kind }), externalIds },
  };
}

/** The slug in the address of a page of an On Record. */
export function slugIn(page: string | undefined): { slug?: string } {
  const slug = page && URL.canParse(page) ? new URL(page).pathname.split('/').at(-1)! : '';
  return isSlug(slug) ? { slug } : {};
}
