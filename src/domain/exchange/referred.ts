import { Gone, Invalid, pointerTo } from '../../errors.ts';
import { isId, newId } from '../../lib/ids.ts';
import { onlyBearer } from '../people/find-or-make-person.ts';
import type { Batch, Path } from './batch.ts';
import { addNamed } from './name-rows.ts';
import type { Noun, PersonReferred } from './record-form.ts';
import { label, type Name, nameIn } from './record-references.ts';

/** The id of a record that the batch or the record has. Throws `Invalid` where it was refused. */
export function recordId(batch: Batch, noun: Noun, referred: string | { key: string }, path: Path): string {
  const name = nameIn(referred);
  const id = batch.found.ids.get(label(noun, name));
  if (id === undefined) throw new RefusedWithAnother(path, noun, name);
  return id;
}

/** A record that is refused only because another is, which it refers to. */
export class RefusedWithAnother extends Invalid {
  constructor(path: Path, noun: Noun, name: Name) {
    super([{ pointer: pointerTo(path), detail: absent(noun, name) }]);
  }
}

export function absent(noun: Noun, name: Name): string {
  return `refers to the ${noun} "${'id' in name ? name.id : name.key}", which is neither on record nor in the file, or was refused`;
}

/** As `findOrMakePerson`, among those on record and those that this batch makes. */
export function personId(
  batch: Batch,
  referred: PersonReferred,
  otherwise: 'person' | 'organization',
  path: Path,
): string {
  if (typeof referred !== 'string' && 'name' in referred) {
    const bearer = onlyBearer(batch.found.bearers, referred);
    return bearer?.id ?? addNamed(batch, newId(), referred.name, referred.kind ?? otherwise);
  }
  if (typeof referred !== 'string' || isId(referred)) return recordId(batch, 'person', referred, path);
  const person = batch.known.slugs.get(referred);
  if (!person)
    throw Invalid.at(path, `no person or organization "${referred}" is on record; to make one, write { "name": … }`);
  if (person.purged_because) throw Gone.purged('person', person.purged_because);
  return person.id;
}

/** The roles of a person, and of whoever stands for them. */
export function rolesOf(batch: Batch, person: string): { id: string; title: string }[] {
  const canonical = batch.canonicals.get(person);
  const roles = batch.found.roles;
  return [...(roles.get(person) ?? []), ...((canonical && roles.get(canonical)) || [])];
}
