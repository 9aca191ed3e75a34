import { change } from '../../db/change.ts';
import type { Writer } from '../../db/types.ts';
import { Id } from '../../domain/fields.ts';
import { acceptProposal } from '../../domain/proposals/accept-proposal.ts';
import { findProposal, type Proposal, proposalsOf } from '../../domain/proposals/proposals.ts';
import { asEditor } from '../../domain/proposals/rehearse-edit.ts';
import { returnProposal } from '../../domain/proposals/return-proposal.ts';
import { NotFound, Stale } from '../../errors.ts';
import { editableClaim } from './edit-claim.tsx';
import { editableStatement } from './edit-statement.tsx';
import type { Editable, Versioned } from './editable.ts';
import type { Mistakes } from './forms.tsx';
import { refusalIn } from './moves.tsx';
import { type ProposalPage, proposalPage } from './proposal-page.tsx';
import { readForm, sendForm } from './send-form.ts';
import type { Visit } from './visit.ts';

const kinds = { claim: proposalsIn(editableClaim), statement: proposalsIn(editableStatement) };

const proposalIn = async ({ site, req }: Visit): Promise<Proposal> => {
  const id = Id.parse(req.params.proposal);
  const proposal = await findProposal(site.db, id);
  if (!proposal) throw new NotFound('proposal', id, 'This proposal was accepted or handed back.');
  return proposal;
};

/** What is proposed of a record, field by field. */
export async function showProposal(visit: Visit): Promise<void> {
  const proposal = await proposalIn(visit);
  const done = visit.field('done') === 'proposed' ? { text: 'It is proposed.' } : undefined;
  await kinds[proposal.noun].show(visit, proposal, { notice: done });
}

export async function acceptOne(visit: Visit): Promise<void> {
  const proposal = await proposalIn(visit);
  await kinds[proposal.noun].accept(visit, proposal);
}

export async function returnOne(visit: Visit): Promise<void> {
  const proposal = await proposalIn(visit);
  await kinds[proposal.noun].giveBack(visit, proposal);
}

/** The edits that are proposed of records, to be made in what will be undone; those of what has changed since do nothing. */
export async function proposedEdits(
  visit: Visit,
  recordIds: readonly string[],
): Promise<((tx: Writer) => Promise<void>)[]> {
  const proposals = await proposalsOf(visit.site.db, recordIds);
  const edits = await Promise.all(proposals.map((proposal) => kinds[proposal.noun].read(visit, proposal)));
  return edits.flatMap((edit) =>
    edit
      ? async (tx) => {
          await asEditor(tx, edit).catch((error) => {
            if (!(error instanceof Stale)) throw error;
          });
        }
      : [],
  );
}

/** What is done with proposals of one kind of record. */
function proposalsIn<R extends Versioned, T>(editable: Editable<R, T>) {
  const { find, reading, edit, home, path } = editable;

  /** The form as who proposed it has sent it. */
  const sentBy = (visit: Visit, { fields }: Proposal): Visit => ({ ...visit, typed: new URLSearchParams(fields) });

  async function read(visit: Visit, proposal: Proposal): Promise<((tx: Writer) => Promise<void>) | undefined> {
    const form = sentBy(visit, proposal);
    const found = await readForm(form, reading(form.typed));
    return 'input' in found ? (tx) => edit(tx, proposal.recordId, proposal.recordVersion, found.input) : undefined;
  }

  async function show(visit: Visit, proposal: Proposal, page: ProposalPage): Promise<void> {
    await proposalPage(visit, editable, await find(visit, proposal.recordId), proposal, page);
  }

  async function accept(visit: Visit, proposal: Proposal): Promise<void> {
    const { id, recordId, recordVersion } = proposal;
    const form = sentBy(visit, proposal);
    const version = Number(visit.field('version'));
    const sent = await sendForm(form, reading(form.typed), 'proposal.accept', (tx, input) =>
      acceptProposal(tx, { id, version }, (within) => edit(within, recordId, recordVersion, input)),
    );
    if ('done' in sent) return visit.leadTo(`${home(await find(visit, recordId))}?done=accepted`);
    const stale = 'This has changed since you looked at it. See what is proposed now.';
    const text = sent.isStale ? stale : `It cannot be accepted as it is: ${wrongIn(sent.typing.mistakes)}`;
    await show(visit, proposal, { notice: { text, bad: true }, status: sent.isStale ? 412 : 422 });
  }

  async function giveBack(visit: Visit, proposal: Proposal): Promise<void> {
    const { site, session, field } = visit;
    const record = await find(visit, proposal.recordId);
    const note = field('note').trim().slice(0, 2000) || null;
    const version = Number(field('version'));
    if (note === null && proposal.createdBy !== session.id)
      return show(visit, proposal, { mistakes: { note: 'Say why, for who proposed it.' }, status: 422 });
    try {
      await change(site.db, { actor: session, action: 'proposal.return', reason: note }, (tx) =>
        returnProposal(tx, { id: proposal.id, version, note, path: path(record) }),
      );
    } catch (thrown) {
      return show(visit, proposal, refusalIn(thrown));
    }
    visit.leadTo(`${home(record)}?done=returned`);
  }

  return { read, show, accept, giveBack };
}

const wrongIn = (mistakes: Mistakes): string => Object.values(mistakes).join(' ') || 'open it in the form.';
