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

const party = { id: sql<string>`party.id`, slug: sql<string>`party.slug`, name: sql<string>`party.name` };

/** The person with this id, or whom they were merged into; null where there is none. */
export function personRef(id: string): RawBuilder<PersonRef | null> {
  return selected(jsonObject({ ...party, url: addressOf('people', 'party.slug') }), id);
}

/** As `personRef`, without the address. */
export function partyJson(id: string): RawBuilder<Party | null> {
  return selected(jsonObject(party), id);
}

/** As `personRef`, the name alone. */
export function partyName(id: string): RawBuilder<string | null> {
  return selected(party.name, id);
}

/** `id` is a column of the query around, so the aliases in here must not be among its own. */
function selected<T>(what: RawBuilder<T>, id: string): RawBuilder<T | null> {
  return sql`case when ${sql.ref(id)} is not null then (
    select ${what} from people as party where party.id = ${canonicalId(id)}) end`;
}

/**
 * The id of the person with this id, or of whom they were merged into. A subselect and no join: the planner would hash
 * the table for a join, above all as of the past, where it cannot tell how few rows an id has.
 */
export function canonicalId(id: string): RawBuilder<string> {
  return sql`(select party_member.canonical_id from people as party_member where party_member.id = ${sql.ref(id)})`;
}

/** Whether two ids are one person's: the same, or merged. */
export function isSamePerson(one: string, other: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(one)} = ${sql.ref(other)} or ${canonicalId(one)} = ${canonicalId(other)})`;
}
