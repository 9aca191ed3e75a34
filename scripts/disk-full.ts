// Fills the disk under a running server and proves that writes are refused, reads go on, nothing acknowledged is lost, and
// it recovers by itself. Needs root, for a small file system of its own: npm run prove:disk
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from './prove/audit.ts';
import { Findings } from './prove/findings.ts';
import { endPostgres, ServerUnderTest } from './prove/server.ts';
import { startWriters } from './prove/writers.ts';

const disk = await mkdtemp(join(tmpdir(), 'onrecord-disk-'));
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk]);
const dataDir = join(disk, 'data');
const filler = join(disk, 'filler');
const findings = new Findings();
await mkdir(dataDir);
const server = await ServerUnderTest.make({ DATA_DIR: dataDir });

try {
  await server.start();
  const writers = startWriters(server.origin, await server.token('editor'), 8);
  await sleep(2000);

  await fill(filler);
  const reads: number[] = [];
  const refusedBefore = refused(writers.statuses);
  for (let n = 0; n < 100; n++) {
    reads.push(
      await fetch(`${server.origin}/api/v1/people/donald-trump/timeline?limit=${1 + (n % 100)}`).then(
        (answer) => answer.status,
        () => 0,
      ),
    );
    await sleep(100);
  }
  findings.expect(
    'writes are answered with 503 or 507',
    refused(writers.statuses) > refusedBefore,
    Object.fromEntries(writers.statuses),
  );
  findings.expect(
    'reads go on',
    reads.every((status) => status === 200),
    `${reads.filter((status) => status !== 200).length} of 100 failed`,
  );

  await rm(filler);
  const acknowledged = writers.ledger.size;
  const begun = performance.now();
  while (writers.ledger.size === acknowledged && performance.now() - begun < 60_000) await sleep(50);
  findings.expect(
    'it recovers without a restart',
    writers.ledger.size > acknowledged,
    `${Math.round(performance.now() - begun)} ms`,
  );
  await writers.stop();
  const { lost, half, twice } = await audit(dataDir, writers.ledger);
  findings.expect(
    'nothing acknowledged is lost or half-written',
    lost + half + twice === 0,
    `${writers.ledger.size} acknowledged, ${lost} lost, ${half} half, ${twice} twice`,
  );
} finally {
  await server.end('SIGKILL');
  await endPostgres(dataDir);
  execFileSync('umount', ['-l', disk]);
  await rm(disk, { recursive: true, force: true });
}
process.exitCode = findings.exitCode;

function refused(statuses: Map<number, number>): number {
  return (statuses.get(503) ?? 0) + (statuses.get(507) ?? 0);
}

/** Writes until not a byte fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  for (let size = 1 << 20; size > 0; ) {
    const { bytesWritten } = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
    if (bytesWritten < size) size = Math.floor(size / 2);
  }
  await file.close();
}
