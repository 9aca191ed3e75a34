import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/types.ts';
import { Conflict, Gone, Invalid } from '../../errors.ts';
import { key } from '../../lib/text.ts';
import type { PersonReference } from '../fields.ts';
import { by, idBy } from '../references.ts';
import { type Bearer, findBearers } from './bearers.ts';
import { makePerson } from './make-person.ts';

type Kind = 'person' | 'organization';

/**
 * The id of the person meant: by id or slug one on record, by name the one who bears it or, if nobody does, a new one.
 * Throws `Invalid` for an unknown id or slug (never a silent new person), `Gone`, `Conflict` where several bear the name.
 */
export async function findOrMakePerson(
  tx: Writer,
  reference: PersonReference,
  otherwise: Kind,
  path: (string | number)[],
): Promise<string> {
  if (typeof reference === 'string') {
    const person = await findPerson(tx, reference);
    if (!person)
      throw Invalid.at(path, `no person or organization "${reference}" is on record; to make one, send { "name": … }`);
    if (person.purged_because) throw Gone.purged('person', person.purged_because);
    return person.id;
  }
  const bearer = onlyBearer(await findBearers(tx, [reference.name]), reference);
  return bearer?.id ?? (await makePerson(tx, { name: reference.name, kind: reference.kind ?? otherwise }));
}

/** The id of the person with this id or slug (present or former), or of the one whom they were merged into. */
export async function findPersonId(db: Reader, reference: string): Promise<string | undefined> {
  return (await findPerson(db, reference))?.id;
}

/** As `findPersonId`, and whether they were erased. */
export function findPerson(db: Reader, reference: string) {
  return db
    .selectFrom('people as member')
    .innerJoin('people as p', 'p.id', 'member.canonical_id')
    .select(['p.id', 'p.purged_because'])
    .where('member.id', '=', idBy('person', by(reference), sql`${reference}`))
    .executeTakeFirst();
}

/** Of those who bear the name, the one of the kind asked for. Throws `Conflict` where there are several. */
export function onlyBearer(
  bearers: ReadonlyMap<string, Bearer[]>,
  { name, kind }: { name: string; kind?: Kind | undefined },
): Bearer | undefined {
  const found = (bearers.get(key(name)) ?? []).filter((one) => kind === undefined || one.kind === kind);
  if (found.length > 1)
    throw new Conflict(
      'person.ambiguous',
      `Several bear the name "${name}": name one by id or slug.`,
      found.map(({ external_ids: _, ...bearer }) => bearer),
    );
  return found[0];
}
