import type { Writer } from '../../db/types.ts';
import type { PersonReference } from '../fields.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';

/** Us, as `PUBLISHER_NAME` names us. */
export interface OurPublisher {
  name: string;
}

/** Whose finding it is: another's where `by` names one, else ours. */
export async function publisherOf(
  tx: Writer,
  by: PersonReference | null | undefined,
  us: OurPublisher,
): Promise<{ publisher_id: string; ours: boolean }> {
  const ourId = await findOrMakePerson(tx, { name: us.name, kind: 'organization' }, 'organization', []);
  const publisher_id = by == null ? ourId : await findOrMakePerson(tx, by, 'organization', ['by']);
  return { publisher_id, ours: publisher_id === ourId };
}
