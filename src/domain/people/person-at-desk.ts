import { sql } from 'kysely';
import { preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { Gone, NotFound } from '../../errors.ts';
import { type By, by, idBy } from '../references.ts';
import { isPublicPerson } from '../visibility.ts';
import { type Party, partyJson } from './person-json.ts';

/** A person as whoever works on them sees them: what is their own may be edited, what came by a merge may be set apart. */
export interface PersonAtDesk extends Party {
  kind: 'person' | 'organization';
  description: string | null;
  externalIds: Record<string, string>;
  version: number;
  isPublic: boolean;
  names: NameAtDesk[];
  roles: RoleAtDesk[];
  /** Of them all, in any state but withdrawn. */
  statements: number;
}

interface NameAtDesk {
  id: string;
  name: string;
  kind: string;
  language: string | null;
  script: string | null;
  /** Whether it is their own, and not of somebody merged into them. */
  own: boolean;
}

interface RoleAtDesk {
  id: string;
  title: string;
  organization: Party | null;
  from: string | null;
  to: string | null;
  own: boolean;
}

/** A person by id or slug; of merged ones whoever stands for all. Throws `NotFound`, `Gone`. */
export async function personAtDesk(db: Reader, reference: string): Promise<PersonAtDesk> {
  const [row] = await query(db, { by: by(reference) }, { reference });
  if (!row) throw new NotFound('person', reference);
  if (row.purgedBecause !== null) throw Gone.purged('person', row.purgedBecause);
  const { purgedBecause: _, ...person } = row;
  return person;
}

const query = preparedByShape<{ by: By }, { reference: string }, PersonAtDesk & { purgedBecause: string | null }>(
  (shape) => (param) =>
    sql`
    select p.id, p.slug, p.name, p.kind, p.description, p.external_ids as "externalIds", p.version,
           p.purged_because as "purgedBecause", ${isPublicPerson('p.id')} as "isPublic",
           array(select json_build_object('id', n.id, 'name', n.name, 'kind', n.kind, 'language', n.language,
                                          'script', n.script, 'own', n.person_id = p.id)
                   from names as n where n.person_id = any(members.ids)
                  order by n.person_id <> p.id, n.kind <> 'primary', n.id) as names,
           array(select json_build_object('id', r.id, 'title', r.title, 'organization', ${partyJson('r.organization_id')},
                                          'from', r.starts_on, 'to', r.ends_on, 'own', r.person_id = p.id)
                   from roles as r where r.person_id = any(members.ids) order by r.held_from, r.id) as roles,
           (select count(*)::integer from statements as s
             where s.person_id = any(members.ids) and s.state <> 'withdrawn') as statements
      from people as p cross join lateral (
             select array(select m.id from people as m where m.canonical_id = p.id) as ids) as members
     where p.id = (select m.canonical_id from people as m where m.id = ${idBy('person', shape.by, param('reference'))})`,
);
