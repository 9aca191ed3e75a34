// Restarts the server with SIGTERM under load and proves that no request in flight is dropped: npm run prove:drain -- [--restarts 10]
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from 'commander';
import { startEmbedded } from '../src/db/embedded.ts';
import { ServerUnderTest } from './prove/server.ts';

program.option('--restarts <n>', 'how many', '10').parse();
const restarts = Number(program.opts<{ restarts: string }>().restarts);

const folder = await mkdtemp(join(tmpdir(), 'onrecord-drain-'));
const database = await startEmbedded(folder);
const server = await ServerUnderTest.make({ DATABASE_URL: database.url, DATA_DIR: folder });
const tally = { answered: 0, refused: 0, dropped: 0 };
let stopping = false;

try {
  await server.start();
  const readers = Array.from({ length: 16 }, () => readAndRead(new Agent({ keepAlive: true, maxSockets: 1 })));
  for (let n = 0; n < restarts; n++) {
    await sleep(1000);
    await server.end('SIGTERM');
    await server.start();
  }
  stopping = true;
  await Promise.all(readers);
  console.log(
    `${restarts} restarts: ${tally.answered} answered, ${tally.refused} refused before they were sent, ${tally.dropped} dropped`,
  );
  if (tally.dropped > 0) process.exitCode = 1;
} finally {
  await server.end('SIGKILL');
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}

async function readAndRead(agent: Agent): Promise<void> {
  for (let n = 0; !stopping; n++) {
    // Different addresses, so that some are asked of the database and some of the memory.
    const outcome = await read(agent, `/api/v1/people/donald-trump/timeline?limit=${1 + (n % 100)}`);
    tally[outcome]++;
    if (outcome === 'refused') await sleep(20);
  }
}

/** A request is dropped when its connection was made and it got no whole answer. */
function read(agent: Agent, path: string): Promise<keyof typeof tally> {
  return new Promise((resolve) => {
    const asked = request(server.origin + path, { agent }, (answer) => {
      answer.on('error', () => resolve('dropped')).on('end', () => resolve(answer.complete ? 'answered' : 'dropped'));
      answer.resume();
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'dropped'));
    asked.end();
  });
}
