import type { Jotter } from '../../db/jot.ts';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { addComment } from '../comments/add-comment.ts';
import { demandEdit } from '../states.ts';
import { keepUnsentForm } from '../unsent/keep-unsent-form.ts';
import { endProposal } from './end-proposal.ts';
import type { Proposal } from './proposals.ts';

export interface ProposalReturn extends Pick<Proposal, 'id' | 'version'> {
  /** Why, for who made it; they who take back their own need not say. */
  note: string | null;
  /** The address of the form, where it is gone on with. */
  path: string;
}

/**
 * Hands a proposal back to who made it: it becomes a form that they have not sent, so that nothing is lost, and the note a
 * comment that waits for them. Throws `Forbidden`, `NotFound`, `Stale`, and `Invalid` where there is no note.
 */
export async function returnProposal(tx: Writer, { id, version, note, path }: ProposalReturn): Promise<void> {
  const { noun, record_id, created_by, fields } = await endProposal(tx, { id, version });
  demandEdit(tx, { state: 'in_review', created_by });
  const isOwn = created_by === tx.change.actor.id;
  if (!isOwn && !note) throw Invalid.at(['note'], 'say why, for who proposed it');
  const form = { id: newId(), path, fields: fields as Proposal['fields'], version: 0 };
  await keepUnsentForm(tx as unknown as Jotter, created_by, form);
  if (isOwn || !note) return;
  const claim = noun === 'claim' ? record_id : await claimOf(tx, record_id);
  if (!claim) return;
  const maker = await tx.selectFrom('users').select('disabled').where('id', '=', created_by).executeTakeFirstOrThrow();
  await addComment(tx, claim, { text: `On the proposed edit: ${note}`, to: maker.disabled ? [] : [created_by] });
}

/** The first claim that a statement takes a position on. */
async function claimOf(tx: Writer, statementId: string): Promise<string | undefined> {
  const found = await tx
    .selectFrom('positions')
    .select('claim_id')
    .where('statement_id', '=', statementId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return found?.claim_id;
}
