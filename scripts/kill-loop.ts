// Kills the server, its database, or both, while claims are logged, and proves that what was acknowledged is there whole:
// npm run prove:kill -- [--kills 100] [--writers 16]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from 'commander';
import pg from 'pg';
import { findEmbedded } from '../src/db/embedded.ts';
import { backendPids, kill, postgresPids, ServerUnderTest } from './prove/server.ts';
import { startWriters, type Writers } from './prove/writers.ts';

program.option('--kills <n>', 'how many', '100').option('--writers <n>', 'clients at once', '16').parse();
const { kills, writers: clients } = program.opts<{ kills: string; writers: string }>();

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
    const blow = pick(Object.keys(blows) as (keyof typeof blows)[])!;
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
  const { lost, half, twice } = await audit(writers);
  await server.end('SIGTERM');
  const slowest = Math.round(Math.max(...recoveries));
  console.log(
    `${kills} kills, ${writers.ledger.size} acknowledged: ${lost} lost, ${half} half-written, ${twice} made twice; slowest recovery ${slowest} ms`,
  );
  if (lost + half + twice > 0 || slowest > 10_000) process.exitCode = 1;
} finally {
  await server.end('SIGKILL');
  await stopDatabase();
  await rm(dataDir, { recursive: true, force: true });
}

/** Compares the ledger with the database itself. */
async function audit({ ledger }: Writers) {
  const client = new pg.Client({ connectionString: (await findEmbedded(dataDir))! });
  await client.connect();
  const { rows } = await client.query<{ id: string; text: string; parts: string }>(`
    select c.id, c.text,
           (select count(*) from claim_topics t where t.claim_id = c.id)
           || ' ' || (select count(*) from positions p join statements s on s.id = p.statement_id and s.quote = c.text where p.claim_id = c.id)
           || ' ' || (select count(*) from positions p join citations x on x.statement_id = p.statement_id where p.claim_id = c.id)
           || ' ' || (select count(*) from slugs where record_id = c.id)
           || ' ' || (select count(*) from idempotency i where i.body::json ->> 'id' = c.id::text) as parts
      from claims c where c.text like 'Claim %'`);
  await client.end();
  const found = new Map(rows.map((row) => [row.id, row.text]));
  return {
    lost: [...ledger].filter(([id, text]) => found.get(id) !== text).length,
    half: rows.filter((row) => row.parts !== '1 1 1 1 1').length,
    twice: rows.length - new Set(rows.map((row) => row.text)).size,
  };
}

async function stopDatabase(): Promise<void> {
  const pids = await postgresPids(dataDir).catch(() => undefined);
  if (pids) kill(pids.postmaster, 'SIGQUIT');
  await sleep(500);
}

function pick<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(Math.random() * from.length)];
}
