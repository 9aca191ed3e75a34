import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { embeddedBinaries } from './embedded-binaries.ts';
import { findPostmaster, isPostmaster, type Postmaster } from './embedded-postmaster.ts';

interface Keeping {
  cluster: string;
  log: (line: string) => void;
  opened: Postmaster;
  reopen: () => Promise<Postmaster>;
}

/** Watches a postmaster and starts it again, on the same port, when it ends although nobody called `stop`. */
export function keepRunning({ cluster, log, opened, reopen }: Keeping) {
  let current = opened;
  let stopped = false;
  let reopening: Promise<void> | undefined;
  let startedAt = Date.now();
  let pause = 0;

  async function bringBack(): Promise<void> {
    if (Date.now() - startedAt > 30_000) pause = 0; // it ran well for a while
    while (!stopped) {
      await sleep(pause, undefined, { ref: false });
      pause = Math.min(pause * 2 + 100, 10_000);
      try {
        const again = await reopen();
        if (again.port !== opened.port) throw new Error(`PostgreSQL runs on port ${again.port}, not ${opened.port}`);
        if (again.pid !== current.pid) log('The embedded PostgreSQL had ended and was started again');
        current = again;
        startedAt = Date.now();
        return;
      } catch (error) {
        log((error as Error).message);
      }
    }
  }

  async function ensureRunning(): Promise<void> {
    reopening ??= bringBack().finally(() => {
      reopening = undefined;
    });
    await reopening;
  }

  const watch = setInterval(async () => {
    if (!reopening && !(await isPostmaster(current.pid, cluster).catch(() => false))) await ensureRunning();
  }, 500).unref();

  async function stop(): Promise<void> {
    stopped = true;
    clearInterval(watch);
    await reopening;
    const running = await findPostmaster(cluster); // another process may have started it anew
    await stopPostmaster(running && running !== 'busy' ? running.pid : current.pid, cluster);
  }

  return { ensureRunning, stop };
}

async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  if (!(await isPostmaster(pid, cluster))) return;
  if (process.platform === 'win32') {
    const pgCtl = join(await embeddedBinaries(), 'bin', 'pg_ctl');
    await promisify(execFile)(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w']);
    return;
  }
  process.kill(pid, 'SIGINT');
  const impatient = Date.now() + 60_000;
  while (await isPostmaster(pid, cluster)) {
    // An immediate shutdown loses nothing: the next start recovers from the log.
    if (Date.now() > impatient) process.kill(pid, 'SIGQUIT');
    await sleep(20);
  }
}
