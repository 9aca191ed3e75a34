import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, jest } from '@jest/globals';
import type { Database } from '../../src/db/types.ts';
import { records } from '../../src/domain/exchange/records.ts';
import { newId } from '../../src/lib/ids.ts';
import { testDatabase } from '../support/database.ts';
import { importText, jsonl } from '../support/importing.ts';

// The machine may be busy.
jest.setTimeout(120_000);

const onrecord = fileURLToPath(new URL('../../scripts/onrecord.mjs', import.meta.url));
const crashed = testDatabase();
const whole = testDatabase();

it('killed in the middle and run again, an import gives the record that one run gives', async () => {
  const claims = Array.from({ length: 5000 }, (_, n) => ({
    type: 'claim',
    id: newId(),
    text: `Bridge ${n} is closed`,
    language: 'en',
    topics: [`Bridges ${n % 7}`],
  }));
  const content = jsonl(claims);
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-crash-test-'));
  try {
    await writeFile(join(folder, 'file.jsonl'), content);
    await killedAtFirstRows(join(folder, 'file.jsonl'));
  } finally {
    await rm(folder, { recursive: true });
  }
  const before = await claimsOf(crashed.db);
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(claims.length);

  const [resumed, once] = [
    await importText(crashed.db, 'jsonl', content),
    await importText(whole.db, 'jsonl', content),
  ];
  expect(resumed.report.records.made.claim).toBe(claims.length - before.length);
  expect(once.report.records.made.claim).toBe(claims.length);
  const imports = await crashed.db.selectFrom('imports').select(['id', 'finished_at']).execute();
  expect(imports).toEqual([{ id: resumed.id, finished_at: expect.anything() }]);
  const without = (list: string[]) => list.map((json) => ({ ...JSON.parse(json), topics: [] }));
  expect(without(await claimsOf(crashed.db))).toEqual(without(await claimsOf(whole.db)));
  const topics = await crashed.db.selectFrom('topics').select('name').orderBy('name').execute();
  expect(topics.map(({ name }) => name)).toEqual(Array.from({ length: 7 }, (_, n) => `Bridges ${n}`));
});

async function killedAtFirstRows(file: string): Promise<void> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [onrecord, 'import', 'jsonl', file, '--json'], {
    env: { ...env, DATABASE_URL: crashed.url },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  // Asked in as little as can be: what comes after the first batch must not be done before it is killed.
  const first = () => crashed.db.selectFrom('claims').select('id').limit(1).executeTakeFirst();
  while (child.exitCode === null && !(await first())) await sleep(5);
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

async function claimsOf(db: Database): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of records(db, 'claim', 'everything')) found.push(...batch);
  return found;
}
