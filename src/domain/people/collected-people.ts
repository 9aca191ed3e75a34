import { type RawBuilder, sql } from 'kysely';
import type { People } from './person-json.ts';

/** People among those that `collectPeople` has collected: each looked up in memory, however often an answer names them. */
export const collected: People = {
  party: (id) => sql`(
    select (found.party ->> 'id')::uuid as id, found.party ->> 'slug' as slug, found.party ->> 'name' as name,
           found.party ->> 'purged_because' as purged_because
      from (select ${partyOf(id)} as party) as found where found.party is not null) as party`,
  canonicalId: (id) => sql`(${partyOf(id)} ->> 'id')::uuid`,
  roles: sql`role as roles`,
  isHeld: sql<boolean>`roles.holder_id = party.id`,
};

const partyOf = (id: string) => sql`(select collected.party_by_id from collected) -> ${sql.ref(id)}::text`;

/**
 * Further parts of a `with`: the people with these ids, those merged with them, and the roles of all of these and with
 * these ids, each table read once.
 */
export function collectPeople(ids: RawBuilder<string>, roleIds: RawBuilder<string>): RawBuilder<unknown> {
  return sql`
    member as materialized (
      select m.id, m.canonical_id, m.slug, m.name, m.purged_because from people as m
       where m.canonical_id = any(array(select p.canonical_id from people as p where p.id = any(array(${ids}))))),
    collected as materialized (
      select jsonb_object_agg(m.id, jsonb_build_object(
               'id', c.id, 'slug', c.slug, 'name', c.name, 'purged_because', c.purged_because)) as party_by_id
        from member as m join member as c on c.id = m.canonical_id),
    role as materialized (
      select r.id, r.title, r.held_from, r.held_until, member.canonical_id as holder_id
        from roles as r left join member on member.id = r.person_id
       where r.person_id = any(array(select member.id from member)) or r.id = any(array(${roleIds})))`;
}
