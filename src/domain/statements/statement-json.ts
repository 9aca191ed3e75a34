import { type RawBuilder, sql } from 'kysely';
import { addressOf, dateJson, jsonObject } from '../../db/json.ts';
import { canonicalId, isSamePerson, partyJson } from '../people/person-json.ts';
import { origins, statementSources } from '../sources/source-json.ts';
import { membersOf, otherVerdicts, ourVerdict } from '../verdicts/verdict-json.ts';
import { type Audience, isPublished, isVisible } from '../visibility.ts';

/** Responses shown under a position; the rest is at its `responsesUrl`. */
const MOST_RESPONSES = 5;

/** Statements in the order of time: lower bound, upper bound, sequence, id. */
export const timeOrder = (statement: string) =>
  sql`${sql.ref(`${statement}.said_order`)}, ${sql.ref(`${statement}.said_until`)}, ${sql.ref(`${statement}.sequence`)}, ${sql.ref(`${statement}.id`)}`;

/** Whoever made the statement, with the role held when it was said. */
export function speakerJson(statement: string) {
  const s = (column: string) => sql.ref(`${statement}.${column}`);
  const speaker = jsonObject({
    id: sql<string>`speaker.id`,
    slug: sql<string>`speaker.slug`,
    name: sql<string>`speaker.name`,
    role: sql<string | null>`case when speaker.purged_because is null then ${roleWhenSaid(s)} end`,
    onBehalfOf: partyJson(`${statement}.on_behalf_of_id`),
  });
  return sql`(select ${speaker} from people as speaker where speaker.id = ${canonicalId(`${statement}.person_id`)})`;
}

/** The role named, else one whose period contains the date, else one that overlaps it; of several the latest start, then id. */
function roleWhenSaid(s: (column: string) => RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`coalesce(
    case when ${s('role_id')} is not null then (select roles.title from roles where roles.id = ${s('role_id')}) end,
    (select roles.title from roles
      where roles.person_id = any(array(select member.id from people as member where member.canonical_id = speaker.id))
        and roles.held_from < ${s('said_until')} and roles.held_until > ${s('said_from')}
      order by roles.held_from <= ${s('said_from')} and roles.held_until >= ${s('said_until')} desc, roles.held_from desc, roles.id desc
      limit 1))`;
}

/** The words of `s`: what a timeline shows of the statement itself. */
export const statementFields = {
  id: sql<string>`s.id`,
  url: addressOf('statements', 's.id'),
  quote: sql<string | null>`s.quote`,
  quoteKind: sql<string>`s.quote_kind`,
  language: sql<string | null>`s.language`,
  originalLanguage: sql<string | null>`s.original_language`,
  original: sql<string | null>`s.original`,
  saidOn: dateJson('s.said'),
  venue: sql<string | null>`s.venue`,
  attribution: sql<string>`coalesce((select a.status from attributions as a where a.statement_id = s.id and ${isPublished('a')}
    order by a.ours desc, a.decided_from desc, a.id desc limit 1), 'reported')`,
  askedOn: dateJson('s.asked'),
  askedBy: partyJson('s.asked_by_id'),
  deadline: dateJson('s.deadline'),
  speaker: speakerJson('s'),
};

/** A statement as it stands beside another, for example the one that is answered. */
export function statementInBrief(statement: string) {
  return {
    statementId: sql<string>`${sql.ref(`${statement}.id`)}`,
    url: addressOf('statements', `${statement}.id`),
    quote: sql<string | null>`${sql.ref(`${statement}.quote`)}`,
    saidOn: dateJson(`${statement}.said`),
    speaker: speakerJson(statement),
  };
}

