import { sql } from 'kysely';
import { addressOf, jsonObject, updatedAt } from '../../db/json.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { type FoundRecord, type RecordRow, readRecord, statelessColumns, type Viewpoint } from '../read-record.ts';
import { type By, idBy } from '../references.ts';
import { type Audience, isPublicPerson } from '../visibility.ts';
import { personRef } from './person-json.ts';

/** A person `s` whole: every name, every role. */
export const wholePerson = jsonObject({
  id: sql<string>`s.id`,
  slug: sql<string>`s.slug`,
  url: addressOf('people', 's.slug'),
  name: sql<string>`s.name`,
  kind: sql<string>`s.kind`,
  description: sql<string | null>`s.description`,
  names: sql`coalesce((
    select json_agg(${jsonObject({
      id: sql<string>`names.id`,
      name: sql<string>`names.name`,
      kind: sql<string>`names.kind`,
      language: sql<string | null>`names.language`,
      script: sql<string | null>`names.script`,
    })} order by names.kind <> 'primary', names.id)
      from people as member join names on names.person_id = member.id where member.canonical_id = s.id), '[]'::json)`,
  roles: sql`coalesce((
    select json_agg(${jsonObject({
      id: sql<string>`roles.id`,
      title: sql<string>`roles.title`,
      organization: personRef('roles.organization_id'),
      from: sql<string | null>`roles.starts_on`,
      to: sql<string | null>`roles.ends_on`,
    })} order by roles.held_from, roles.id)
      from people as member join roles on roles.person_id = member.id where member.canonical_id = s.id), '[]'::json)`,
  externalIds: sql<Record<string, string>>`s.external_ids`,
  timelineUrl: sql<string>`current_setting('app.public_url') || '/api/v1/people/' || s.slug || '/timeline'`,
  version: sql<number>`s.version`,
  updatedAt: updatedAt('s'),
});

/** One person by id or slug. Throws `NotFound`, `Gone`. */
export function getPerson(db: Database, reference: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'person', reference, query, viewpoint);
}

const query = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  (shape) => (param) =>
    sql`
    select ${wholePerson}::text as json, ${statelessColumns(isPublicPerson('s.id'))}
      from people as s
     where s.id = (select p.canonical_id from people as p where p.id = ${idBy('person', shape.by, param('reference'))})`,
);
