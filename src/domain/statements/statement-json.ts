import { type RawBuilder, sql } from 'kysely';
import { addressOf, dateJson, jsonObject } from '../../db/json.ts';
import { type People, partyJson, recorded } from '../people/person-json.ts';

/** Statements in the order of time: lower bound, upper bound, sequence, id. */
export const timeOrder = (statement: string) =>
  sql`${sql.ref(`${statement}.said_order`)}, ${sql.ref(`${statement}.said_until`)}, ${sql.ref(`${statement}.sequence`)}, ${sql.ref(`${statement}.id`)}`;

/** Whoever made the statement, with the role held when it was said. */
export function speakerJson(statement: string, people = recorded) {
  const s = (column: string) => sql.ref(`${statement}.${column}`);
  const speaker = jsonObject({
    id: sql<string>`party.id`,
    slug: sql<string>`party.slug`,
    name: sql<string>`party.name`,
    role: sql<string | null>`case when party.purged_because is null then ${roleWhenSaid(s, people)} end`,
    onBehalfOf: partyJson(`${statement}.on_behalf_of_id`, people),
  });
  return sql`(select ${speaker} from ${people.party(`${statement}.person_id`)})`;
}

/** The role named, else one whose period contains the date, else one that overlaps it; of several the latest start, then id. */
function roleWhenSaid(s: (column: string) => RawBuilder<unknown>, people: People): RawBuilder<string | null> {
  return sql`coalesce(
    case when ${s('role_id')} is not null then (select roles.title from ${people.roles} where roles.id = ${s('role_id')}) end,
    (select roles.title from ${people.roles}
      where ${people.isHeld}
        and roles.held_from < ${s('said_until')} and roles.held_until > ${s('said_from')}
      order by roles.held_from <= ${s('said_from')} and roles.held_until >= ${s('said_until')} desc, roles.held_from desc, roles.id desc
      limit 1))`;
}

/** A statement as it stands beside another, for example the one that is answered. */
export function statementInBrief(statement: string, people = recorded) {
  return {
    statementId: sql<string>`${sql.ref(`${statement}.id`)}`,
    url: addressOf('statements', `${statement}.id`),
    quote: sql<string | null>`${sql.ref(`${statement}.quote`)}`,
    quoteKind: sql<string>`${sql.ref(`${statement}.quote_kind`)}`,
    language: sql<string | null>`${sql.ref(`${statement}.language`)}`,
    saidOn: dateJson(`${statement}.said`),
    speaker: speakerJson(statement, people),
  };
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
