import { sql } from 'kysely';
import { addressOf, dateJson, jsonObject, updatedAt } from '../../db/json.ts';
import { collected, collectPeople } from '../people/collected-people.ts';
import { isSamePerson, partyJson } from '../people/person-json.ts';
import { origins, statementSources } from '../sources/source-json.ts';
import { otherVerdicts, ourVerdict } from '../verdicts/verdict-json.ts';
import { type Audience, isPublished, isVisible } from '../visibility.ts';
import { answers, speakerJson, statementInBrief, timeOrder } from './statement-json.ts';

/** Responses shown under a position; the rest is at its `responsesUrl`. */
const MOST_RESPONSES = 5;

/**
 * Further parts of a `with` after `page`, the statements to be shown: what any of them shows of other tables, named in the
 * singular. Each table is read once for the whole page, by all the ids at once: looking up one by one what each item shows
 * costs twice as much, and of the past, where each look-up is two, four times.
 */
export function collectedOf(audience: Audience) {
  const onPage = sql`any(array(select page.id from page))`;
  return sql`
    claim as materialized (
      select c.id, c.canonical_id, c.slug, c.text, c.state, c.purged_because from claims as c
       where c.canonical_id = any(array(
         select m.canonical_id from claims as m where m.id = any(array(
           select p.claim_id from positions as p where p.statement_id = ${onPage}))))),
    spoken as materialized (
      select r.id, r.person_id, r.on_behalf_of_id, r.role_id, r.quote, r.quote_kind, r.language, r.said_on, r.said_from, r.said_until, r.said_text,
             r.said_order, r.sequence, p.id as position_id, p.stance, p.repeat_of_earlier, p.replies_to_id,
             p.claim_id as on_id, claim.canonical_id as claim_id
        from positions as p
        join claim on claim.id = p.claim_id
        join statements as r on r.id = p.statement_id and ${isVisible('r', audience)}
       where p.claim_id = any(array(select claim.id from claim))),
    position as materialized (
      select spoken.*, case when spoken.replies_to_id in (select other.id from spoken as other) then spoken.replies_to_id end as replied_id
        from spoken),
    verdict as materialized (
      select v.id, v.publisher_id, v.ours, v.status, v.native_label, v.summary, v.url, v.decided_on, v.decided_from,
             claim.canonical_id as claim_id
        from verdicts as v join claim on claim.id = v.claim_id
       where v.claim_id = any(array(select claim.id from claim)) and ${isPublished('v')}),
    attribution as materialized (
      select a.id, a.statement_id, a.status, a.ours, a.decided_from from attributions as a
       where a.statement_id = ${onPage} and ${isPublished('a')}),
    citation as materialized (select c.* from citations as c where c.statement_id = ${onPage}),
    derivation as materialized (
      select d.id, d.statement_id, d.source_id, d.from_source_id from derivations as d where d.statement_id = ${onPage}),
    source as materialized (
      select s.* from sources as s where s.id = any(array(
        select citation.source_id from citation
        union select derivation.source_id from derivation union select derivation.from_source_id from derivation))),
    ${collectPeople(
      sql`
        select page.person_id from page union select page.on_behalf_of_id from page union select page.asked_by_id from page
        union select spoken.person_id from spoken union select spoken.on_behalf_of_id from spoken
        union select verdict.publisher_id from verdict union select source.publisher_id from source`,
      sql`select page.role_id from page union select spoken.role_id from spoken`,
    )}`;
}

/** What is shown of `s` in more than one place. The planner would make it anew for each place, but not past an offset. */
export function shown(audience: Audience) {
  return sql<{
    positions: unknown;
    origins: string[];
  }>`(select ${positionsJson(audience)} as positions, ${origins} as origins offset 0)`;
}

/** The words of `s`: what a timeline shows of the statement itself. */
const statementFields = {
  id: sql<string>`s.id`,
  url: addressOf('statements', 's.id'),
  quote: sql<string | null>`s.quote`,
  quoteKind: sql<string>`s.quote_kind`,
  language: sql<string | null>`s.language`,
  originalLanguage: sql<string | null>`s.original_language`,
  original: sql<string | null>`s.original`,
  saidOn: dateJson('s.said'),
  venue: sql<string | null>`s.venue`,
  attribution: sql<string>`coalesce((select a.status from attribution as a where a.statement_id = s.id
    order by a.ours desc, a.decided_from desc, a.id desc limit 1), 'reported')`,
  askedOn: dateJson('s.asked'),
  askedBy: partyJson('s.asked_by_id', collected),
  deadline: dateJson('s.deadline'),
  speaker: speakerJson('s', collected),
};