/** The stances that `s` takes, each with its claim, what it answers and what answers it. */
export function positionsJson(audience: Audience) {
  const position = jsonObject({
    id: sql<string>`position.id`,
    stance: sql<string>`position.stance`,
    repliesTo: sql<string | null>`answered.id`,
    inResponseTo: sql`case when answered.id is not null then ${jsonObject(statementInBrief('answered'))} end`,
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
      verdict: ourVerdict(sql`merged.ids`),
      otherVerdicts: otherVerdicts(sql`merged.ids`),
    }),
    responseCount: sql<number>`around.response_count`,
    responsesUrl: sql<string>`current_setting('app.public_url') || '/api/v1/claims/' || claim.id || '/responses?to=' || s.id`,
    responses: sql`around.responses`,
  });
  return sql`coalesce((
    select json_agg(${position} order by position.id)
      from positions as position
      join claims as claim on claim.id = (select member.canonical_id from claims as member where member.id = position.claim_id)
      left join statements as answered on answered.id = position.replies_to_id and ${isVisible('answered', audience)}
      cross join lateral (select ${membersOf('claim.id')} as ids offset 0) as merged
      cross join lateral ${around(audience)} as around
     where position.statement_id = s.id and ${isVisible('claim', audience)}), '[]'::json)`;
}

/** One pass over the positions on the claim: what answers this one, and how often its speaker asserted the same. */
function around(audience: Audience) {
  const response = jsonObject({
    statementId: sql<string>`r.id`,
    stance: sql<string>`r.stance`,
    quote: sql<string | null>`r.quote`,
    saidOn: dateJson('r.said'),
    speaker: speakerJson('r'),
  });
  return sql`(
    select count(*) filter (where r.answers) as response_count,
           coalesce(json_agg(${response} order by r.place) filter (where r.answers and r.place <= ${sql.lit(MOST_RESPONSES)}), '[]'::json) as responses,
           count(*) filter (where r.same_speaker) as repeat_count,
           count(*) filter (where r.same_speaker and (${timeOrder('r')}) <= (${timeOrder('s')})) as repeat_index
      from (select other.*, row_number() over (partition by other.answers order by other.replies desc, ${timeOrder('other')}) as place
              from (select r.*, p.stance, coalesce(replied.id = s.id, false) as replies,
                           r.id <> s.id and ${answers(sql`position.stance`, sql`s.id`, sql`p.stance`, sql`replied.id`)} as answers,
                           p.stance = 'asserts' and ${isSamePerson('r.person_id', 's.person_id')} as same_speaker
                      from positions as p
                      join statements as r on r.id = p.statement_id and ${isVisible('r', audience)}
                      left join statements as replied on replied.id = p.replies_to_id and ${isVisible('replied', audience)}
                     where p.claim_id = any(merged.ids)) as other) as r)`;
}

/**
 * Whether a position answers another on the same claim: it replies to it or, where that one asserts, it takes another
 * stance and replies to nothing.
 */
export function answers(
  stance: RawBuilder<unknown>,
  statementId: RawBuilder<unknown>,
  otherStance: RawBuilder<unknown>,
  otherRepliesTo: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`(coalesce(${otherRepliesTo} = ${statementId}, false)
    or (${stance} = 'asserts' and ${otherRepliesTo} is null and ${otherStance} <> 'asserts'))`;
}

/** What a timeline shows for the statement `s`. `shown.positions` must be in scope: see `withPositions`. */
export const timelineItem = jsonObject({
  statement: jsonObject(statementFields),
  positions: sql`shown.positions`,
  inResponseTo: firstAnswered(),
  sources: statementSources(),
  origins: sql`shown.origins`,
  independentOrigins: sql<number>`json_array_length(shown.origins)`,
});

/** The statement `s` whole, as its own address gives it. */
export const wholeStatement = jsonObject({
  ...statementFields,
  state: sql<string>`s.state`,
  withdrawnBecause: sql<string | null>`s.withdrawn_because`,
  version: sql<number>`s.version`,
  sequence: sql<number>`s.sequence`,
  positions: sql`shown.positions`,
  inResponseTo: firstAnswered(),
  sources: statementSources(),
  origins: sql`shown.origins`,
  independentOrigins: sql<number>`json_array_length(shown.origins)`,
  updatedAt: sql<string>`to_char(s.sys_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
});

/** What is shown of `s` in more than one place. The planner would make it anew for each place, but not past an offset. */
export function shown(audience: Audience) {
  return sql<{
    positions: unknown;
    origins: string[];
  }>`(select ${positionsJson(audience)} as positions, ${origins} as origins offset 0)`;
}

function firstAnswered() {
  return sql`(select element -> 'inResponseTo' from json_array_elements(shown.positions) with ordinality as list (element, place)
    where element ->> 'inResponseTo' is not null order by place limit 1)`;
}
