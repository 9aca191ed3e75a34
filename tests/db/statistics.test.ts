import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { change } from '../../src/db/change.ts';
import { analyseParents } from '../../src/db/statistics.ts';
import { AddPerson, addPerson } from '../../src/domain/people/add-person.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();

it('takes the statistics of present and past together, which autovacuum does not', async () => {
  for (const name of ['Ada', 'Boris']) {
    await change(database.db, { actor: operator, action: 'person.add' }, (tx) =>
      addPerson(tx, AddPerson.parse({ name })),
    );
  }
  await analyseParents(database.db);
  const { rows } = await sql<{ inherited: boolean }>`
    select inherited from pg_stats where schemaname = 'versions' and tablename = 'people' and attname = 'name'`.execute(
    database.db,
  );
  expect(rows).toEqual([{ inherited: true }]);
});
