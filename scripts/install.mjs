// Plain JavaScript without packages: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));

const lockFile = join(project, 'package-lock.json');
const stamp = join(project, 'node_modules', '.onrecord-installed');
const lock = join(project, '.installing');

/** Installs the packages of package-lock.json where they are missing; with `development`, those for tests too. */
export async function ensureInstalled({ development }) {
  refuseOldNode();
  if (!existsSync(lockFile)) fail(`${lockFile} is missing: On Record cannot tell which packages it needs.`);
  if (isInstalled(development)) return;
  const unlock = await takeLock();
  try {
    if (!isInstalled(development)) await install(); // another start may have done it while we waited
  } finally {
    unlock();
  }
}

/** Lets this process import TypeScript. */
export async function registerTypeScript() {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: join(project, 'tsconfig.json') });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`On Record needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

// Our own stamp, or else npm's list of what it installed, for who ran npm himself. npm removes both before it installs
// and writes its list last of all, so a broken-off install leaves neither.
function isInstalled(development) {
  if (readStamp() === stampOfLockFile()) return true;
  const wanted = readPackages(lockFile);
  const found = readPackages(join(project, 'node_modules', '.package-lock.json'));
  if (!wanted) fail('package-lock.json is broken: On Record cannot tell which packages it needs.');
  if (!found) return false;
  return Object.entries(wanted).every(([path, pack]) => {
    if (path === '' || pack.link) return true;
    const installed = found[path];
    if (installed) return installed.version === pack.version && sameBytes(installed, pack);
    if (pack.dev || pack.devOptional) return !development || mayBeMissing(pack);
    return mayBeMissing(pack);
  });
}

function stampOfLockFile() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${hash} ${process.platform} ${process.arch}`;
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function sameBytes(installed, pack) {
  return !installed.integrity || !pack.integrity || installed.integrity === pack.integrity;
}

// Packages for other systems are left out; those for this one may be missing in a folder that came from elsewhere.
function mayBeMissing(pack) {
  if (!pack.optional && !pack.devOptional && !pack.peer) return false;
  const forThisSystem = pack.os?.includes(process.platform) && pack.cpu?.includes(process.arch) && !pack.libc;
  return !forThisSystem;
}

async function install() {
  console.error('Installing the packages On Record needs …');
  // npm names itself where it started us; its own program spares us the search for it.
  const npm = basename(process.env.npm_execpath ?? '') === 'npm-cli.js' ? process.env.npm_execpath : undefined;
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
  ];
  const child = spawn(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
    cwd: project,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: !npm && process.platform === 'win32',
  });
  writeLock(child.pid);
  const passOn = (signal) => child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  const ending = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message)).on('close', (code, signal) => resolve(signal ?? code));
  });
  process.off('SIGINT', passOn).off('SIGTERM', passOn);
  if (ending === 0) return writeFileSync(stamp, stampOfLockFile());
  rmSync(lock, { force: true });
  fail(`The packages could not be installed: npm ci ended with ${ending}. Its output is above.`);
}

// Two installs at once would delete each other's files. The file names who installs; its age shows that they live.
async function takeLock() {
  for (let told = false; !tryLock(); await sleep(200)) {
    if (!told) console.error('Another start is installing the packages; waiting for it …');
    told = true;
    removeDeadLock();
  }
  const beat = setInterval(() => {
    try {
      utimesSync(lock, new Date(), new Date());
    } catch {}
  }, 2000);
  return () => {
    clearInterval(beat);
    rmSync(lock, { force: true });
  };
}

function tryLock() {
  try {
    writeLock(undefined, 'wx');
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    fail(`The packages On Record needs are missing, and ${project} cannot be written to (${error.code}).`);
  }
}

function writeLock(npm, flag = 'w') {
  writeFileSync(lock, JSON.stringify({ host: hostname(), pids: [process.pid, npm] }), { flag });
}

function removeDeadLock() {
  const held = readLock(lock);
  if (!held || isHeld(held)) return;
  // Renamed first, so that of two who see a dead lock one removes it, and a fresh one taken by mistake goes back.
  const aside = `${lock}-${process.pid}`;
  try {
    renameSync(lock, aside);
    if (readLock(aside)?.text === held.text) rmSync(aside);
    else renameSync(aside, lock);
  } catch {}
}

function readLock(path) {
  try {
    return { text: readFileSync(path, 'utf8'), age: Date.now() - statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

function isHeld({ text, age }) {
  try {
    const { host, pids } = JSON.parse(text);
    // A killed start leaves its npm at work: on this machine that can be seen, elsewhere only the age tells.
    if (host === hostname()) return age < 600_000 && pids.some((pid) => pid && isAlive(pid));
  } catch {}
  return age < 15_000;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
