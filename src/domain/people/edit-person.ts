import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, NotFound, Stale } from '../../errors.ts';
import { takeSlug } from '../give-slug.ts';
import { differs } from '../members.ts';
import { demand } from '../users/permissions.ts';
import { isPublicPerson } from '../visibility.ts';
import { AddPerson, RoleInput, writeRoles } from './add-person.ts';
import { NameInput, writeNames } from './make-person.ts';

const { shape } = AddPerson;

/** JSON Merge Patch: what is absent stays, null empties, a list replaces the list. */
export const EditPerson = z
  .strictObject({
    name: shape.name.optional(),
    kind: shape.kind.unwrap().optional(),
    description: shape.description,
    names: z.array(NameInput).max(200).optional(),
    roles: z.array(RoleInput).max(200).optional(),
    externalIds: shape.externalIds.unwrap().optional(),
    slug: shape.slug,
  })
  .meta({ id: 'EditPerson' });
export type EditPerson = z.output<typeof EditPerson>;

/** Amends a person and raises the version. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editPerson(tx: Writer, id: string, expectedVersion: number, input: EditPerson): Promise<void> {
  const person = await tx
    .selectFrom('people')
    .selectAll()
    .select(isPublicPerson('people.id').as('public'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!person) throw new NotFound('person', id);
  if (person.purged_because) throw Gone.purged('person', person.purged_because);
  demand(tx, person.public ? 'published.edit' : 'draft.edit');
  if (person.version !== expectedVersion) throw new Stale('person', person.version);

  const name = input.name ?? person.name;
  const names = input.names ?? (input.name === undefined ? undefined : await renamed(tx, id, person.name, name));
  const columns = {
    name,
    kind: input.kind ?? person.kind,
    slug: input.slug ?? person.slug,
    description: input.description === undefined ? person.description : input.description,
    external_ids: input.externalIds ? JSON.stringify(input.externalIds) : person.external_ids,
  };
  if (columns.slug !== person.slug) await takeSlug(tx, 'person', id, columns.slug);
  const namesChanged = names !== undefined && (await writeNames(tx, { id, isNew: false }, name, names));
  const rolesChanged = input.roles !== undefined && (await writeRoles(tx, { id, isNew: false }, input.roles));
  if (!namesChanged && !rolesChanged && !differs(person, columns)) return tx.unchanged(undefined);
  await tx
    .updateTable('people')
    .set({ ...columns, version: person.version + 1 })
    .where('id', '=', id)
    .execute();
}

/** The names after a person is renamed: the old displayed name stays findable as a former one. */
async function renamed(tx: Writer, personId: string, from: string, to: string): Promise<NameInput[]> {
  const rows = await tx
    .selectFrom('names')
    .select(['id', 'name', 'kind', 'language', 'script'])
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute();
  const names = rows as NameInput[];
  if (from === to || names.some((name) => name.kind === 'primary' && name.name === to)) return names;
  const old = names.find((name) => name.kind === 'primary' && name.name === from);
  return [
    { name: to, kind: 'primary', language: old?.language, script: old?.script },
    ...names.map((name) => (name === old ? { ...name, kind: 'former' as const } : name)),
  ];
}