/** The stances that `s` takes, each with its claim, what it answers and what answers it. */
function positionsJson(audience: Audience) {
  const verdicts = sql`verdict as v where v.claim_id = claim.id`;
  const json = jsonObject({
    id: sql<string>`position.position_id`,
    stance: sql<string>`position.stance`,
    repliesTo: sql<string | null>`answered.id`,
    inResponseTo: sql`case when answered.id is not null then ${jsonObject(statementInBrief('answered', collected))} end`,
    repeat: sql`case when position.stance = 'asserts' then ${jsonObject({
      index: sql<number>`around.repeat_index`,
      count: sql<number>`around.repeat_count`,
      earlier: sql<boolean>`position.repeat_of_earlier`,
    })} end`,
    claim: jsonObject({
      id: sql<string>`claim.id`,
      slug: sql<string>`claim.slug`,
      url: addressOf('claims', 'claim.slug'),
      text: sql<string>`claim.text`,
      verdict: ourVerdict(verdicts),
      otherVerdicts: otherVerdicts(verdicts, collected),
    }),
    responseCount: sql<number>`around.response_count`,
    responsesUrl: sql<string>`current_setting('app.public_url') || '/api/v1/claims/' || claim.id || '/responses?to=' || s.id`,
    responses: sql`around.responses`,
  });
  return sql`coalesce((
    select json_agg(${json} order by position.position_id)
      from position
      join claim on claim.id = position.claim_id and ${isVisible('claim', audience)}
      left join spoken as answered on answered.id = position.replies_to_id and answered.on_id = position.on_id
      cross join lateral ${around} as around
     where position.id = s.id), '[]'::json)`;
}

const response = jsonObject({
  statementId: sql<string>`r.id`,
  stance: sql<string>`r.stance`,
  quote: sql<string | null>`r.quote`,
  quoteKind: sql<string>`r.quote_kind`,
  language: sql<string | null>`r.language`,
  saidOn: dateJson('r.said'),
  speaker: speakerJson('r', collected),
});

/** One pass over the positions on the claim: what answers this one, and how often its speaker asserted the same. */
const around = sql`(
  select count(*) filter (where r.answers) as response_count,
         coalesce(json_agg(${response} order by r.place) filter (where r.answers and r.place <= ${sql.lit(MOST_RESPONSES)}), '[]'::json) as responses,
         count(*) filter (where r.same_speaker) as repeat_count,
         count(*) filter (where r.same_speaker and (${timeOrder('r')}) <= (${timeOrder('s')})) as repeat_index
    from (select other.*, row_number() over (partition by other.answers order by other.replies desc, ${timeOrder('other')}) as place
            from (select r.*, coalesce(r.replied_id = s.id, false) as replies,
                         r.id <> s.id and ${answers(sql`position.stance`, sql`s.id`, sql`r.stance`, sql`r.replied_id`)} as answers,
                         r.stance = 'asserts' and ${isSamePerson('r.person_id', 's.person_id', collected)} as same_speaker
                    from position as r where r.claim_id = claim.id) as other) as r)`;

const aroundStatement = {
  positions: sql`shown.positions`,
  inResponseTo: sql`(select element -> 'inResponseTo' from json_array_elements(shown.positions) with ordinality as list (element, place)
    where element ->> 'inResponseTo' is not null order by place limit 1)`,
  sources: statementSources(),
  origins: sql`shown.origins`,
  independentOrigins: sql<number>`json_array_length(shown.origins)`,
};

/** What a timeline shows for the statement `s` of a page. `collectedOf` and `shown` must be in scope. */
export const timelineItem = jsonObject({ statement: jsonObject(statementFields), ...aroundStatement });

/** The statement `s` whole, as its own address gives it; see `timelineItem`. */
export const wholeStatement = jsonObject({
  ...statementFields,
  state: sql<string>`s.state`,
  withdrawnBecause: sql<string | null>`s.withdrawn_because`,
  version: sql<number>`s.version`,
  sequence: sql<number>`s.sequence`,
  ...aroundStatement,
  updatedAt: updatedAt('s'),
});
