import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { addressOf, dateJson, type JsonText, jsonObject } from '../../db/json.ts';
import { prepared } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { canonicalId } from '../people/person-json.ts';
import { timeOrder } from '../statements/statement-json.ts';
import { labelOf, membersOf } from '../verdicts/verdict-json.ts';
import { isPublished } from '../visibility.ts';
import type { ReviewedClaim } from './claim-review.ts';

/** Places named at most at which a claim appeared. */
const MOST_APPEARANCES = 20;

/** Published claims with what their markup says of them, in the order of the ids; of merged ones the one that stands for all. */
export async function listReviewedClaims(
  db: Database,
  ids: readonly string[],
  instant: string | null,
): Promise<ReviewedClaim[]> {
  const [row] = await at(db, instant, (reader) => query(reader, { ids: [...ids] }));
  return JSON.parse(row!.claims) as ReviewedClaim[];
}

const party = (id: string) =>
  sql`(select ${jsonObject({
    name: sql`party.name`,
    kind: sql`party.kind`,
    url: addressOf('people', 'party.slug'),
    externalIds: sql`party.external_ids`,
  })} from people as party where party.id = ${canonicalId(id)})`;

const asserted = sql`from positions as p join statements as r on r.id = p.statement_id
  where p.claim_id = any(${membersOf('s.id')}) and p.stance = 'asserts' and ${isPublished('r')}`;

const isOurPage = sql`source.url = ${addressOf('claims', 's.slug')}`;

/** Where a claim was reviewed, here or elsewhere, it did not appear: who has it from a review cites that as a source too. */
const isNoReview = sql`not ${isOurPage}
  and not exists (select from verdicts as v where v.claim_id = any(${membersOf('s.id')}) and v.url = source.url)`;

const reviewedClaim = jsonObject({
  id: sql`s.id`,
  url: addressOf('claims', 's.slug'),
  text: sql`s.text`,
  language: sql`s.language`,
  said: sql`(select ${jsonObject({ on: dateJson('r.said'), by: party('r.person_id') })} ${asserted}
    order by ${timeOrder('r')} limit 1)`,
  appearances: sql`coalesce((
    select json_agg(appearance.url order by appearance.place, appearance.citation)
      from (select * from (
              select distinct on (source.url) source.url, shown.place, citation.id as citation
                from (select r.id, row_number() over (order by ${timeOrder('r')}) as place ${asserted}) as shown
                join citations as citation on citation.statement_id = shown.id and citation.role in ('primary', 'reports')
                join sources as source on source.id = citation.source_id and source.url is not null and ${isNoReview}
               order by source.url, shown.place, citation.id) as first
             order by place, citation limit ${sql.lit(MOST_APPEARANCES)}) as appearance), '[]'::json)`,
  verdicts: sql`coalesce((
    select json_agg(${jsonObject({
      id: sql`v.id`,
      ours: sql`v.ours`,
      by: party('v.publisher_id'),
      status: sql`v.status`,
      label: sql`coalesce(v.native_label, ${labelOf('v.status')})`,
      summary: sql`v.summary`,
      explanation: sql`v.explanation`,
      url: sql`v.url`,
      decidedAt: dateJson('v.decided'),
      evidence: sql`coalesce((
        select json_agg(distinct source.url order by source.url) from citations join sources as source on source.id = citations.source_id
         where citations.verdict_id = v.id and source.url is not null and not ${isOurPage}), '[]'::json)`,
    })} order by v.ours desc, v.decided_from desc, v.id desc)
      from verdicts as v where v.claim_id = any(${membersOf('s.id')}) and ${isPublished('v')}), '[]'::json)`,
});

const query = prepared<{ ids: string[] }, { claims: JsonText<ReviewedClaim[]> }>(
  (param) => sql`
    select coalesce(json_agg(${reviewedClaim} order by asked.place), '[]'::json)::text as claims
      from unnest(${param('ids')}::uuid[]) with ordinality as asked (id, place)
      join claims as member on member.id = asked.id
      join claims as s on s.id = member.canonical_id and ${isPublished('s')}`,
);
