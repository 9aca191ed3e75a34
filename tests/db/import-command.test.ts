import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, jest } from '@jest/globals';
import { testDatabase } from '../support/database.ts';

jest.setTimeout(60_000);

const onrecord = fileURLToPath(new URL('../../scripts/onrecord.mjs', import.meta.url));
const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'onrecord-command-test-'));
const table = join(folder, 'table.csv');
writeFileSync(table, 'claim,rating\nThe bridge is shut,False\n,True\n');

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [onrecord, 'import', ...args], {
    env: { ...env, DATABASE_URL: database.url },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('imports, lists and undoes, each in words or as JSON', () => {
  const dry = run('csv', table, '--dry-run');
  expect(dry).toMatchObject({ status: 2, stderr: expect.stringContaining('A dry run: nothing was written.') });
  expect(dry.stdout).toContain('would make     1 claim\n');
  expect(dry.stdout).toContain('not taken      the columns rating\n');

  const made = run('csv', table, '--json');
  const { id } = JSON.parse(made.stdout) as { id: string };
  expect(made).toMatchObject({ status: 2, stderr: '' });
  const listed = JSON.parse(run('list', '--json').stdout);
  expect(listed).toMatchObject([
    { id, dryRun: false },
    { format: 'csv', dryRun: true },
  ]);
  expect(run('list').stdout).toMatch(/csv {2}finished.*\n.*csv {2}dry run/);
  expect(JSON.parse(run('undo', id, '--json').stdout)).toEqual({ id, withdrawn: 1, already: 0, builtOn: [] });
});

it('says in a sentence what it cannot do', () => {
  expect(run('undo', 'nonsense')).toMatchObject({ status: 1, stderr: 'There is no import "nonsense".\n' });
  const missing = join(folder, 'missing.csv');
  expect(run('csv', missing)).toMatchObject({ status: 1, stderr: `There is no file ${missing}.\n` });
  const { status, stderr } = run('csv', table, '--mapping', table);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`${table} says no mapping`) });
});
