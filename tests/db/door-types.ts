// Read by the compiler, never run: each line below it must be an error, or the check of types fails.
import type { Kysely, Transaction } from 'kysely';
import type { DB } from '../../src/db/tables.ts';
import type { Database, Reader, Writer } from '../../src/db/types.ts';
import { type LogClaim, logClaim } from '../../src/domain/claims/log-claim.ts';
import { type AddPerson, addPerson } from '../../src/domain/people/add-person.ts';

export function viewsCannotWrite(reader: Reader): void {
  reader.selectFrom('people');
  // @ts-expect-error a view cannot insert
  reader.insertInto('people');
  // @ts-expect-error nor update
  reader.updateTable('people');
  // @ts-expect-error nor delete
  reader.deleteFrom('people');
  // @ts-expect-error nor replace
  reader.replaceInto('people');
  // @ts-expect-error nor merge
  reader.mergeInto('people');
  // @ts-expect-error nor change the schema
  reader.schema.dropTable('people');
  // @ts-expect-error nor open a transaction that can
  reader.transaction();
  // @ts-expect-error nor a connection that can
  reader.connection();
  // @ts-expect-error nor write behind a common table expression
  reader.with('p', (db: Kysely<DB>) => db.selectFrom('people').selectAll()).insertInto('people');
}

export async function actsNeedTheDoor(
  tx: Transaction<DB>,
  db: Database,
  reader: Reader,
  writer: Writer,
): Promise<void> {
  const person = {} as AddPerson;
  const claim = {} as LogClaim;
  await addPerson(writer, person);
  // @ts-expect-error a transaction that change() did not open is no door
  await addPerson(tx, person);
  // @ts-expect-error the database is none
  await addPerson(db, person);
  // @ts-expect-error a reader is none
  await addPerson(reader, person);
  // @ts-expect-error nor is what looks like one
  await logClaim(Object.assign(tx, { change: writer.change, unchanged: writer.unchanged }), claim);
}

export function whoWritesMayRead(writer: Writer, db: Database): Reader[] {
  return [writer, db];
}
