import { inPart } from '../../db/change.ts';
import type { Writer } from '../../db/types.ts';
import { Conflict } from '../../errors.ts';
import { endProposal } from './end-proposal.ts';
import type { Proposal } from './proposals.ts';

/**
 * Makes the edit that was proposed, in one change with the end of the proposal. `edit` is the act, which demands its own
 * permission and throws `Stale` where the record has changed. Where four eyes hold, the database refuses it from whoever
 * proposed it or changed the proposal.
 */
export async function acceptProposal(
  tx: Writer,
  proposal: Pick<Proposal, 'id' | 'version'>,
  edit: (tx: Writer) => Promise<void>,
): Promise<void> {
  await endProposal(tx, proposal);
  if (!(await inPart(tx, edit)))
    throw new Conflict('proposal.changes_nothing', 'This is what is on record already. Hand the proposal back.');
}
