import { type RawBuilder, sql } from 'kysely';
import type { Place } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { wantedOf } from '../search/match-terms.ts';
import { anyForm, type Term, weightOf } from '../search/match-words.ts';
import { isPublished } from '../visibility.ts';
import type { Publisher, ReviewVerdict } from './claim-review.ts';
import { addressOf, asGoogle, siteOf } from './google-claim.ts';
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

/** Claims that are ranked: of words that more have, some. */
const MOST_RANKED = 5000;

/**
 * Published claims that somebody has reviewed and that have at least half of the words, in any form and spelling; those
 * that have more of them, and rarer ones, first; of equals the one reviewed last. As Google’s Fact Check Tools answer `claims:search`
 * (https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search). Of each publisher the latest
 * review counts. Dates go out where the day is known, as its midnight in UTC.
 */
export async function searchedClaims(db: Database, search: ClaimsSearch, us: Publisher): Promise<FoundClaims> {
  const { query, languageCode, since, site, pageSize, offset, after } = search;
  const language = languageCode?.toLowerCase().replace(/-.*/, '');
  const { terms, counted } =
    query === undefined ? { terms: [], counted: 0 } : await wantedOf(db, query, { language, audience: 'public' });
  if (query !== undefined && !terms.length) return { claims: [], last: null };
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
      words: terms.map(anyForm),
      weights: terms.map((term) => weightOf(term.claims, counted)),
      needed: neededOf(terms).map(anyForm).join('|'),
      least: Math.ceil(terms.length / 2),
      language,
      since,
      site,
      ourSite: siteOf(us.url),
      after0: after?.[0],
      after1: after?.[1],
      after2: after?.[2],
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
  return {
    claims: claims.map((claim) => asGoogle(claim, us, counts)),
    last: last && [last.told, last.decided, last.id],
  };
}

/** Who has half of the words has at least one of these, the rarest. */
const neededOf = (terms: readonly Term[]): Term[] =>
  terms.toSorted((a, b) => a.claims - b.claims).slice(0, Math.floor(terms.length / 2) + 1);

interface Shape {
  query: boolean;
  language: boolean;
  site: boolean;
  since: boolean;
  pageSize: number;
  offset: number;
  continued: boolean;
}

type Row = { id: string; decided: string; told: string };

const find = preparedByShape<Shape, Record<string, unknown>, Row>((shape) => (param) => {
  const given = (asked: boolean, condition: RawBuilder<unknown>) => (asked ? sql`and ${condition}` : sql``);
  const host = sql`regexp_replace(lower(split_part(split_part(v.url, '/', 3), ':', 1)), '^www\\.', '')`;
  const site = sql`(case when v.ours then ${param('ourSite')}::text else ${host} end) = ${param('site')}`;
  // The words are made out once a claim, to be counted.
  const candidates = shape.query
    ? sql`(
        select claim.*, words.had, round(words.told::numeric, 4) as told
          from (select c.* from claims as c
                 where text_vector(c.language, c.text) @@ ${param('needed')}::tsquery and ${isPublished('c')} limit ${sql.lit(MOST_RANKED)}) as claim
          cross join lateral (select text_vector(claim.language, claim.text) as vector offset 0) as its
          cross join lateral (
            select count(*) as had, sum(word.weight) as told
              from unnest(${param('words')}::text[], ${param('weights')}::float8[]) as word (query, weight)
             where its.vector @@ word.query::tsquery) as words)`
    : sql`(select claim.*, 0 as had, 0::numeric as told from claims as claim)`;
  return sql`
    select found.id, found.decided::text as decided, found.told::text as told
      from (select s.id, s.told, max(v.decided_from) as decided
              from ${candidates} as s
              join claims as member on member.canonical_id = s.id
              join verdicts as v on v.claim_id = member.id and ${isPublished('v')}
             where s.id = s.canonical_id and ${isPublished('s')}
               ${given(shape.query, sql`s.had >= ${param('least')}`)}
               ${given(shape.language, sql`lower(split_part(s.language, '-', 1)) = ${param('language')}`)}
               ${given(shape.since, sql`v.decided_from >= ${param('since')}::timestamp`)}
               ${given(shape.site, site)}
             group by s.id, s.told) as found
     ${shape.continued ? sql`where (found.told, found.decided, found.id) < (${param('after0')}::numeric, ${param('after1')}::timestamp, ${param('after2')}::uuid)` : sql``}
     order by found.told desc, found.decided desc, found.id desc
     limit ${sql.lit(shape.pageSize + 1)} offset ${sql.lit(shape.offset)}`;
});
