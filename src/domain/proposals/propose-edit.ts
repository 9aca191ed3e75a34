import type { Writer } from '../../db/types.ts';
import { Conflict, Gone, NotFound, Stale } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { tables } from '../nouns.ts';
import { demandEdit } from '../states.ts';
import { demand } from '../users/permissions.ts';
import type { ProposableNoun, Proposal } from './proposals.ts';
import { rehearseEdit } from './rehearse-edit.ts';

export interface ProposedEdit extends Pick<Proposal, 'recordId' | 'recordVersion' | 'fields'> {
  noun: ProposableNoun;
  /** The version of the proposal that this one changes; null where there was none. */
  proposalVersion: number | null;
  /** The edit, as it would be made at once. */
  edit: (tx: Writer) => Promise<void>;
}

/**
 * Proposes an edit of what is public, or changes what is proposed; nothing else becomes so before another accepts it. What
 * the edit itself would be refused for is refused now. Returns the id of the proposal, or null where nothing differs. Throws `Stale` where the record, or the proposal, has changed.
 */
export async function proposeEdit(tx: Writer, proposed: ProposedEdit): Promise<string | null> {
  const { noun, recordId, recordVersion, fields, proposalVersion, edit } = proposed;
  demand(tx, 'record.add');
  const record = await tx
    .selectFrom(tables[noun] as 'claims')
    .select(['version', 'state', 'purged_because'])
    .where('id', '=', recordId)
    .executeTakeFirst();
  if (!record) throw new NotFound(noun, recordId);
  if (record.purged_because) throw Gone.purged(noun, record.purged_because);
  if (record.version !== recordVersion) throw new Stale(noun, record.version);
  const present = await tx.selectFrom('proposals').selectAll().where('record_id', '=', recordId).executeTakeFirst();
  if ((present?.version ?? null) !== proposalVersion) throw new Stale('proposal', present?.version ?? 0);
  if (present) demandEdit(tx, { state: 'in_review', created_by: present.created_by });
  else if (record.state !== 'published')
    throw new Conflict(`${noun}.not_public`, `This ${noun} is not public: edit it.`);

  const isEdit = await rehearseEdit(tx, edit);
  if (!isEdit && !present) return tx.unchanged(null);
  if (!isEdit) throw new Conflict('proposal.changes_nothing', `This is what is on record. Take the proposal back.`);
  const row = { record_version: recordVersion, fields: JSON.stringify(fields) };
  if (present) {
    if (JSON.stringify(present.fields) === row.fields) return tx.unchanged(present.id);
    const next = { ...row, version: present.version + 1 };
    await tx.updateTable('proposals').set(next).where('id', '=', present.id).execute();
    return present.id;
  }
  const made = { id: newId(), noun, record_id: recordId, created_by: tx.change.actor.id! };
  await tx
    .insertInto('proposals')
    .values({ ...made, ...row })
    .execute();
  return made.id;
}
