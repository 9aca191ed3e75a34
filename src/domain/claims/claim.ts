import { sql } from 'kysely';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { type FoundRecord, type RecordRow, readRecord, statefulColumns, type Viewpoint } from '../read-record.ts';
import { type By, idBy } from '../references.ts';
import { type Audience, isPublished } from '../visibility.ts';
import { wholeClaim } from './claim-json.ts';

/** One claim by id or slug; of merged ones the one that stands for all. Throws `NotFound`, `Gone`. */
export function getClaim(db: Database, reference: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'claim', reference, query, viewpoint);
}

const query = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  (shape) => (param) =>
    sql`
    select ${wholeClaim(shape.audience)}::text as json, ${statefulColumns('claims', isPublished('s'))}
      from claims as s
     where s.id = (select c.canonical_id from claims as c where c.id = ${idBy('claim', shape.by, param('reference'))})`,
);
