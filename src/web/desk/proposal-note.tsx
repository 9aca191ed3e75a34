import type { Proposal } from '../../domain/proposals/proposals.ts';
import { Day } from './table.tsx';

/** That an edit of a record is proposed, with the way to it. */
export function ProposalNote({ proposal }: { proposal: Proposal | undefined }) {
  if (!proposal) return null;
  return (
    <p class="note">
      <a href={`/desk/proposals/${proposal.id}`}>An edit is proposed</a> by <Proposers of={proposal} />.
    </p>
  );
}

export function Proposers({ of: { by, at } }: { of: Proposal }) {
  return (
    <>
      <bdi>{by.map(({ name }) => name).join(' and ')}</bdi>, <Day instant={at} />
    </>
  );
}
