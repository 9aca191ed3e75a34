import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe } from '@jest/globals';

const data = new URL('../../../shared/data/', import.meta.url);
const run = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const at = (path: string) => fileURLToPath(new URL(path, data));

/** Real data sets, which are no part of the project: where they are not, what needs them is left out. */
export const withData = existsSync(data) ? describe : describe.skip;

/** A file of a data set. */
export const textOf = (path: string): string => readFileSync(at(path), 'utf8');

/** What a converter of scripts/convert prints. */
export async function converted(name: string, ...paths: string[]): Promise<string> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const options = { maxBuffer: 64 * 1024 * 1024, env, cwd: fileURLToPath(new URL('../..', import.meta.url)) };
  const args = [run, `scripts/convert/${name}.ts`, ...paths.map(at)];
  return (await promisify(execFile)(process.execPath, args, options)).stdout;
}
