import { EditStatement, editStatement } from '../../domain/statements/edit-statement.ts';
import type { Statement } from '../answers.ts';
import { whoIs } from './meant.ts';
import { editing, sendEdit } from './send-edit.ts';
import { type FormReading, sendForm } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import { EditForm, typingOf } from './typed-form-page.tsx';
import { UtteranceFields, utteranceDates, utterancePeople } from './utterance-fields.tsx';
import type { Visit } from './visit.ts';

const statementOf = ({ ask, req }: Visit) => ask<Statement>('/statements/{id}', { id: String(req.params.statement) });

export async function showEditStatement(visit: Visit): Promise<void> {
  const statement = await statementOf(visit);
  await showForm(visit, statement, await typingOf(visit, editing(asTyped(statement))));
}

export async function editOneStatement(visit: Visit): Promise<void> {
  const statement = await statementOf(visit);
  const sent = await sendEdit(
    visit,
    async () => asTyped(await statementOf(visit)),
    (sending) =>
      sendForm(sending, reading, 'statement.edit', (tx, input) =>
        editStatement(tx, statement.id, Number(sending.typed.get('version')), input),
      ),
  );
  const [position] = statement.positions;
  if ('typing' in sent) await showForm(visit, statement, sent.typing, 422);
  else
    visit.leadTo(
      position ? `/desk/claims/${position.claim.id}?done=edited` : `/desk/statements/${statement.id}/history`,
    );
}

/** The statement as the fields of the form say it. */
function asTyped(statement: Statement): Record<string, string> {
  const { version, speaker, askedBy, quoteKind, language, originalLanguage, original } = statement;
  const plain = ['quote', 'language', 'original', 'venue'] as const;
  const dates = ['saidOn', 'askedOn', 'deadline'] as const;
  return {
    version: String(version),
    quoteKind,
    ...Object.fromEntries(plain.map((name) => [name, statement[name] ?? ''])),
    ...Object.fromEntries(dates.map((name) => [name, statement[name]?.edtf ?? ''])),
    // Words in no other language than the quote are no translation.
    originalLanguage: originalLanguage === language && original === null ? '' : (originalLanguage ?? ''),
    ...whoIs('person', speaker),
    ...whoIs('onBehalfOf', speaker.onBehalfOf),
    ...whoIs('askedBy', askedBy),
  };
}

const nothing = Object.fromEntries(
  ['onBehalfOf', 'quote', 'language', 'originalLanguage', 'original', 'venue', 'askedOn', 'askedBy', 'deadline'].map(
    (name) => [name, null],
  ),
);

const reading: FormReading<EditStatement> = {
  schema: EditStatement,
  roots: [...Object.keys(nothing), 'person', 'role', 'quoteKind', 'saidOn'],
  people: utterancePeople,
  dates: utteranceDates,
  // What was emptied is taken away; the role stays where none is named.
  finish: (input) => ({ ...nothing, ...input }),
};

async function showForm(visit: Visit, statement: Statement, typing: Typing, status = 200): Promise<void> {
  const main = (
    <EditForm path={`/desk/statements/${statement.id}/edit`} token={visit.token} typing={typing}>
      <UtteranceFields of={typing} prefix="" />
    </EditForm>
  );
  await visit.show({ title: `Edit what ${statement.speaker.name} said`, main }, status);
}
