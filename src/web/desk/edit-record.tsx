import type { Editable } from './editable.ts';
import { EraseLink } from './erasure.tsx';
import type { DeskPage } from './layout.tsx';
import { editing, sendEdit } from './send-edit.ts';
import { sendForm } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import { EditForm, typingOf } from './typed-form-page.tsx';
import type { Visit } from './visit.ts';

/** What is asked of every record that a form edits. */
interface Versioned {
  id: string;
  version: number;
}

/** The page of the form that edits a kind of record, and what is sent by it. */
export const editPage = <R extends Versioned, T>(editable: Editable<R, T>) => ({
  path: `/desk/${editable.noun}s/:reference/edit`,
  show: (visit: Visit) => showEdit(visit, editable),
  send: (visit: Visit) => editOne(visit, editable),
});

async function showEdit<R extends Versioned, T>(visit: Visit, editable: Editable<R, T>): Promise<void> {
  const record = await recordIn(visit, editable);
  const notice = visit.field('done') === 'saved' ? { text: 'Saved.' } : undefined;
  await showForm(visit, editable, record, await typingOf(visit, editing(editable.asTyped(record))), { notice });
}

async function editOne<R extends Versioned, T>(visit: Visit, editable: Editable<R, T>): Promise<void> {
  const record = await recordIn(visit, editable);
  const { noun, tidied = (typed) => typed, reading, edit } = editable;
  const sent = await sendEdit(
    visit,
    async () => editable.asTyped(await recordIn(visit, editable)),
    (sending) => {
      const typed = tidied(sending.typed);
      return sendForm({ ...sending, typed }, reading(typed), `${noun}.edit`, (tx, input) =>
        edit(tx, record.id, Number(typed.get('version')), input),
      );
    },
  );
  if ('done' in sent) visit.leadTo(editable.after(record));
  else await showForm(visit, editable, record, sent.typing, { status: 422 });
}

const recordIn = <R, T>(visit: Visit, { find }: Editable<R, T>): Promise<R> =>
  find(visit, String(visit.req.params.reference));

async function showForm<R extends Versioned, T>(
  visit: Visit,
  { noun, title, path, fields }: Editable<R, T>,
  record: R,
  typing: Typing,
  { notice, status = 200 }: { notice?: DeskPage['notice']; status?: number },
): Promise<void> {
  const main = (
    <>
      <p class="deeds">
        <a href={`/desk/${noun}s/${record.id}/history`}>History</a>
        <EraseLink visit={visit} id={record.id} />
      </p>
      <EditForm path={path(record)} token={visit.token} typing={typing}>
        {fields(typing)}
      </EditForm>
    </>
  );
  await visit.show({ title: title(record), main, notice }, status);
}
