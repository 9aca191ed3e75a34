import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PAST, PreparingClient } from '../../src/db/preparing-client.ts';
import { testDatabase } from '../support/database.ts';

let client: PreparingClient;
// Before the database goes, so it is said before the database is asked for.
afterAll(() => client.end());
const database = testDatabase();
beforeAll(async () => {
  client = new PreparingClient({ connectionString: database.url });
  await client.connect();
});

let round = 0;
beforeEach(() => {
  round++;
});

/** A query of about so many characters, unlike any other. */
const query = (n: number, length = 100) => `select $1::int as n /* ${round} ${n} ${'x'.repeat(length)} */`;
const send = (text: string, n = 1) => client.query(text, [n]);
const often = async (text: string) => {
  for (let n = 0; n < 3; n++) expect((await send(text, n)).rows).toEqual([{ n }]);
};

/** What the server holds of this round's queries. */
async function prepared(): Promise<string[]> {
  const { rows } = await client.query(`select statement from pg_prepared_statements order by prepare_time`);
  return (rows as { statement: string }[])
    .map(({ statement }) => statement)
    .filter((text) => text.includes(`/* ${round} `));
}

describe('PreparingClient', () => {
  it('prepares what is sent for the third time, once', async () => {
    const text = query(0);
    await send(text);
    await send(text);
    expect(await prepared()).toEqual([]);
    await send(text);
    await send(text);
    expect(await prepared()).toEqual([text]);
  });

  it('holds no more text than fits, and forgets what was not used for longest', async () => {
    const texts = Array.from({ length: 40 }, (_, n) => query(n, 20_000));
    for (const text of texts) {
      await often(text);
      await send(texts[0]!);
    }
    const held = await prepared();
    expect(held.join('').length).toBeLessThan(600_000);
    expect(held.length).toBeGreaterThan(20);
    expect(held).toContain(texts[0]);
    expect(held).toContain(texts.at(-1));
    expect(held).not.toContain(texts[1]);
    // What was forgotten is prepared anew.
    expect((await send(texts[1]!, 7)).rows).toEqual([{ n: 7 }]);
    expect(await prepared()).toContain(texts[1]);
  });

  it('counts what reads the past threefold, and leaves unnamed what would fill all', async () => {
    for (let n = 0; n < 40; n++) await often(`${query(n, 20_000)} ${PAST}`);
    expect((await prepared()).join('').length).toBeLessThan(200_000);
    await often(query(99, 700_000));
    expect((await prepared()).some((text) => text.length > 600_000)).toBe(false);
  });

  it('survives a transaction that failed in between', async () => {
    const texts = Array.from({ length: 35 }, (_, n) => query(n, 20_000));
    for (const text of texts.slice(0, 30)) await often(text);
    await client.query('begin');
    await expect(client.query('select 1 / 0')).rejects.toThrow('division by zero');
    for (const text of texts.slice(30)) {
      for (let n = 0; n < 4; n++) await expect(send(text)).rejects.toThrow('current transaction is aborted');
    }
    await client.query('rollback');
    for (const text of texts) await often(text);
  });
});
