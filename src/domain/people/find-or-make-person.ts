import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/types.ts';
import { Conflict, Gone, Invalid } from '../../errors.ts';
import type { PersonReference } from '../fields.ts';
import { by, idBy } from '../references.ts';
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
  const bearers = await findBearers(tx, reference.name, reference.kind);
  if (bearers.length > 1) {
    throw new Conflict(
      'person.ambiguous',
      `Several bear the name "${reference.name}": name one by id or slug.`,
      bearers,
    );
  }
  return bearers[0]?.id ?? (await makePerson(tx, { name: reference.name, kind: reference.kind ?? otherwise }));
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

/** Whoever bears exactly this name, by any kind of name that may be matched without a human. */
function findBearers(tx: Writer, name: string, kind: Kind | undefined) {
  return tx
    .selectFrom('people as p')
    .innerJoin('people as member', 'member.canonical_id', 'p.id')
    .innerJoin('names as n', 'n.person_id', 'member.id')
    .select(['p.id', 'p.slug', 'p.name', 'p.kind'])
    .distinct()
    .where(sql`comparable(n.name)`, '=', sql<string>`comparable(${name})`)
    .where('n.kind', 'not in', ['weak', 'misspelling'])
    .$if(kind !== undefined, (query) => query.where('p.kind', '=', kind!))
    .orderBy('p.id')
    .execute();
}
