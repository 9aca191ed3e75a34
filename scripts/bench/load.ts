import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { Kind } from './server.ts';

const CLIENTS = 16;

export interface Served {
  kind: Kind;
  origin: string;
  /** Resident memory at its highest, in MB. */
  peakMemory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts one of the servers of server.ts. */
export async function serve(kind: Kind, url: string): Promise<Served> {
  const run = fileURLToPath(new URL('../run.mjs', import.meta.url));
  const child = spawn(process.execPath, [run, 'scripts/bench/server.ts', kind, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(Number(String(data).trim())));
    child.once('exit', () => reject(new Error(`The server "${kind}" ended`)));
  });
  return {
    kind,
    origin: `http://127.0.0.1:${port}`,
    async peakMemory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024);
    },
    async stop() {
      child.kill('SIGKILL');
    },
  };
}

export interface Load {
  paths: string[];
  headers?: Record<string, string>;
  seconds?: number;
}

/** Requests per second that a server answers to 16 clients. Throws when one is answered with an error. */
export async function requestsPerSecond(
  { origin }: Served,
  { paths, headers = {}, seconds = 2 }: Load,
): Promise<number> {
  const result = await autocannon({
    url: origin,
    connections: CLIENTS,
    duration: seconds,
    requests: paths.map((path) => ({ path, headers })),
  });
  if (result.non2xx - (result['3xx'] ?? 0) > 0 || result.errors > 0)
    throw new Error(`${origin}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return result.requests.total / result.duration;
}

/** The ratio of the medians of two measures taken in turn, so that the machine's moods fall on both. */
export async function ratio(ours: () => Promise<number>, theirs: () => Promise<number>, rounds = 5): Promise<number> {
  const a: number[] = [];
  const b: number[] = [];
  await ours();
  await theirs();
  for (let round = 0; round < rounds; round++) {
    a.push(await ours());
    b.push(await theirs());
  }
  return median(a) / median(b);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
