import { sql } from 'kysely';
import { addressOf, dateJson, jsonObject, updatedAt } from '../../db/json.ts';
import { personRef } from '../people/person-json.ts';
import { evidence } from '../sources/source-json.ts';
import { statementInBrief, timeOrder } from '../statements/statement-json.ts';
import { membersOf, otherVerdicts, ourVerdict, verdictsOn } from '../verdicts/verdict-json.ts';
import { type Audience, isVisible } from '../visibility.ts';

/** A claim `s` whole, with the earliest statement on it and the way to the others. */
export function wholeClaim(audience: Audience) {
  const onClaim = sql`from claims as m
    join positions as p on p.claim_id = m.id
    join statements as r on r.id = p.statement_id and ${isVisible('r', audience)}
    left join statements as replied on replied.id = p.replies_to_id and ${isVisible('replied', audience)}
    where m.canonical_id = s.id`;
  const api = (end: string) => sql<string>`current_setting('app.public_url') || '/api/v1/' || ${sql.raw(end)}`;
  return jsonObject({
    id: sql<string>`s.id`,
    slug: sql<string>`s.slug`,
    url: addressOf('claims', 's.slug'),
    text: sql<string>`s.text`,
    language: sql<string>`s.language`,
    kind: sql<string>`s.kind`,
    dueOn: dateJson('s.due'),
    topics: sql`coalesce((
      select json_agg(${jsonObject({ id: sql`topics.id`, slug: sql`topics.slug`, name: sql`topics.name` })} order by topics.name)
        from topics where topics.id in (
          select claim_topics.topic_id from claims as m join claim_topics on claim_topics.claim_id = m.id where m.canonical_id = s.id)), '[]'::json)`,
    people: sql`coalesce((
      select json_agg(${jsonObject({ as: sql`claim_people."as"`, person: personRef('claim_people.person_id') })} order by claim_people."as", claim_people.person_id)
        from (select distinct claim_people.person_id, claim_people."as"
                from claims as m join claim_people on claim_people.claim_id = m.id where m.canonical_id = s.id) as claim_people
       where not exists (select from people where people.id = claim_people.person_id and people.purged_because is not null)), '[]'::json)`,
    verdict: ourVerdict(verdictsOn(membersOf('s.id'))),
    otherVerdicts: otherVerdicts(verdictsOn(membersOf('s.id'))),
    statement: sql`(select ${jsonObject({ id: sql`r.id`, stance: sql`p.stance`, ...statementInBrief('r') })} ${onClaim}
      order by p.stance <> 'asserts', ${timeOrder('r')} limit 1)`,
    statementCount: sql<number>`(select count(*) ${onClaim})`,
    statementsUrl: api(`'statements?claim=' || s.slug`),
    responseCount: sql<number>`(select count(*) ${onClaim} and (p.stance <> 'asserts' or replied.id is not null))`,
    responsesUrl: api(`'claims/' || s.id || '/responses'`),
    verdictsUrl: api(`'claims/' || s.id || '/verdicts'`),
    sources: evidence(sql<boolean>`citation.claim_id = s.id`),
    state: sql<string>`s.state`,
    withdrawnBecause: sql<string | null>`s.withdrawn_because`,
    version: sql<number>`s.version`,
    updatedAt: updatedAt('s'),
  });
}
