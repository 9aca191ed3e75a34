import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A program as small as can be, with what ours has: types, a file beside it, a part that is loaded when it is needed. */
const MAIN = `
import { readFileSync } from 'node:fs';
import { z } from 'zod';
const beside: string = readFileSync(new URL('beside.txt', import.meta.url), 'utf8');
const [, , what] = process.argv;
if (what === 'fail') fail();
console.log(z.string().parse(beside), await import('./part.ts').then(({ part }) => part));

function fail(): never {
  throw new Error('as asked');
}
`;

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onrecord-compiled-'));
  cache = join(folder, 'node_modules', '.cache', 'onrecord');
  for (const path of ['scripts', 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(project, path), join(folder, path), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(project, 'node_modules')))
    if (name !== '.cache') symlinkSync(join(project, 'node_modules', name), join(folder, 'node_modules', name));
  write('main.ts', MAIN);
  write('part.ts', "export const part: string = 'a part';");
  write('beside.txt', 'what is beside');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the program', () => {
  it('is compiled once, whoever starts it first, and again when a source has changed', async () => {
    expect(await Promise.all([run(), run(), run()])).toEqual(Array(3).fill('what is beside a part\n'));
    const [made] = readdirSync(cache);
    expect(await run()).toBe('what is beside a part\n');
    expect(readdirSync(cache)).toEqual([made]);
    write('part.ts', "export const part = 'another part';");
    expect(await run()).toBe('what is beside another part\n');
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('keeps the last of what was compiled, and what a server that still runs may load from', async () => {
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      mkdirSync(join(cache, name), { recursive: true });
      if (name !== 'f') utimesSync(join(cache, name), yesterday, new Date(yesterday.getTime() - name.charCodeAt(0)));
    }
    await run();
    const kept = readdirSync(cache);
    expect(kept.filter((name) => name.length === 1)).toEqual(['a', 'b', 'c', 'f']);
    expect(kept.filter((name) => /^[0-9a-f]{16}$/.test(name))).toHaveLength(1);
  });

  it('names the lines of its sources where it fails', async () => {
    await expect(run('fail')).rejects.toMatchObject({
      stderr: expect.stringMatching(/as asked\n +at fail \(.*src\/main\.ts:10:9\)\n +at .*src\/main\.ts:6:\d+/),
    });
  });

  it('runs as it is where nothing can be kept', async () => {
    writeFileSync(join(folder, 'node_modules', '.cache'), 'a file where the folder would be');
    expect(await run()).toBe('what is beside a part\n');
  });
});

function write(name: string, text: string): void {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'src', name), text);
}

async function run(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'scripts', 'onrecord.mjs'), ...args]);
  return stdout;
}
