import type { Claim, ClaimReview, Organization, Person, Rating } from 'schema-dts';
import type { DateJson } from '../../db/json.ts';
import { isoWithin } from '../../lib/iso-within.ts';
import { type VerdictStatus, verdictStatuses } from '../vocabulary.ts';

/** A claim with what its markup says of it, as `listReviewedClaims` gives it. */
export interface ReviewedClaim {
  id: string;
  url: string;
  text: string;
  language: string;
  /** The earliest published statement that asserts it. */
  said: { on: DateJson; by: Party } | null;
  /** Addresses of sources that report assertions of it, the earliest first. */
  appearances: string[];
  /** Published ones: ours first, then the newest first. */
  verdicts: ReviewVerdict[];
}

export interface ReviewVerdict {
  id: string;
  ours: boolean;
  by: Party;
  status: VerdictStatus;
  /** The publisher's own label, else ours for the status. */
  label: string;
  summary: string | null;
  explanation: string | null;
  /** Where another publisher's finding stands. */
  url: string | null;
  decidedAt: DateJson;
  /** Addresses of the evidence. */
  evidence: string[];
}

interface Party {
  name: string;
  kind: string;
  url: string;
  externalIds: Record<string, string>;
}

/** Us, as `PUBLISHER_NAME` and `PUBLISHER_URL` name us. */
export interface Publisher {
  name: string;
  url: string;
}

/**
 * What a page says of its claim in schema.org's words: a `ClaimReview` by our verdict that stands, else the `Claim` alone.
 * Of several reviews of one claim a reader of the markup could not tell which counts: `verdictReview` gives each.
 */
export function claimReview(claim: ReviewedClaim, us: Publisher): Exclude<ClaimReview | Claim, string> {
  const ours = claim.verdicts.find((verdict) => verdict.ours);
  return ours ? { ...verdictReview(claim, ours, us), '@id': `${claim.url}#verdict` } : reviewedItem(claim);
}

/** One finding on a claim. Others' carry their own label and address. https://schema.org/ClaimReview */
export function verdictReview(
  claim: ReviewedClaim,
  verdict: ReviewVerdict,
  us: Publisher,
): Exclude<ClaimReview, string> {
  const { ours, summary, explanation, evidence } = verdict;
  const published = isoWithin(verdict.decidedAt);
  return {
    '@type': 'ClaimReview',
    '@id': `${claim.url}#verdict-${verdict.id}`,
    identifier: urn(verdict.id),
    url: ours ? claim.url : (verdict.url ?? claim.url),
    claimReviewed: claim.text,
    inLanguage: claim.language,
    author: ours ? { '@type': 'Organization', name: verdict.by.name, url: us.url } : party(verdict.by),
    ...(published && { datePublished: published }),
    reviewRating: rating(verdict),
    ...(summary && { name: summary }),
    ...(explanation && { reviewBody: explanation }),
    ...(evidence.length && { citation: evidence.map((url) => ({ '@type': 'CreativeWork' as const, url })) }),
    itemReviewed: reviewedItem(claim),
  };
}

/** Readers trust the label. A number goes with it only where it cannot mislead, and never with another publisher's label. */
function rating({ ours, status, label }: ReviewVerdict): Rating {
  const { ratingValue } = verdictStatuses[status];
  return {
    '@type': 'Rating',
    alternateName: label,
    ...(ours && ratingValue !== null && { ratingValue, bestRating: 5, worstRating: 1 }),
  };
}

function reviewedItem({ id, url, text, language, said, appearances }: ReviewedClaim): Exclude<Claim, string> {
  const [first] = appearances;
  const published = said && isoWithin(said.on);
  return {
    '@type': 'Claim',
    '@id': url,
    identifier: urn(id),
    url,
    text,
    inLanguage: language,
    ...(said && { author: party(said.by) }),
    ...(published && { datePublished: published }),
    ...(first && { firstAppearance: { '@type': 'CreativeWork', url: first } }),
    ...(appearances.length && {
      appearance: appearances.map((address) => ({ '@type': 'CreativeWork' as const, url: address })),
    }),
  };
}

/** By which an import knows the record again; addresses may change. */
const urn = (id: string) => `urn:uuid:${id}`;

function party({ name, kind, url, externalIds }: Party): Exclude<Person | Organization, string> {
  const { wikidata } = externalIds;
  return {
    '@type': kind === 'organization' ? 'Organization' : 'Person',
    name,
    url,
    ...(wikidata && { sameAs: `https://www.wikidata.org/entity/${encodeURIComponent(wikidata)}` }),
  };
}
