import { type RawBuilder, sql } from 'kysely';
import { addressOf, jsonObject } from '../../db/json.ts';

/** A person as other records refer to them. */
export interface PersonRef extends Party {
  url: string;
}

/** A person as a statement names them. */
export interface Party {
  id: string;
  slug: string;
  name: string;
}

/** Where a query finds people. */
export interface People {
  /** A `from` clause with the one row `party`: the person with this id, or whom they were merged into. */
  party(id: string): RawBuilder<unknown>;
  /** The id of the person with this id, or of whom they were merged into. */
  canonicalId(id: string): RawBuilder<string>;
  roles: RawBuilder<unknown>;
  /** Whether a row of `roles` is a role of `party` or of somebody merged into them. */
  isHeld: RawBuilder<boolean>;
}

/**
 * People looked up one by one. By a subselect and no join: the planner would hash the table for a join, above all as of
 * the past, where it cannot tell how few rows an id has.
 */
export const recorded: People = {
  party: (id) => sql`people as party where party.id = ${recorded.canonicalId(id)}`,
  canonicalId: (id) =>
    sql`(select party_member.canonical_id from people as party_member where party_member.id = ${sql.ref(id)})`,
  roles: sql`roles`,
  isHeld: sql<boolean>`roles.person_id = any(array(select member.id from people as member where member.canonical_id = party.id))`,
};

const party = { id: sql<string>`party.id`, slug: sql<string>`party.slug`, name: sql<string>`party.name` };

/** The person with this id, or whom they were merged into; null where there is none. */
export function personRef(id: string, people = recorded): RawBuilder<PersonRef | null> {
  return selected(jsonObject({ ...party, url: addressOf('people', 'party.slug') }), id, people);
}

/** As `personRef`, without the address. */
export function partyJson(id: string, people = recorded): RawBuilder<Party | null> {
  return selected(jsonObject(party), id, people);
}

/** As `personRef`, the name alone. */
export function partyName(id: string, people = recorded): RawBuilder<string | null> {
  return selected(party.name, id, people);
}

/** `id` is a column of the query around, so the aliases in here must not be among its own. */
function selected<T>(what: RawBuilder<T>, id: string, people: People): RawBuilder<T | null> {
  return sql`case when ${sql.ref(id)} is not null then (select ${what} from ${people.party(id)}) end`;
}

/** The id of the person with this id, or of whom they were merged into. */
export const canonicalId = recorded.canonicalId;

/** Whether two ids are one person's: the same, or merged. */
export function isSamePerson(one: string, other: string, people = recorded): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(one)} = ${sql.ref(other)} or ${people.canonicalId(one)} = ${people.canonicalId(other)})`;
}
