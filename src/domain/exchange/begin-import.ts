import type { Writer } from '../../db/types.ts';
import { newId } from '../../lib/ids.ts';
import { demand } from '../users/permissions.ts';

export interface NewImport {
  format: string;
  fileHash: string;
  mappingVersion: string;
  dryRun: boolean;
}

/** Records that a file is being brought in; one that broke off goes on under its id. Returns the id. */
export async function beginImport(
  tx: Writer,
  { format, fileHash, mappingVersion, dryRun }: NewImport,
): Promise<string> {
  demand(tx, 'record.import');
  const brokenOff = await tx
    .selectFrom('imports')
    .select('id')
    .where('format', '=', format)
    .where('file_hash', '=', fileHash)
    .where('mapping_version', '=', mappingVersion)
    .where('dry_run', '=', false)
    .where('finished_at', 'is', null)
    .where('undone_at', 'is', null)
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
  if (brokenOff && !dryRun) {
    await tx.updateTable('imports').set({ failure: null }).where('id', '=', brokenOff.id).execute();
    return brokenOff.id;
  }
  const id = newId();
  await tx
    .insertInto('imports')
    .values({
      id,
      format,
      file_hash: fileHash,
      mapping_version: mappingVersion,
      dry_run: dryRun,
      actor_id: tx.change.actor.id,
    })
    .execute();
  return id;
}
