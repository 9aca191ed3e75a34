import { execFile, spawn } from 'node:child_process';
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { lastLines, readPassword } from './embedded-cluster.ts';
import { isAlive } from './embedded-drafts.ts';
import type { Runner } from './embedded-user.ts';

export interface Postmaster {
  pid: number;
  port: number;
  url: string;
}

/** PostgreSQL did not come up. `passing`: it may well do so in a moment. */
export class StartFailed extends Error {
  readonly passing: boolean;
  constructor(said: string) {
    super(`The embedded PostgreSQL did not start. It said:\n${said}`);
    this.passing = /lock file .* (already exists|is empty)|shared memory block|[Aa]ddress already in use/.test(said);
  }
}

/** The postmaster of this cluster if it answers to our password; 'busy' while it starts or ends; else undefined. */
export async function findPostmaster(cluster: string): Promise<Postmaster | 'busy' | undefined> {
  const file = await pidFile(cluster);
  if (!file || !(await isPostmaster(file.pid, cluster))) return undefined;
  const url = `postgres://onrecord:${await readPassword(cluster)}@127.0.0.1:${file.port}/onrecord`;
  if (!file.port || !(await answers(url))) return 'busy';
  return { ...file, url };
}

/**
 * Whether this process is the postmaster of this cluster. After a kill its pid, which the pid file still names, may
 * belong to a stranger. A zombie has no arguments, hence is none.
 */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true; // a guess on the safe side
  const folder = / -D (.+?) -p /.exec(await argumentsOf(pid))?.[1];
  if (!folder) return false;
  const [theirs, ours] = await Promise.all([stat(folder).catch(() => undefined), stat(cluster)]);
  return !theirs || theirs.ino === ours.ino; // no such folder: ours was moved while it ran
}

/** Starts the postmaster in a session of its own and waits until it takes connections. Throws StartFailed. */
export async function launchPostmaster(launch: {
  cluster: string;
  logFile: string;
  postgres: string;
  runner: Runner;
  port: number;
  settings: Record<string, string>;
}): Promise<Postmaster> {
  const { cluster, port, runner } = launch;
  await removeStalePidFile(cluster);
  const log = await open(launch.logFile, 'a+', 0o600);
  try {
    const before = (await log.stat()).size;
    const options = Object.entries(launch.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const start = runner.run(launch.postgres, ['-D', cluster, '-p', String(port), ...options]);
    const child = spawn(start.command, start.args, {
      ...start.options,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let failure: Error | undefined;
    child.on('error', (error) => (failure = error));
    child.unref();
    const url = `postgres://onrecord:${await readPassword(cluster)}@127.0.0.1:${port}/onrecord`;
    while (!failure && child.exitCode === null && child.signalCode === null) {
      const file = await pidFile(cluster);
      if (file?.pid === child.pid && file?.ready && (await answers(url))) return { pid: file.pid, port, url };
      await sleep(10);
    }
    throw new StartFailed(failure?.message ?? lastLines(await textSince(log, before)));
  } finally {
    await log.close();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '53300') return true; // so well that all its connections are taken
    if (code !== '28P01') return false;
    throw new Error('The running embedded PostgreSQL does not accept the password kept in its folder.');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function pidFile(cluster: string): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(whenMissing);
  if (!text) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
}

// PostgreSQL takes any living process under the old pid for its postmaster, and an empty file for one that is starting.
// Children that outlived a killed postmaster are safe from this: it finds them by their shared memory.
async function removeStalePidFile(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  const written = await stat(path).catch(() => undefined);
  if (!written) return;
  const file = await pidFile(cluster);
  const empty = !file && Date.now() - written.mtimeMs > 5000;
  const strange = file && isAlive(file.pid) && !(await isPostmaster(file.pid, cluster));
  if (!empty && !strange) return;
  // Another start may have got here first, and the file be its own by now.
  if ((await stat(path).catch(() => undefined))?.ino === written.ino) await rm(path, { force: true });
}

async function argumentsOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  return promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** The port of the last start when it is free, so that whoever restarts the database restarts it in the same place. */
export async function choosePort(cluster: string): Promise<number> {
  const lastStart = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '');
  const last = Number(/"-p" "(\d+)"/.exec(lastStart)?.[1]);
  if (last && (await isFree(last))) return last;
  // Below the ports that systems lend to outgoing connections: one of those could take it while PostgreSQL is down.
  for (let tries = 0; tries < 1000; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No port of 127.0.0.1 is free for the embedded PostgreSQL.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function textSince(file: FileHandle, position: number): Promise<string> {
  const { size } = await file.stat();
  const from = Math.max(position, size - 8192);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(size - from, 0)), 0, size - from, from);
  return buffer.toString('utf8', 0, bytesRead);
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  if (error.code !== 'EACCES') throw error;
  throw new Error(`The embedded database belongs to another user, who must run this: ${error.path} cannot be read.`);
}
