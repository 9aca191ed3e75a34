import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from '../node-flags.ts';
import type { Kind } from './server.ts';

const CLIENTS = 16;

export interface Served {
  kind: Kind;
  origin: string;
  /** Resident memory at its highest, in MB. */
  peakMemory(): Promise<number>;
  stop(): Promise<void>;
}

/** Where server.ts is compiled to, as the program that an operator runs is. */
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/onrecord-bench', import.meta.url));
let compiled: string | undefined;

function compiledServer(): string {
  const compiler = fileURLToPath(new URL('../compile.mjs', import.meta.url));
  rmSync(FOLDER, { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, FOLDER, 'scripts/bench/server.ts'], { stdio: 'inherit' });
  return join(FOLDER, 'server.mjs');
}

/** Starts one of the servers of server.ts. */
export async function serve(kind: Kind, url: string): Promise<Served> {
  compiled ??= compiledServer();
  // On Record as `npm start` runs it, a peer as node does by itself.
  const flags = kind.startsWith('onrecord') ? nodeFlags('start') : [];
  const child = spawn(process.execPath, [...flags, compiled, kind, url], {
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
  /** Whether the readers have each answer already, and say so. */
  asKnown?: boolean;
  /** Whether they take compressed answers. */
  zipped?: boolean;
  seconds?: number;
}

/**
 * Requests per second that a server answers to 16 clients with an open connection each. The clients only count bytes, so
 * that the server is the slower side: each answer is as long as the first one to its address. Throws on any other.
 */
export async function requestsPerSecond(
  { origin }: Served,
  { paths, asKnown = false, zipped = false, seconds = 2 }: Load,
): Promise<number> {
  const asked = await Promise.all(
    paths.map((path) => firstAnswer(origin, path, asKnown, zipped ? 'accept-encoding: gzip\r\n' : '')),
  );
  const begun = performance.now();
  const until = begun + seconds * 1000;
  const counts = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => ask(origin, asked, n, until)));
  return (counts.reduce((sum, count) => sum + count, 0) / (performance.now() - begun)) * 1000;
}

interface Asked {
  request: string;
  /** The first line of the answer, and the bytes of all of it. */
  status: string;
  length: number;
}

/** A request without a body; each line of `headers` ends in CRLF. */
export function requestOf(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}\r\n`;
}

/** A connection to a server. */
export function open(origin: string): Socket {
  const { hostname, port } = new URL(origin);
  return connect({ host: hostname, port: Number(port), noDelay: true });
}

/** Asked twice, as the header of the very first answer may be longer. */
async function firstAnswer(origin: string, path: string, asKnown: boolean, headers: string): Promise<Asked> {
  const socket = open(origin);
  const { etag } = await exchange(socket, requestOf(path, headers));
  const request = requestOf(path, asKnown ? `${headers}if-none-match: ${etag}\r\n` : headers);
  const { status, length } = await exchange(socket, request);
  socket.destroy();
  if (!status.includes(asKnown ? ' 304 ' : ' 200 ')) throw new Error(`${path}: ${status}`);
  return { request, status, length };
}

/** Sends a request and takes its whole answer. */
export function exchange(
  socket: Socket,
  request: string,
): Promise<{ status: string; length: number; etag: string | undefined }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const status = text.slice(0, text.indexOf('\r\n'));
      const header = text.slice(0, end);
      const body = status.includes(' 304 ') ? 0 : Number(/content-length: (\d+)/i.exec(header)?.[1] ?? Number.NaN);
      if (!(text.length >= end + 4 + body)) return;
      socket.off('data', take).off('error', reject);
      resolve({ status, length: text.length, etag: /^etag: (.*)$/im.exec(header)?.[1] });
    };
    socket.on('data', take).once('error', reject);
    socket.write(request);
  });
}

/** One client, asking for one address after another until the time is over; resolves with how often it was answered. */
function ask(origin: string, asked: Asked[], first: number, until: number): Promise<number> {
  const socket = open(origin);
  let n = first;
  let missing = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      if (performance.now() > until) {
        socket.destroy();
        return resolve(answered);
      }
      const one = asked[n++ % asked.length]!;
      missing = one.length;
      socket.write(one.request);
    };
    socket.on('error', reject).on('data', (chunk: Buffer) => {
      const begins = missing === asked[(n - 1) % asked.length]!.length;
      if (begins && !chunk.subarray(0, 12).equals(Buffer.from(asked[(n - 1) % asked.length]!.status.slice(0, 12))))
        return reject(new Error(`${origin}: ${chunk.subarray(0, 30)}`));
      missing -= chunk.length;
      if (missing < 0) return reject(new Error(`${origin}: an answer was longer than the first one`));
      if (missing > 0) return;
      answered++;
      next();
    });
    socket.on('connect', next);
  });
}

/** The ratio of the medians of two measures taken in turn, so that the machine's moods fall on both. */
export async function ratio(ours: () => Promise<number>, theirs: () => Promise<number>, rounds = 3): Promise<number> {
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
