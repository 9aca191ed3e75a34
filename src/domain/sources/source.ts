import { sql } from 'kysely';
import { dateJson, jsonObject, updatedAt } from '../../db/json.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { personRef } from '../people/person-json.ts';
import { type FoundRecord, type RecordRow, readRecord, statelessColumns, type Viewpoint } from '../read-record.ts';
import { type By, idBy } from '../references.ts';
import { type Audience, isPublicSource } from '../visibility.ts';

/** A source `s` whole. `url` is where it was published, and null where no address is known. */
export const wholeSource = jsonObject({
  id: sql<string>`s.id`,
  url: sql<string | null>`s.url`,
  title: sql<string | null>`s.title`,
  publisher: personRef('s.publisher_id'),
  author: sql<string | null>`s.author`,
  publishedOn: dateJson('s.published'),
  language: sql<string | null>`s.language`,
  archivedUrl: sql<string | null>`s.archived_url`,
  archivedHash: sql<string | null>`s.archived_hash`,
  version: sql<number>`s.version`,
  updatedAt: updatedAt('s'),
});

/** One source by id. Throws `NotFound`, `Gone`. */
export function getSource(db: Database, id: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'source', id, query, viewpoint);
}

const query = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  () => (param) =>
    sql`
    select ${wholeSource}::text as json, ${statelessColumns(isPublicSource('s.id'))}
      from sources as s where s.id = ${idBy('person', 'id', param('reference'))}`,
);
