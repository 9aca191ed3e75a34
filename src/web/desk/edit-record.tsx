import type { Writer } from '../../db/types.ts';
import { type Proposal, proposalsOf } from '../../domain/proposals/proposals.ts';
import { proposeEdit } from '../../domain/proposals/propose-edit.ts';
import { getSettings } from '../../domain/settings/settings.ts';
import { may } from '../../domain/users/permissions.ts';
import type { Editable, Editing, Versioned } from './editable.ts';
import { EraseLink } from './erasure.tsx';
import type { DeskPage } from './layout.tsx';
import { ProposalNote } from './proposal-note.tsx';
import { editing, type Fields, sendEdit } from './send-edit.ts';
import { sendForm } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import type { Typed } from './typed-form.ts';
import { EditForm, typingOf } from './typed-form-page.tsx';
import type { Visit } from './visit.ts';

/** The page of the form that edits a kind of record, and what is sent by it. */
export const editPage = <R extends Versioned, T>(editable: Editable<R, T>) => ({
  path: `/desk/${editable.noun}s/:reference/edit`,
  show: (visit: Visit) => showEdit(visit, editable),
  send: (visit: Visit) => editOne(visit, editable),
});

/** What is said where an edit has led. */
export const edited: Record<string, string> = {
  edited: 'Saved.',
  accepted: 'The edit is accepted: readers see it.',
  returned: 'What was proposed is handed back.',
};

/** A record as it is, or as is proposed, in a form that changes it. */
async function showEdit<R extends Versioned, T>(visit: Visit, editable: Editable<R, T>): Promise<void> {
  const begun = await begin(visit, editable);
  const text = edited[visit.field('done')];
  await showForm(visit, editable, begun, await typingOf(visit, begun.fields), { notice: text ? { text } : undefined });
}

async function editOne<R extends Versioned, T>(visit: Visit, editable: Editable<R, T>): Promise<void> {
  const { noun, asTyped, tidied = (typed) => typed, reading, edit, home } = editable;
  const begun = await begin(visit, editable);
  const { record, proposes } = begun;
  const sent = await sendEdit(
    visit,
    async () => (await begin(visit, editable)).fields,
    (sending) => {
      const typed = tidied(sending.typed);
      const recordVersion = Number(typed.get('version'));
      const send: Visit = { ...sending, typed };
      if (!proposes || noun === 'source')
        return sendForm(send, reading(typed), `${noun}.edit`, async (tx, input) => {
          await edit(tx, record.id, recordVersion, input);
          return null;
        });
      return sendForm(send, reading(typed), 'edit.propose', (tx, input, settled) =>
        proposeEdit(tx, {
          noun,
          recordId: record.id,
          recordVersion,
          proposalVersion: Number(typed.get('edit.proposal')) || null,
          fields: proposedFields(settled, asTyped(record)),
          edit: (within: Writer) => edit(within, record.id, recordVersion, input),
        }),
      );
    },
  );
  if ('typing' in sent) await showForm(visit, editable, begun, sent.typing, { status: 422 });
  else visit.leadTo(sent.done ? `/desk/proposals/${sent.done}?done=proposed` : `${home(record)}?done=edited`);
}

/**
 * What a form has in advance, and whether what it sends is a proposal: where one waits already, and of what is public where
 * its writer may not edit that alone. It is the proposal until the form knows of it, then the record.
 */
async function begin<R extends Versioned, T>(visit: Visit, { find, asTyped }: Editable<R, T>): Promise<Editing<R>> {
  const { site, session, req } = visit;
  const record = await find(visit, String(req.params.reference));
  const [proposal] = await proposalsOf(site.db, [record.id]);
  const proposes =
    proposal !== undefined ||
    (record.state === 'published' && (!may(session, 'published.edit') || (await getSettings(site.db)).fourEyesHold));
  const known = String(proposal?.version ?? '');
  const isNew = proposal !== undefined && visit.field('edit.proposal') !== known;
  const fields = isNew ? Object.fromEntries(proposal.fields) : editing(asTyped(record));
  return { record, proposal, proposes, fields: { ...fields, 'edit.proposal': known } };
}

/** What is kept of the form: what it says of the record, and the record that it edits. */
function proposedFields(settled: Typed, present: Fields): Proposal['fields'] {
  const kept = [...settled].filter(([name]) => !/^(form|take|gone|(unsent|edit)\..*)$/.test(name));
  return [...kept, ['edit.base', JSON.stringify(present)]];
}

async function showForm<R extends Versioned, T>(
  visit: Visit,
  { noun, title, path, fields }: Editable<R, T>,
  { record, proposal, proposes }: Editing<R>,
  typing: Typing,
  { notice, status = 200 }: { notice?: DeskPage['notice']; status?: number },
): Promise<void> {
  const main = (
    <>
      <p class="deeds">
        <a href={`/desk/${noun}s/${record.id}/history`}>History</a>
        <EraseLink visit={visit} id={record.id} />
      </p>
      <ProposalNote proposal={proposal} />
      {proposes && (
        <p class="note">
          {proposal
            ? 'What you save changes what is proposed. Whoever proposes or changes it does not accept it.'
            : 'This is public. What you write here is proposed: readers see what stands there now until another accepts it.'}
        </p>
      )}
      <EditForm path={path(record)} token={visit.token} typing={typing} deed={proposes ? 'Propose' : 'Save'}>
        {fields(typing)}
      </EditForm>
    </>
  );
  await visit.show({ title: title(record), main, notice }, status);
}
