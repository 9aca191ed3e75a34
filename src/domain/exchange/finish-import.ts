import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import type { Report } from './report.ts';

/** Keeps the report of an import that came to its end, or why it broke off; whoever it made that may be another waits at the desk. */
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
  const pairs = report.samePeople.map(({ id: one, other }) => [one, other.id].sort());
  // Those of a dry run are not on record.
  await sql`
    insert into look_alikes (one_id, other_id)
    select p.id, q.id from unnest(${pairs.map(([one]) => one)}::uuid[], ${pairs.map(([, other]) => other)}::uuid[]) as pair (one, other)
      join people as p on p.id = pair.one join people as q on q.id = pair.other
        on conflict do nothing`.execute(tx);
}
