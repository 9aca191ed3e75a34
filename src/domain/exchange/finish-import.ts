import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import type { Report } from './report.ts';

/** Keeps the report of an import that came to its end, or why it broke off. */
export async function finishImport(tx: Writer, id: string, report: Report, failure?: string): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      report: JSON.stringify(report),
      failure: failure?.slice(0, 2000) ?? null,
      ...(failure === undefined && { finished_at: sql<string>`clock_timestamp()` }),
    })
    .where('id', '=', id)
    .execute();
}
