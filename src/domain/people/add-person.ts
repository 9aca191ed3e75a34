import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { Edtf, ExternalIds, Id, Language, PersonReference, Slug, text } from '../fields.ts';
import { giveSlug, takeSlug } from '../give-slug.ts';
import { writeMembers } from '../members.ts';
import { demand } from '../users/permissions.ts';
import { nameKinds, personKinds, words } from '../vocabulary.ts';
import { findOrMakePerson } from './find-or-make-person.ts';
import { rolePeriod } from './rules.ts';

export const NameInput = z.strictObject({
  id: Id.optional(),
  name: text(500),
  kind: z.enum(words(nameKinds)),
  language: Language.nullish(),
  script: z
    .string()
    .regex(/^[A-Z][a-z]{3}$/, 'must be an ISO 15924 script code such as "Latn"')
    .nullish(),
});
export type NameInput = z.output<typeof NameInput>;

export const RoleInput = z
  .strictObject({
    id: Id.optional(),
    title: text(500),
    organization: PersonReference.nullish(),
    from: Edtf.nullish(),
    to: Edtf.nullish(),
  })
  .check(
    z.superRefine(
      (role: { from?: string | null | undefined; to?: string | null | undefined }, context: z.RefinementCtx) => {
        const wrong = rolePeriod(role.from, role.to).wrong;
        if (wrong) context.addIssue({ code: 'custom', path: ['to'], message: wrong });
      },
    ),
  );
export type RoleInput = z.output<typeof RoleInput>;

export const AddPerson = z
  .strictObject({
    name: text(500),
    kind: z.enum(words(personKinds)).default('person'),
    description: text(2000).nullish(),
    names: z.array(NameInput).max(200).default([]),
    roles: z.array(RoleInput).max(200).default([]),
    externalIds: ExternalIds.default({}),
    slug: Slug.optional(),
  })
  .meta({ id: 'AddPerson' });
export type AddPerson = z.output<typeof AddPerson>;

/** Adds a person or organization and returns its id. Two may bear one name: only `{ "name": … }` in a record finds instead of making. */
export async function addPerson(tx: Writer, input: AddPerson): Promise<string> {
  demand(tx, 'record.add');
  return makePerson(tx, input, []);
}

/** As `addPerson`, for acts that make a person on the way. */
export async function makePerson(
  tx: Writer,
  input: Pick<AddPerson, 'name' | 'kind'> & Partial<AddPerson>,
  path: (string | number)[],
): Promise<string> {
  const id = newId();
  if (input.slug) await takeSlug(tx, 'person', id, input.slug);
  const slug = input.slug ?? (await giveSlug(tx, 'person', id, input.name));
  await tx
    .insertInto('people')
    .values({
      id,
      canonical_id: id,
      slug,
      name: input.name,
      kind: input.kind,
      description: input.description ?? null,
      external_ids: JSON.stringify(input.externalIds ?? {}),
    })
    .execute();
  await writeNames(tx, id, input.name, input.names ?? [], path);
  await writeRoles(tx, id, input.roles ?? [], path);
  return id;
}

/** Makes these the person's names, with the displayed one among them as a primary name. Returns whether any changed. */
export async function writeNames(
  tx: Writer,
  personId: string,
  displayed: string,
  sent: readonly NameInput[],
  path: (string | number)[],
): Promise<boolean> {
  const listed = sent.some((name) => name.kind === 'primary' && name.name === displayed);
  const names: NameInput[] = listed ? [...sent] : [{ name: displayed, kind: 'primary' }, ...sent];
  const added = names.length - sent.length;
  const languages = new Set<string>();
  names.forEach((name, index) => {
    const language = (name.language ?? 'und').toLowerCase();
    if (name.kind === 'primary' && languages.has(language)) {
      throw Invalid.at(
        [...path, 'names', index - added, 'kind'],
        `a second primary name in the language "${language}": one of them is of another kind`,
      );
    }
    if (name.kind === 'primary') languages.add(language);
  });
  const rows = names.map(({ id, name, kind, language = null, script = null }) => ({
    id,
    name,
    kind,
    language,
    script,
  }));
  return writeMembers(tx, 'names', personId, rows, [...path, 'names'], added);
}

/** Makes these the person's roles. Returns whether any changed. */
export async function writeRoles(
  tx: Writer,
  personId: string,
  roles: readonly RoleInput[],
  path: (string | number)[],
): Promise<boolean> {
  const rows = [];
  for (const [index, { id, title, organization, from, to }] of roles.entries()) {
    const { heldFrom, heldUntil } = rolePeriod(from, to);
    rows.push({
      id,
      title,
      organization_id: organization
        ? await findOrMakePerson(tx, organization, 'organization', [...path, 'roles', index, 'organization'])
        : null,
      starts_on: from ?? null,
      ends_on: to ?? null,
      held_from: heldFrom,
      held_until: heldUntil,
    });
  }
  return writeMembers(tx, 'roles', personId, rows, [...path, 'roles']);
}
