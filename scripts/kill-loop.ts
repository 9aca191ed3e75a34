// Kills the server, its database, or both, while claims are logged, and proves that what was acknowledged is there whole:
// npm run prove:kill -- [--kills 100] [--writers 16]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from 'commander';
import { audit } from './prove/audit.ts';
import { backendPids, endPostgres, kill, postgresPids, ServerUnderTest } from './prove/server.ts';
import { startWriters } from './prove/writers.ts';

program
  .option('--kills <n>', 'how many', '100')
  .option('--writers <n>', 'clients at once', '16')
  .option('--blows <names...>', 'of: server, postmaster, backend, all')
  .parse();
const { kills, writers: clients, blows: only } = program.opts<{ kills: string; writers: string; blows?: Blow[] }>();
type Blow = keyof typeof blows;

const dataDir = await mkdtemp(join(tmpdir(), 'onrecord-kill-'));
const server = await ServerUnderTest.make({ DATA_DIR: dataDir });
const blows = {
  server: async () => server.end('SIGKILL'),
  postmaster: async () => kill((await postgresPids(dataDir)).postmaster, 'SIGKILL'),
  backend: async () => kill(pick(await backendPids(dataDir)) ?? (await postgresPids(dataDir)).postmaster, 'SIGKILL'),
  all: async () => {
    const { postmaster, children } = await postgresPids(dataDir);
    for (const pid of [server.pid, postmaster, ...children]) kill(pid, 'SIGKILL');
    await server.end('SIGKILL');
  },
};

try {
  await server.start();
  const writers = startWriters(server.origin, await server.token('editor'), Number(clients));
  const recoveries: number[] = [];
  for (let n = 1; n <= Number(kills); n++) {
    await sleep(300 + Math.random() * 700);
    const blow = pick(only ?? (Object.keys(blows) as Blow[]))!;
    await blows[blow]();
    const begun = performance.now();
    if (blow === 'server' || blow === 'all') await server.start();
    else await server.ready();
    recoveries.push(performance.now() - begun);
    console.log(
      `kill ${n}: ${blow}, ready after ${Math.round(recoveries.at(-1)!)} ms, ${writers.ledger.size} claims acknowledged`,
    );
  }
  await writers.stop();
  const { lost, half, twice } = await audit(dataDir, writers.ledger);
  await server.end('SIGTERM');
  const slowest = Math.round(Math.max(...recoveries));
  console.log(
    `${kills} kills, ${writers.ledger.size} acknowledged: ${lost} lost, ${half} half-written, ${twice} made twice; slowest recovery ${slowest} ms`,
  );
  if (lost + half + twice > 0 || slowest > 10_000) process.exitCode = 1;
} finally {
  await server.end('SIGKILL');
  await endPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}

function pick<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(Math.random() * from.length)];
}
