import { sql } from 'kysely';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { type FoundRecord, type RecordRow, readRecord, statefulColumns, type Viewpoint } from '../read-record.ts';
import type { By } from '../references.ts';
import { type Audience, isPublished } from '../visibility.ts';
import { collectedOf, shown, wholeStatement } from './statement-items.ts';

/** One statement by id. Throws `NotFound`, `Gone`. */
export function getStatement(db: Database, id: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'statement', id, query, viewpoint);
}

const query = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  (shape) => (param) =>
    sql`
    with page as materialized (select s.* from statements as s where s.id = ${param('reference')}::uuid), ${collectedOf(shape.audience)}
    select ${wholeStatement}::text as json, ${statefulColumns('statements', isPublished('s'))}
      from page as s cross join lateral ${shown(shape.audience)} as shown`,
);
