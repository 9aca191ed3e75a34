// Stops, then freezes, the database under a running server and proves that the server says so, keeps its time, and is back
// without a restart: npm run prove:outage
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '../src/db/embedded.ts';
import { Findings } from './prove/findings.ts';
import { kill, postgresPids, ServerUnderTest } from './prove/server.ts';
import { startWriters } from './prove/writers.ts';

const folder = await mkdtemp(join(tmpdir(), 'onrecord-outage-'));
let database = await startEmbedded(folder);
const server = await ServerUnderTest.make({ DATABASE_URL: database.url, DATA_DIR: folder });
const findings = new Findings();

const outages = {
  async stopped() {
    await database.stop();
    return async () => {
      database = await startEmbedded(folder);
    };
  },
  async frozen() {
    const { postmaster, children } = await postgresPids(folder);
    for (const pid of [postmaster, ...children]) kill(pid, 'SIGSTOP');
    return async () => {
      for (const pid of [postmaster, ...children]) kill(pid, 'SIGCONT');
    };
  },
};

try {
  await server.start();
  const token = await server.token('editor');
  for (const [name, begin] of Object.entries(outages)) {
    const writers = startWriters(server.origin, token, 8);
    await sleep(1000);
    const end = await begin();
    const ready = await timed('/readyz');
    const live = await timed('/livez');
    const read = await timed('/api/v1/people/donald-trump/timeline?limit=7');
    await sleep(8000);
    const acknowledged = writers.ledger.size;
    await end();
    const begun = performance.now();
    await server.ready();
    while (writers.ledger.size === acknowledged && performance.now() - begun < 20_000) await sleep(20);
    const back = Math.round(performance.now() - begun);
    await writers.stop();
    findings.expect(`${name}: /livez 200`, live.status === 200, live.status);
    findings.expect(
      `${name}: /readyz 503 within 2 s`,
      ready.status === 503 && ready.ms <= 2000,
      `${ready.status}, ${ready.ms} ms`,
    );
    findings.expect(`${name}: a read ends within 5 s`, read.ms <= 5000, `${read.status}, ${read.ms} ms`);
    findings.expect(
      `${name}: every write ended within 5 s`,
      writers.slowest() <= 5000,
      `${Math.round(writers.slowest())} ms`,
    );
    findings.expect(`${name}: normal within 3 s of its return`, back <= 3000, `${back} ms`);
  }
} finally {
  await server.end('SIGKILL');
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = findings.exitCode;

async function timed(path: string): Promise<{ status: number; ms: number }> {
  const begun = performance.now();
  const status = await fetch(server.origin + path, { signal: AbortSignal.timeout(15_000) }).then(
    (answer) => answer.status,
    () => 0,
  );
  return { status, ms: Math.round(performance.now() - begun) };
}
