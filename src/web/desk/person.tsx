import { z } from 'zod';
import { mergedRecords } from '../../domain/history/merged-records.ts';
import { EditPerson, editPerson } from '../../domain/people/edit-person.ts';
import { type PersonAtDesk, personAtDesk } from '../../domain/people/person-at-desk.ts';
import { demandOf, may } from '../../domain/users/permissions.ts';
import { personKinds } from '../../domain/vocabulary.ts';
import { EraseLink } from './erasure.tsx';
import type { DeskPage } from './layout.tsx';
import { whoIs } from './meant.ts';
import { MergedHere, MergeLink, mergeNotice } from './merged.tsx';
import { PersonFields } from './person-fields.tsx';
import { PersonSummary } from './person-summary.tsx';
import { editing, sendEdit } from './send-edit.ts';
import { type FormReading, sendForm } from './send-form.ts';
import type { Typing } from './typed-fields.tsx';
import { rowsOf, type Typed, withoutEmptyRows } from './typed-form.ts';
import { EditForm, typingOf } from './typed-form-page.tsx';
import type { Visit } from './visit.ts';

const personIn = ({ site, req }: Visit): Promise<PersonAtDesk> => personAtDesk(site.db, String(req.params.person));

const neededFor = ({ isPublic }: PersonAtDesk) => (isPublic ? 'published.edit' : 'draft.edit');

/** A person with all their names and dated roles, to be edited where they stand. */
export async function showPerson(visit: Visit): Promise<void> {
  const person = await personIn(visit);
  const notice = visit.field('done') === 'saved' ? { text: 'Saved.' } : undefined;
  await showPersonWith(visit, person, await typingOf(visit, editing(asTyped(person))), notice);
}

export async function editOnePerson(visit: Visit): Promise<void> {
  const person = await personIn(visit);
  demandOf(visit.session, neededFor(person));
  const sent = await sendEdit(
    visit,
    async () => editing(asTyped(await personIn(visit))),
    (sending) => {
      const names = withoutEmptyRows(sending.typed, 'names', ['name', 'language', 'script']);
      const typed = withoutEmptyRows(names, 'roles', ['title', 'organization', 'from', 'to']);
      return sendForm({ ...sending, typed }, readingOf(typed, person), 'person.edit', (tx, input) =>
        editPerson(tx, person.id, Number(typed.get('version')), input),
      );
    },
  );
  if ('done' in sent) visit.leadTo(`/desk/people/${person.id}?done=saved`);
  else await showPersonWith(visit, person, sent.typing, undefined, 422);
}

async function showPersonWith(
  visit: Visit,
  person: PersonAtDesk,
  typing: Typing,
  notice?: DeskPage['notice'],
  status = 200,
): Promise<void> {
  const { site, session, show, token } = visit;
  const { slug, name, kind, isPublic } = person;
  const path = `/desk/people/${slug}`;
  const merged = await mergedRecords(site.db, 'person', person.id);
  const main = (
    <>
      <p class="kicker">{personKinds[kind].label}</p>
      <p class="deeds">
        {isPublic && <a href={`/people/${slug}`}>The public page</a>}
        <MergeLink visit={visit} path={path} />
        <a href={`/desk/people/${person.id}/history`}>History</a>
        <EraseLink visit={visit} id={person.id} />
      </p>
      <MergedHere visit={visit} kind="people" merged={merged} />
      {may(session, neededFor(person)) ? (
        <EditForm path={path} token={token} typing={typing}>
          <PersonFields of={typing} schemes={schemesOf(person)} />
        </EditForm>
      ) : (
        <PersonSummary person={person} />
      )}
    </>
  );
  await show({ title: name, main, notice: notice ?? mergeNotice(visit, 'people', merged) }, status);
}

/** Ids in these catalogues have a field; a scheme with a dot, which no field can be named by, is kept as it is. */
const schemesOf = ({ externalIds }: PersonAtDesk): string[] => [
  ...new Set(['wikidata', ...Object.keys(externalIds).filter((scheme) => !scheme.includes('.'))]),
];

/** The person as the fields of the form say them. */
function asTyped({ version, name, kind, slug, description, names, roles, externalIds }: PersonAtDesk) {
  const own = names.filter((one) => one.own);
  const shown = own.findIndex((one) => one.kind === 'primary' && one.name === name);
  const fields = [
    ...own.flatMap(({ own: _, ...row }, index) => under(`names/${index}`, row)),
    ...roles
      .filter((one) => one.own)
      .flatMap(({ own: _, organization, ...row }, index) => [
        ...under(`roles/${index}`, row),
        ...Object.entries(whoIs(`roles/${index}/organization`, organization)),
      ]),
    ...under('externalIds', externalIds),
    ['shown', `names/${shown}`],
  ];
  return { ...Object.fromEntries(fields), version: String(version), kind, slug, description: description ?? '' };
}

const under = (place: string, row: object): [string, string][] =>
  Object.entries(row).map(([field, value]) => [`${place}/${field}`, value ?? '']);

function readingOf(typed: Typed, { externalIds }: PersonAtDesk): FormReading<EditPerson> {
  const roles = rowsOf(typed, 'roles');
  const [shown] = rowsOf(new URLSearchParams([[typed.get('shown') ?? '', '']]), 'names');
  const unseen = Object.entries(externalIds).filter(([scheme]) => scheme.includes('.'));
  return {
    schema: EditPerson.check(displaysAPrimaryName(shown)),
    roots: ['kind', 'slug', 'description', 'names', 'roles', 'externalIds'],
    people: roles.map((row) => `${row}/organization`),
    dates: roles.flatMap((row) => [`${row}/from`, `${row}/to`]),
    finish: (input) => ({
      description: null,
      names: [],
      roles: [],
      ...input,
      ...(shown && { name: typed.get(`${shown}/name`)?.trim() }),
      externalIds: { ...Object.fromEntries(unseen), ...(input.externalIds as object | undefined) },
    }),
  };
}

/** `shown` is the row of the name that was chosen. */
const displaysAPrimaryName = (shown: string | undefined) =>
  z.superRefine(({ names = [] }: EditPerson, context: z.RefinementCtx) => {
    const index = Number(shown?.split('/')[1] ?? 0);
    const add = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['names', index, field], message });
    if (shown === undefined) add('name', 'choose which of the names is displayed');
    else if (names[index]?.kind !== 'primary') add('kind', 'must be primary, as this name is displayed');
  });
