import { expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import { countWords } from '../../src/db/word-counts.ts';
import { LogClaim, logClaim } from '../../src/domain/claims/log-claim.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();

const log = (...texts: [string, object?][]) =>
  change(database.db, { actor: { ...operator, roles: ['editor'] }, action: 'claim.log' }, async (tx) => {
    for (const [text, more] of texts) await logClaim(tx, LogClaim.parse({ text, language: 'en', ...more }));
  });

async function counts(): Promise<Record<string, number>> {
  const rows = await database.db.selectFrom('word_counts').selectAll().orderBy('word').execute();
  return Object.fromEntries(rows.map(({ word, claims }) => [word, claims]));
}

it('counts in how many published claims a word stands, in any form, and leaves out what one has', async () => {
  await log(['The bridges of the town'], ['A bridge, a bridge!'], ['A draft of a bridge', { state: 'draft' }]);
  await countWords(database.db);
  expect(await counts()).toEqual({ '': 2, bridg: 2 });
});

it('forgets at the next count what is no longer so', async () => {
  await log(['The town hall'], ['Town and country']);
  await countWords(database.db);
  expect(await counts()).toEqual({ '': 4, bridg: 2, town: 3 });
});

it('counts after an import only where the record has grown by a tenth', async () => {
  await countWords(database.db, { ifGrown: true });
  expect((await counts())['']).toBe(4);
  await log(['One more town']);
  await countWords(database.db, { ifGrown: true });
  expect(await counts()).toEqual({ '': 5, bridg: 2, town: 4 });
});

it('is done by one server at a time', async () => {
  await log(['A town again']);
  await Promise.all([countWords(database.db), countWords(database.db), countWords(database.db)]);
  expect((await counts())['']).toBe(6);
});
