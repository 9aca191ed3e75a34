import { EditClaim, editClaim } from '../../domain/claims/edit-claim.ts';
import { claimKinds, claimPersonRoles } from '../../domain/vocabulary.ts';
import type { Claim } from '../answers.ts';
import type { Editable } from './editable.ts';
import { whoIs } from './meant.ts';
import type { FormReading } from './send-form.ts';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';
import { rowsOf, type Typed, withoutEmptyRows } from './typed-form.ts';

export const editableClaim: Editable<Claim, EditClaim> = {
  noun: 'claim',
  find: ({ ask }, claim) => ask('/claims/{claim}', { claim }),
  title: ({ text }) => `Edit: ${text}`,
  path: ({ slug }) => `/desk/claims/${slug}/edit`,
  home: ({ id }) => `/desk/claims/${id}`,
  preview: ({ slug }) => `/desk/claims/${slug}/preview`,
  asTyped,
  tidied: (typed) => withoutEmptyRows(typed, 'people', ['person']),
  reading,
  edit: editClaim,
  fields: (typing) => <ClaimFields of={typing} />,
};

/** The claim as the fields of the form say it. */
function asTyped({ version, text, language, kind, dueOn, topics, people, slug }: Claim): Record<string, string> {
  return {
    version: String(version),
    text,
    language,
    kind,
    dueOn: dueOn?.edtf ?? '',
    slug,
    // Where the name has a comma itself, the slug means the same topic.
    topics: topics.map((topic) => (topic.name.includes(',') ? topic.slug : topic.name)).join(', '),
    ...Object.fromEntries(
      people.flatMap(({ as, person }, index) => [
        ...Object.entries(whoIs(`people/${index}/person`, person)),
        [`people/${index}/as`, as],
      ]),
    ),
  };
}

function reading(typed: Typed): FormReading<EditClaim> {
  return {
    schema: EditClaim,
    roots: ['text', 'language', 'kind', 'dueOn', 'topics', 'people', 'slug'],
    people: rowsOf(typed, 'people').map((row) => `${row}/person`),
    dates: ['dueOn'],
    lists: ['topics'],
    // What was emptied is taken away.
    finish: (input) => ({ text: '', dueOn: null, topics: [], people: [], ...input }),
  };
}

function ClaimFields({ of }: { of: Typing }) {
  const filled = rowsOf(of.typed, 'people');
  return (
    <>
      <LongField
        of={of}
        name="text"
        label="The claim"
        hint="What can be checked, in neutral words that stand by themselves."
      />
      <div class="together">
        <WordField of={of} name="kind" label="Kind" words={claimKinds} />
        <DateField of={of} name="dueOn" label="Due" hint="Of a promise or a prediction" />
        <TextField of={of} name="language" label="Language of the claim" size={6} maxlength={35} />
      </div>
      <TextField of={of} name="topics" label="Topics" hint="With commas between" />
      {[...filled, `people/${filled.length}`].map((row, index) => (
        <div class="together">
          <PersonField of={of} name={`${row}/person`} label={`Person ${index + 1}`} />
          <WordField of={of} name={`${row}/as`} label={`Person ${index + 1} is`} words={claimPersonRoles} />
        </div>
      ))}
      <TextField of={of} name="slug" label="Address" hint="The old one leads to the new one for ever" />
    </>
  );
}
