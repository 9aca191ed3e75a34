// Imports a large feed, made of real reviews under new ids, at the command line and over HTTP, and proves that little memory
// does, no row is lost, and how near it comes to COPY: npm run prove:import -- [--reviews <real_markup.json>] [--mb 200] [--only cli http] [--json]
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { program } from 'commander';
import { startEmbedded } from '../src/db/embedded.ts';
import { byCopy, freshDatabase } from './bench/imports.ts';
import { report } from './bench/report.ts';
import { nodeFlags } from './node-flags.ts';
import { writeFeed } from './prove/feed.ts';
import { Findings } from './prove/findings.ts';
import { ServerUnderTest } from './prove/server.ts';

const PEAK_MB = { aim: 150, better: 'lower' } as const;
const ROWS_A_SECOND = { aim: 500, better: 'higher' } as const;
const OF_COPY = { aim: 0.3, better: 'higher' } as const;

program
  .option('--reviews <file>', 'ClaimReviews by name, as JSON', '../shared/data/claimreview-fixtures/real_markup.json')
  .option('--mb <n>', 'how large the feed is', '200')
  .option('--only <ways...>', 'cli, http', ['cli', 'http'])
  .option('--json', 'one JSON line a figure', false)
  .parse();
const options = program.opts<{ reviews: string; mb: string; only: string[]; json: boolean }>();

const folder = await mkdtemp(join(tmpdir(), 'onrecord-import-proof-'));
const file = join(folder, 'feed.json');
const reviews = Object.values(JSON.parse(await readFile(options.reviews, 'utf8'))) as Parameters<typeof writeFeed>[1];
const { rows, bare } = await writeFeed(file, reviews, Number(options.mb) * 1e6);
const ways = { cli: atCommandLine, http: overHttp };
const findings = new Findings();

try {
  for (const [name, way] of Object.entries(ways)) {
    if (!options.only.includes(name)) continue;
    const dataDir = join(folder, name);
    await mkdir(dataDir);
    const { id, read, refused, seconds, peakMb } = await way(dataDir);
    report(`import-${name}-peak-mb`, rows, peakMb, PEAK_MB, options.json);
    report(`import-${name}-rows-s`, rows, (read - refused) / seconds, ROWS_A_SECOND, options.json);
    const isWhole = read === rows && refused === bare;
    if (!isWhole || !options.json)
      findings.expect(`${name}: every row is read, and refused only where it says no claim`, isWhole, {
        rows,
        read,
        bare,
        refused,
      });
    if (name === 'cli') report('import-of-copy', rows, await ofCopy(dataDir, id, seconds), OF_COPY, options.json);
    await rm(dataDir, { recursive: true, force: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = findings.exitCode;

interface Outcome {
  id: string;
  read: number;
  refused: number;
  seconds: number;
  /** Resident memory at its highest, of our process alone. */
  peakMb: number;
}

async function atCommandLine(dataDir: string): Promise<Outcome> {
  const onrecord = fileURLToPath(new URL('onrecord.mjs', import.meta.url));
  const env = { ...process.env, DATA_DIR: dataDir };
  await promisify(execFile)(process.execPath, [onrecord, 'migrate'], { env });
  const begun = performance.now();
  const child = spawn(process.execPath, [...nodeFlags('onrecord'), onrecord, 'import', 'claimreview', file, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const peak = watchPeak(child.pid!);
  const printed = await text(child.stdout);
  await ended;
  const { id, rows: counted } = JSON.parse(printed) as { id: string; rows: { read: number; refused: number } };
  return { id, ...counted, seconds: (performance.now() - begun) / 1000, peakMb: await peak.end() };
}

async function overHttp(dataDir: string): Promise<Outcome> {
  const server = await ServerUnderTest.make({ DATA_DIR: dataDir });
  await server.start();
  const peak = watchPeak(server.pid);
  try {
    const headers = { authorization: `Bearer ${await server.token('editor')}`, 'content-type': 'application/json' };
    const begun = performance.now();
    const answer = await fetch(`${server.origin}/api/v1/imports?format=claimreview`, {
      method: 'POST',
      headers,
      body: Readable.toWeb(createReadStream(file)),
      duplex: 'half',
    } as RequestInit);
    if (!answer.ok) throw new Error(await answer.text());
    type Import = { id: string; state: string; report: { rows: { read: number; refused: number } } };
    let imported = (await answer.json()) as Import;
    while (imported.state === 'running') {
      await sleep(250);
      // Where the machine has more to do than it can, there may be no answer, or 503: then it is asked again.
      const now = await fetch(`${server.origin}/api/v1/imports/${imported.id}`, { headers }).catch(() => undefined);
      if (now?.ok) imported = (await now.json()) as Import;
      else if (now && now.status !== 503) throw new Error(await now.text());
    }
    if (imported.state !== 'finished') throw new Error(JSON.stringify(imported));
    return {
      id: imported.id,
      ...imported.report.rows,
      seconds: (performance.now() - begun) / 1000,
      peakMb: await peak.end(),
    };
  } finally {
    await server.end('SIGTERM');
  }
}

/** What COPY takes for the same database rows into the same indexed tables, to what the import took, reading included. */
async function ofCopy(dataDir: string, id: string, seconds: number): Promise<number> {
  const embedded = await startEmbedded(dataDir, { log: () => {} });
  try {
    const copied = await byCopy(embedded.url, await freshDatabase(embedded.url, 'import_copied'), dataDir, id);
    return copied.seconds / seconds;
  } finally {
    await embedded.stop();
  }
}

/** Watches the peak that the kernel keeps, which is gone with the process. */
function watchPeak(pid: number): { end(): Promise<number> } {
  let peakMb = 0;
  let watching = true;
  const done = (async () => {
    while (watching) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      peakMb = Math.max(peakMb, (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024) / 1e6);
      await sleep(100);
    }
  })();
  return {
    async end() {
      watching = false;
      await done;
      return peakMb;
    },
  };
}
