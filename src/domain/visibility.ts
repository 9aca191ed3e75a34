import { type RawBuilder, sql } from 'kysely';

/**
 * Who is looking. The public sees what is published; the desk, whoever holds a token, sees every state.
 * These rules are expressions, not views of the database: so they hold as of any instant.
 */
export type Audience = 'public' | 'desk';

/** Whether the row of a claim, statement, verdict or attribution is to be seen. */
export function isVisible(table: string, audience: Audience): RawBuilder<boolean> {
  // Erasure leaves nothing to see, and nothing published.
  return audience === 'desk' ? sql<boolean>`${sql.ref(`${table}.purged_because`)} is null` : isPublished(table);
}

export function isPublished(table: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(`${table}.state`)} = 'published'`;
}

/** People become public with the first published record that refers to them, or to whoever was merged into them. */
export function isPublicPerson(id: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from people as member
     where member.canonical_id = ${sql.ref(id)}
       and (exists (select from statements as x where x.person_id = member.id and x.state = 'published')
         or exists (select from statements as x where x.on_behalf_of_id = member.id and x.state = 'published')
         or exists (select from statements as x where x.asked_by_id = member.id and x.state = 'published')
         or exists (select from claim_people join claims as x on x.id = claim_people.claim_id
                     where claim_people.person_id = member.id and x.state = 'published')
         or exists (select from verdicts as x join claims on claims.id = x.claim_id
                     where x.publisher_id = member.id and x.state = 'published' and claims.state = 'published')
         or exists (select from attributions as x join statements on statements.id = x.statement_id
                     where x.publisher_id = member.id and x.state = 'published' and statements.state = 'published')
         or exists (select from sources as x where x.publisher_id = member.id and ${isPublicSource('x.id')})))`;
}

/** Sources become public with the first published record that cites them or derives from them. */
export function isPublicSource(id: string): RawBuilder<boolean> {
  const source = sql.ref(id);
  return sql<boolean>`(
    exists (select from citations join statements as y on y.id = citations.statement_id
             where citations.source_id = ${source} and y.state = 'published')
    or exists (select from citations join claims as y on y.id = citations.claim_id
             where citations.source_id = ${source} and y.state = 'published')
    or exists (select from citations join verdicts as y on y.id = citations.verdict_id join claims on claims.id = y.claim_id
             where citations.source_id = ${source} and y.state = 'published' and claims.state = 'published')
    or exists (select from citations join attributions as y on y.id = citations.attribution_id join statements on statements.id = y.statement_id
             where citations.source_id = ${source} and y.state = 'published' and statements.state = 'published')
    or exists (select from derivations join statements as y on y.id = derivations.statement_id
             where derivations.source_id = ${source} and y.state = 'published')
    or exists (select from derivations join statements as y on y.id = derivations.statement_id
             where derivations.from_source_id = ${source} and y.state = 'published'))`;
}

/** Topics become public with the first published claim under them. */
export function isPublicTopic(id: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from claim_topics join claims as x on x.id = claim_topics.claim_id
    where claim_topics.topic_id = ${sql.ref(id)} and x.state = 'published')`;
}
