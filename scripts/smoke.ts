// What a newcomer does, on the newest commit: clone, `npm start`, look at the timeline it names, end it.
// node scripts/run.mjs scripts/smoke.ts [user]: as oneself or, for root, as an ordinary user of this name.
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MINUTE = 60_000;
/** Installing the packages is most of it. */
const PATIENCE = 15 * MINUTE;

const project = fileURLToPath(new URL('..', import.meta.url));
const [user] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'onrecord-smoke-'));
const clone = join(folder, 'clone');
const home = join(folder, 'home');
let program: ChildProcess | undefined;
let said = '';

try {
  cloneInto();
  const port = await freePort();
  program = start(port);
  const address = await addressOfTimeline(program, port);
  await look(address);
  await end(program, port);
  console.log(`A new clone starts, answers and ends (${user ?? 'as oneself'}).`);
} catch (error) {
  console.log(`A new clone does not work (${user ?? 'as oneself'}): ${(error as Error).message}\n${said.slice(-4000)}`);
  process.exitCode = 1;
} finally {
  if (program?.exitCode === null) signal(program, 'SIGKILL');
  endPostgres();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function cloneInto(): void {
  chmodSync(folder, 0o755);
  mkdirSync(home);
  // The checkout may belong to somebody else, which git would refuse.
  const gitConfig = join(folder, 'gitconfig');
  writeFileSync(gitConfig, '[safe]\n\tdirectory = *\n');
  const env = { ...process.env, GIT_CONFIG_GLOBAL: gitConfig };
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', project, clone], { env, stdio: 'pipe' });
  if (user) execFileSync('chown', ['-R', `${idOf('-u')}:${idOf('-g')}`, clone, home]);
}

/** Nothing of our own environment but what finding programs and packages takes. */
function start(port: number): ChildProcess {
  const registry = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    cwd: home,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, PORT: String(port), npm_config_registry: registry };
  if (user) env.HOME = home;
  else env.HOME = process.env.HOME;
  const options: SpawnOptions = { cwd: clone, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] };
  const become = user ? ['setpriv', `--reuid=${idOf('-u')}`, `--regid=${idOf('-g')}`, '--clear-groups'] : [];
  const [command = '', ...args] = [...become, 'npm', 'start'];
  const child = spawn(command, args, options);
  child.stdout?.on('data', (text) => (said += text));
  child.stderr?.on('data', (text) => (said += text));
  return child;
}

async function addressOfTimeline(child: ChildProcess, port: number): Promise<string> {
  const begun = Date.now();
  for (;;) {
    const address = new RegExp(`http://localhost:${port}/people/\\S+`).exec(said)?.[0];
    if (address && said.includes('/setup/')) return address;
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    if (Date.now() - begun > PATIENCE) throw new Error('npm start named no timeline');
    await sleep(200);
  }
}

async function look(address: string): Promise<void> {
  const answer = await fetch(address);
  const page = await answer.text();
  if (answer.status !== 200 || !page.includes('<blockquote'))
    throw new Error(`${address} answers ${answer.status} with no statement`);
}

async function end(child: ChildProcess, port: number): Promise<void> {
  // The group, as a terminal or a service manager does: npm is one of several processes.
  signal(child, 'SIGTERM');
  const begun = Date.now();
  while (isGroupAlive(child)) {
    if (Date.now() - begun > MINUTE) throw new Error('it does not end on SIGTERM');
    await sleep(100);
  }
  if (!(await isFree(port))) throw new Error(`port ${port} is still in use`);
  if (postgres().length > 0) throw new Error('the embedded PostgreSQL still runs');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, name);
  } catch {}
}

function isGroupAlive(child: ChildProcess): boolean {
  try {
    process.kill(-child.pid!, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes of the clone's own PostgreSQL. */
function postgres(): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  const ours = list.split('\n').filter((line) => line.includes(`-D ${clone}/`));
  return ours.map((line) => Number.parseInt(line, 10));
}

function endPostgres(): void {
  for (const pid of postgres()) {
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {}
  }
}

function idOf(which: '-u' | '-g'): string {
  return execFileSync('id', [which, user!], { encoding: 'utf8' }).trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
