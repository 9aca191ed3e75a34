import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Edtf, ExternalIds, Id, PersonReference, Slug, text } from '../fields.ts';
import { type Owner, writeMembers } from '../members.ts';
import { demand } from '../users/permissions.ts';
import { personKinds, words } from '../vocabulary.ts';
import { findOrMakePerson } from './find-or-make-person.ts';
import { makePerson, NameInput } from './make-person.ts';
import { rolePeriod } from './rules.ts';

const role = {
  id: Id.optional(),
  title: text(500),
  organization: PersonReference.nullish(),
  from: Edtf.nullish(),
  to: Edtf.nullish(),
};

/** The check of a role that it does not end before it begins. */
export const endsAfterItBegins = z.superRefine(
  (role: { from?: string | null | undefined; to?: string | null | undefined }, context: z.RefinementCtx) => {
    const wrong = rolePeriod(role.from, role.to).wrong;
    if (wrong) context.addIssue({ code: 'custom', path: ['to'], message: wrong });
  },
);

export const RoleInput = z.strictObject(role).check(endsAfterItBegins);
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
  const { roles, ...person } = input;
  const id = await makePerson(tx, person);
  if (roles.length) await writeRoles(tx, { id, isNew: true }, roles);
  return id;
}

/** Makes these the person's roles. Returns whether any changed. */
export async function writeRoles(tx: Writer, person: Owner, roles: readonly RoleInput[]): Promise<boolean> {
  const rows = [];
  for (const [index, { id, title, organization, from, to }] of roles.entries()) {
    const { heldFrom, heldUntil } = rolePeriod(from, to);
    rows.push({
      id,
      title,
      organization_id: organization
        ? await findOrMakePerson(tx, organization, 'organization', ['roles', index, 'organization'])
        : null,
      starts_on: from ?? null,
      ends_on: to ?? null,
      held_from: heldFrom,
      held_until: heldUntil,
    });
  }
  return writeMembers(tx, 'roles', person, rows, ['roles']);
}
