import { EditSource, editSource } from '../../domain/sources/edit-source.ts';
import type { Source } from '../answers.ts';
import type { Editable } from './editable.ts';
import { whoIs } from './meant.ts';
import { DateField, PersonField, TextField, type Typing } from './typed-fields.tsx';

export const editableSource: Editable<Source, EditSource> = {
  noun: 'source',
  find: ({ ask }, id) => ask('/sources/{id}', { id }),
  title: ({ title, publisher }) => `Edit the source: ${title ?? publisher?.name ?? 'without a title'}`,
  path: ({ id }) => `/desk/sources/${id}/edit`,
  home: ({ id }) => `/desk/sources/${id}/edit`,
  asTyped: ({ version, publisher, publishedOn, ...source }) => ({
    version: String(version),
    ...Object.fromEntries(plain.map((name) => [name, source[name] ?? ''])),
    publishedOn: publishedOn?.edtf ?? '',
    ...whoIs('publisher', publisher),
  }),
  reading: () => ({
    schema: EditSource,
    roots: Object.keys(nothing),
    people: ['publisher'],
    dates: ['publishedOn'],
    // What was emptied is taken away.
    finish: (input) => ({ ...nothing, ...input }),
  }),
  edit: editSource,
  fields: (typing) => <DescriptionFields of={typing} />,
};

const plain = ['title', 'author', 'language', 'url', 'archivedUrl', 'archivedHash'] as const;
const nothing = Object.fromEntries([...plain, 'publisher', 'publishedOn'].map((name) => [name, null]));

function DescriptionFields({ of }: { of: Typing }) {
  return (
    <>
      <TextField of={of} name="title" label="Title" />
      <div class="together">
        <PersonField of={of} name="publisher" label="Publisher" />
        <TextField of={of} name="author" label="Author" />
      </div>
      <div class="together">
        <DateField of={of} name="publishedOn" label="Published" />
        <TextField of={of} name="language" label="Language of the source" size={6} maxlength={35} />
      </div>
      <TextField of={of} name="url" label="Address" type="url" inputmode="url" />
      <TextField of={of} name="archivedUrl" label="Archived copy" type="url" inputmode="url" hint="Its address" />
      <TextField of={of} name="archivedHash" label="SHA-256 of the archived copy" />
    </>
  );
}
