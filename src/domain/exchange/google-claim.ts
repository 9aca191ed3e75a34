import { isoWithin } from '../../lib/iso-within.ts';
import type { Publisher, ReviewedClaim, ReviewVerdict } from './claim-review.ts';

/** A claim as Google answers it, with the latest review of each publisher that counts. Dates go out where the day is known. */
export function asGoogle(claim: ReviewedClaim, us: Publisher, counts: (verdict: ReviewVerdict) => boolean): object {
  const claimDate = claim.said && midnight(isoWithin(claim.said.on));
  const seen = new Set<string>();
  const reviews = claim.verdicts.filter((verdict) => {
    const publisher = verdict.ours ? '' : verdict.by.url;
    return counts(verdict) && !seen.has(publisher) && seen.add(publisher);
  });
  return {
    text: claim.text,
    ...(claim.said && { claimant: claim.said.by.name }),
    ...(claimDate && { claimDate }),
    claimReview: reviews.map((verdict) => reviewOf(claim, verdict, us)),
  };
}

function reviewOf(claim: ReviewedClaim, verdict: ReviewVerdict, us: Publisher): object {
  const address = addressOf(verdict, us);
  const site = siteOf(address);
  const reviewDate = midnight(isoWithin(verdict.decidedAt));
  return {
    publisher: { name: verdict.by.name, ...(site && { site }) },
    ...((verdict.ours || verdict.url) && { url: verdict.ours ? claim.url : verdict.url }),
    ...(verdict.summary && { title: verdict.summary }),
    ...(reviewDate && { reviewDate }),
    textualRating: verdict.label,
    languageCode: claim.language,
  };
}

/** Where a review stands, or what publishes it. */
export const addressOf = (verdict: ReviewVerdict, us: Publisher): string | null =>
  verdict.ours ? us.url : verdict.url;

/** `example.org` of `https://www.example.org/x`. */
export function siteOf(address: string | null): string | undefined {
  if (address === null || !URL.canParse(address)) return undefined;
  return new URL(address).hostname.replace(/^www\./, '');
}

/** A day as Google writes it; undefined where only a month or a year is known. */
function midnight(iso: string | undefined): string | undefined {
  if (iso === undefined || iso.length < 10) return undefined;
  return `${iso.slice(0, 10)}T00:00:00Z`;
}
