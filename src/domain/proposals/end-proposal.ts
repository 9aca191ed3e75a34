import type { Selectable } from 'kysely';
import type { Proposals } from '../../db/tables.ts';
import type { Writer } from '../../db/types.ts';
import { NotFound, Stale } from '../../errors.ts';
import type { Proposal } from './proposals.ts';

/** Ends a proposal, of which the history keeps all; returns it. Throws `NotFound`, and `Stale` where it was changed. */
export async function endProposal(
  tx: Writer,
  { id, version }: Pick<Proposal, 'id' | 'version'>,
): Promise<Selectable<Proposals>> {
  const ended = await tx.deleteFrom('proposals').where('id', '=', id).returningAll().executeTakeFirst();
  if (!ended) throw new NotFound('proposal', id, 'This proposal was accepted or handed back.');
  if (ended.version !== version) throw new Stale('proposal', ended.version);
  return ended;
}
