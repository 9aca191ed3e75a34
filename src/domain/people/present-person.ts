import { sql } from 'kysely';
import type { JsonText } from '../../db/json.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { Gone, NotFound } from '../../errors.ts';
import { type By, by, idBy } from '../references.ts';
import { type Audience, isPublicPerson } from '../visibility.ts';
import { type PersonRef, personRef } from './person-json.ts';

export interface PresentPerson {
  id: string;
  ref: JsonText<PersonRef>;
  hidden: boolean;
}

/**
 * The person meant, in the present; of merged ones the one that stands for all; `hidden` says that this audience may not
 * see them now. Throws `NotFound`, `Gone`.
 */
export async function presentPerson(db: Reader, reference: string, audience: Audience): Promise<PresentPerson> {
  const [row] = await query(db, { by: by(reference) }, { reference });
  if (row?.purged_because) throw Gone.purged('person', row.purged_because);
  if (!row) throw new NotFound('person', reference);
  return { id: row.id, ref: row.ref, hidden: audience === 'public' && !row.public };
}

const query = preparedByShape<
  { by: By },
  { reference: string },
  { id: string; ref: JsonText<PersonRef>; purged_because: string | null; public: boolean }
>(
  (shape) => (param) =>
    sql`
    select c.id, ${personRef('c.id')}::text as ref, c.purged_because, ${isPublicPerson('c.id')} as public
      from people as p join people as c on c.id = p.canonical_id
     where p.id = ${idBy('person', shape.by, param('reference'))}`,
);
