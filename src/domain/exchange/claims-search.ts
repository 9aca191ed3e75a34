import { type RawBuilder, sql } from 'kysely';
import type { Place } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { isoWithin } from '../../lib/iso-within.ts';
import { isPublished } from '../visibility.ts';
import type { Publisher, ReviewedClaim, ReviewVerdict } from './claim-review.ts';
import { listReviewedClaims } from './reviewed-claims.ts';

export interface ClaimsSearch {
  query?: string | undefined;
  /** Its first part counts: `en` of `en-US`. */
  languageCode?: string | undefined;
  /** Reviews decided on this date, ISO 8601, or later. */
  since?: string | undefined;
  /** A host, without `www.` */
  site?: string | undefined;
  pageSize: number;
  offset: number;
  after: Place | null;
}

export interface FoundClaims {
  claims: object[];
  /** The place of the last where there are more. */
  last: Place | null;
}

/** In which languages words are understood where none is named. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'uk', 'ru', 'und'];

/**
 * Published claims that somebody has reviewed, the newest review first, as Google's Fact Check Tools answer `claims:search`
 * (https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search). Of each publisher the latest
 * review counts. Dates go out where the day is known, as its midnight in UTC.
 */
export async function searchedClaims(db: Database, search: ClaimsSearch, us: Publisher): Promise<FoundClaims> {
  const { query, languageCode, since, site, pageSize, offset, after } = search;
  const language = languageCode?.toLowerCase().replace(/-.*/, '');
  const rows = await find(
    db,
    {
      query: query !== undefined,
      language: language !== undefined,
      site: site !== undefined,
      since: since !== undefined,
      pageSize,
      offset,
      continued: after !== null,
    },
    {
      query,
      language,
      languages: language ? [language] : LANGUAGES,
      since,
      site,
      ourSite: siteOf(us.url),
      after0: after?.[0],
      after1: after?.[1],
    },
  );
  const page = rows.slice(0, pageSize);
  const claims = await listReviewedClaims(
    db,
    page.map(({ id }) => id),
    null,
  );
  const last = rows.length > pageSize ? page.at(-1)! : null;
  const counts = (verdict: ReviewVerdict) =>
    (site === undefined || siteOf(addressOf(verdict, us)) === site) &&
    (since === undefined || (verdict.decidedAt.from ?? '') >= since);
  return { claims: claims.map((claim) => asGoogle(claim, us, counts)), last: last && [last.decided, last.id] };
}

interface Shape {
  query: boolean;
  language: boolean;
  site: boolean;
  since: boolean;
  pageSize: number;
  offset: number;
  continued: boolean;
}

const find = preparedByShape<Shape, Record<string, unknown>, { id: string; decided: string }>((shape) => (param) => {
  const given = (asked: boolean, condition: RawBuilder<unknown>) => (asked ? sql`and ${condition}` : sql``);
  const host = sql`regexp_replace(lower(split_part(split_part(v.url, '/', 3), ':', 1)), '^www\\.', '')`;
  const site = sql`(case when v.ours then ${param('ourSite')}::text else ${host} end) = ${param('site')}`;
  return sql`
    select found.id, found.decided::text as decided
      from (select s.id, max(v.decided_from) as decided
              from claims as s
              join claims as member on member.canonical_id = s.id
              join verdicts as v on v.claim_id = member.id and ${isPublished('v')}
             where s.id = s.canonical_id and ${isPublished('s')}
               ${given(shape.query, sql`text_vector(s.language, s.text) @@ text_query(${param('languages')}::text[], array[${param('query')}::text], array[''])`)}
               ${given(shape.language, sql`lower(split_part(s.language, '-', 1)) = ${param('language')}`)}
               ${given(shape.since, sql`v.decided_from >= ${param('since')}::timestamp`)}
               ${given(shape.site, site)}
             group by s.id) as found
     ${shape.continued ? sql`where (found.decided, found.id) < (${param('after0')}::timestamp, ${param('after1')}::uuid)` : sql``}
     order by found.decided desc, found.id desc
     limit ${sql.lit(shape.pageSize + 1)} offset ${sql.lit(shape.offset)}`;
});

function asGoogle(claim: ReviewedClaim, us: Publisher, counts: (verdict: ReviewVerdict) => boolean): object {
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

const addressOf = (verdict: ReviewVerdict, us: Publisher): string | null => (verdict.ours ? us.url : verdict.url);

/** `example.org` of `https://www.example.org/x`. */
function siteOf(address: string | null): string | undefined {
  if (address === null || !URL.canParse(address)) return undefined;
  return new URL(address).hostname.replace(/^www\./, '');
}

/** A day as Google writes it; undefined where only a month or a year is known. */
function midnight(iso: string | undefined): string | undefined {
  if (iso === undefined || iso.length < 10) return undefined;
  return `${iso.slice(0, 10)}T00:00:00Z`;
}
