import { type RawBuilder, sql } from 'kysely';
import { addressOf, jsonObject } from '../../db/json.ts';

/** A person as other records refer to them. */
export interface PersonRef {
  id: string;
  slug: string;
  name: string;
  url: string;
}

/** The person, or whom they were merged into; null where `id` is. */
export function personRef(id: string): RawBuilder<PersonRef | null> {
  const person = jsonObject({
    id: sql<string>`c.id`,
    slug: sql<string>`c.slug`,
    name: sql<string>`c.name`,
    url: addressOf('people', 'c.slug'),
  });
  return sql`(select ${person} from people as member join people as c on c.id = member.canonical_id where member.id = ${sql.ref(id)})`;
}
