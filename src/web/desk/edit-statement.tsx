import { EditStatement, editStatement } from '../../domain/statements/edit-statement.ts';
import type { Statement } from '../answers.ts';
import type { Editable } from './editable.ts';
import { whoIs } from './meant.ts';
import type { FormReading } from './send-form.ts';
import { UtteranceFields, utteranceDates, utterancePeople } from './utterance-fields.tsx';

export const editableStatement: Editable<Statement, EditStatement> = {
  noun: 'statement',
  find: ({ ask }, id) => ask('/statements/{id}', { id }),
  title: ({ speaker }) => `Edit what ${speaker.name} said`,
  path: ({ id }) => `/desk/statements/${id}/edit`,
  home: ({ id, positions: [position] }) =>
    position ? `/desk/claims/${position.claim.id}` : `/desk/statements/${id}/edit`,
  preview: ({ positions: [position] }) => position && `/desk/claims/${position.claim.slug}/preview`,
  asTyped,
  reading: () => reading,
  edit: editStatement,
  fields: (typing) => <UtteranceFields of={typing} prefix="" />,
};

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
