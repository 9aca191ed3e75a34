import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodeFlags } from '../node-flags.ts';

const program = fileURLToPath(new URL('../onrecord.mjs', import.meta.url));

/** A server as an operator runs it: a process of its own on a data folder, which can be killed and started again. */
export class ServerUnderTest {
  readonly origin: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  private constructor(port: number, env: Record<string, string>) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#env = {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: this.origin,
      LOG_LEVEL: process.env.PROOF_LOG ?? 'silent',
      ...env,
    };
  }

  static async make(env: Record<string, string>): Promise<ServerUnderTest> {
    return new ServerUnderTest(await freePort(), env);
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Starts it and resolves, when it is ready, with the milliseconds that this took. */
  async start(): Promise<number> {
    const begun = performance.now();
    const child = spawn(process.execPath, [...nodeFlags('start'), program, 'serve'], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#child = child;
    await this.ready(() => child.exitCode !== null);
    return performance.now() - begun;
  }

  /** Resolves when /readyz says so. */
  async ready(isOver: () => boolean = () => false): Promise<void> {
    for (const begun = performance.now(); performance.now() - begun < 60_000; await sleep(25)) {
      if (isOver()) throw new Error('The server ended instead of becoming ready');
      const answer = await fetch(`${this.origin}/readyz`, { signal: AbortSignal.timeout(2500) }).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error('The server did not become ready within 60 s');
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** An access token, made beside the running server as an operator makes it. */
  async token(role: string): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, 'token', 'create', '--name', 'proof', '--role', role, '--json'],
      { env: this.#env },
    );
    return (JSON.parse(stdout) as { token: string }).token;
  }
}

/** The process ids of the postmaster of a data folder, and of all its children. */
export async function postgresPids(dataDir: string): Promise<{ postmaster: number; children: number[] }> {
  const postmaster = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const children: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster) children.push(Number(entry));
  }
  return { postmaster, children };
}

/** The children that serve a connection, by what PostgreSQL calls them in the process list. */
export async function backendPids(dataDir: string): Promise<number[]> {
  const { children } = await postgresPids(dataDir);
  const serving: number[] = [];
  for (const pid of children) {
    const name = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (/127\.0\.0\.1\(\d+\)/.test(name)) serving.push(pid);
  }
  return serving;
}

/** Ends the postmaster of a data folder that nobody needs any more. */
export async function endPostgres(dataDir: string): Promise<void> {
  const pids = await postgresPids(dataDir).catch(() => undefined);
  if (pids) kill(pids.postmaster, 'SIGQUIT');
  await sleep(500);
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
