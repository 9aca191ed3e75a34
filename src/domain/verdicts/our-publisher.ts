import type { Writer } from '../../db/types.ts';
import { Conflict } from '../../errors.ts';
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
  const ourId = await ourselves(tx, us);
  const publisher_id = by == null ? ourId : await findOrMakePerson(tx, by, 'organization', ['by']);
  return { publisher_id, ours: publisher_id === ourId };
}

/** Anyone may add another of our name; we stay the one who was there first. */
async function ourselves(tx: Writer, { name }: OurPublisher): Promise<string> {
  try {
    return await findOrMakePerson(tx, { name, kind: 'organization' }, 'organization', []);
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== 'person.ambiguous') throw error;
    return (error.others[0] as { id: string }).id;
  }
}
