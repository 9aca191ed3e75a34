import { EditClaim, editClaim } from '../../domain/claims/edit-claim.ts';
import { claimKinds, claimPersonRoles } from '../../domain/vocabulary.ts';
import type { Claim } from '../answers.ts';
import { whoIs } from './meant.ts';
import { claimOf } from './on-claim.tsx';
import { editing, sendEdit } from './send-edit.ts';
import { type FormReading, sendForm } from './send-form.ts';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';
import { rowsOf, type Typed, withoutEmptyRows } from './typed-form.ts';
import { EditForm, typingOf } from './typed-form-page.tsx';
import type { Visit } from './visit.ts';

export async function showEditClaim(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  await showForm(visit, claim, await typingOf(visit, editing(asTyped(claim))));
}

export async function editOneClaim(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const sent = await sendEdit(
    visit,
    async () => asTyped(await claimOf(visit)),
    (sending) => {
      const typed = withoutEmptyRows(sending.typed, 'people', ['person']);
      return sendForm({ ...sending, typed }, readingOf(typed), 'claim.edit', (tx, input) =>
        editClaim(tx, claim.id, Number(typed.get('version')), input),
      );
    },
  );
  if ('done' in sent) visit.leadTo(`/desk/claims/${claim.id}?done=edited`);
  else await showForm(visit, claim, sent.typing, 422);
}

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

const readingOf = (typed: Typed): FormReading<EditClaim> => ({
  schema: EditClaim,
  roots: ['text', 'language', 'kind', 'dueOn', 'topics', 'people', 'slug'],
  people: rowsOf(typed, 'people').map((row) => `${row}/person`),
  dates: ['dueOn'],
  lists: ['topics'],
  // What was emptied is taken away.
  finish: (input) => ({ text: '', dueOn: null, topics: [], people: [], ...input }),
});

async function showForm(visit: Visit, { slug, text }: Claim, typing: Typing, status = 200): Promise<void> {
  const filled = rowsOf(typing.typed, 'people');
  const main = (
    <EditForm path={`/desk/claims/${slug}/edit`} token={visit.token} typing={typing}>
      <LongField
        of={typing}
        name="text"
        label="The claim"
        hint="What can be checked, in neutral words that stand by themselves."
      />
      <div class="together">
        <WordField of={typing} name="kind" label="Kind" words={claimKinds} />
        <DateField of={typing} name="dueOn" label="Due" hint="Of a promise or a prediction" />
        <TextField of={typing} name="language" label="Language of the claim" size={6} maxlength={35} />
      </div>
      <TextField of={typing} name="topics" label="Topics" hint="With commas between" />
      {[...filled, `people/${filled.length}`].map((row, index) => (
        <div class="together">
          <PersonField of={typing} name={`${row}/person`} label={`Person ${index + 1}`} />
          <WordField of={typing} name={`${row}/as`} label={`Person ${index + 1} is`} words={claimPersonRoles} />
        </div>
      ))}
      <TextField of={typing} name="slug" label="Address" hint="The old one leads to the new one for ever" />
    </EditForm>
  );
  await visit.show({ title: `Edit: ${text}`, main }, status);
}
