import { sql } from 'kysely';
import { preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { tables } from '../nouns.ts';
import type { MergeableNoun } from './merge-record.ts';

export interface MergedRecord {
  id: string;
  /** Its name or its text. */
  label: string;
}

/** The people or claims for which one stands beside itself. */
export const mergedRecords = (db: Reader, noun: MergeableNoun, id: string): Promise<MergedRecord[]> =>
  query(db, { noun }, { id });

const query = preparedByShape<{ noun: MergeableNoun }, { id: string }, MergedRecord>(
  ({ noun }) =>
    (param) =>
      sql`
      select m.id, m.${sql.ref(noun === 'person' ? 'name' : 'text')} as label from ${sql.table(tables[noun])} as m
       where m.canonical_id = ${param('id')}::uuid and m.id <> m.canonical_id order by label, m.id`,
);
