// Plain JavaScript: the compiler is loaded only where there is something to compile.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { project } from './install.mjs';

const compiler = fileURLToPath(new URL('compile.mjs', import.meta.url));
const cache = join(project, 'node_modules', '.cache', 'onrecord');
/** The last of the compiled programs are kept, and those of a day, as servers that started before a change load from theirs. */
const KEPT = 5;
const DAY = 24 * 60 * 60 * 1000;

/**
 * The program, src/main.ts with all that it imports, as a file of JavaScript, compiled where no earlier start has done so
 * since the last change of a source. Undefined where it cannot be kept, as in a checkout that is read-only, or not be made.
 */
export function compiled() {
  const folder = join(cache, hashOfSources());
  const program = join(folder, 'main.mjs');
  if (existsSync(program)) return program;
  // Made aside and renamed, so that it is there as a whole or not; of two who do so at once one comes first.
  const draft = `${folder}-${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
  } catch {
    return undefined;
  }
  try {
    // In a process of its own, as the compiler takes memory that this one would never give back.
    execFileSync(process.execPath, [compiler, draft], { stdio: 'inherit' });
    if (!existsSync(program)) renameSync(draft, folder);
    removeOld();
  } catch {
    if (!existsSync(program)) return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return program;
}

function hashOfSources() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(project, 'src'), { recursive: true }).filter((name) => /\.tsx?$/.test(name));
  const files = [
    ...sources.map((name) => join('src', name)),
    'tsconfig.json',
    'package-lock.json',
    'scripts/compile.mjs',
  ];
  for (const name of files.sort()) hash.update(`${name}\0`).update(readFileSync(join(project, name)));
  return hash.digest('hex').slice(0, 16);
}

function removeOld() {
  const made = readdirSync(cache).map((name) => {
    const folder = join(cache, name);
    return { folder, age: Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) };
  });
  for (const { folder, age } of made.sort((a, b) => a.age - b.age).slice(KEPT))
    if (age > DAY) rmSync(folder, { recursive: true, force: true });
}
