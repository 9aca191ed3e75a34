// Measures reads, writes and memory as ratios to a bare peer in the same run: npm run bench -- [--scale 100000] [--json] [--only timeline].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from 'commander';
import pg from 'pg';
import { connect } from '../src/db/connect.ts';
import { startEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import { asOfFigure, growthFigures, timelineFigures } from './bench/reads.ts';
import { fillRecord, rewriteRecord } from './bench/record.ts';
import { reporter } from './bench/report.ts';
import { writesFigure } from './bench/writes.ts';

const SMALL = 10_000;

program
  .option('--scale <n...>', 'statements in the record', ['10000', '100000', '1000000'])
  .option('--json', 'one JSON line a figure', false)
  .option('--only <names...>', 'of: timeline, growth, as-of, writes')
  .parse();
const { scale, json, only } = program.opts<{ scale: string[]; json: boolean; only?: string[] }>();
const wants = (name: string) => !only || only.includes(name);
const log = (line: string) => process.stderr.write(`${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-'));
const server = await startEmbedded(folder, {
  settings: { shared_buffers: '1GB', max_wal_size: '4GB', checkpoint_timeout: '30min', autovacuum: 'off' },
});
try {
  const small = await makeRecord('small', SMALL);
  for (const statements of scale.map(Number)) {
    const report = reporter(statements, json);
    const record = statements === SMALL ? small : await makeRecord(`scale_${statements}`, statements);
    if (wants('timeline')) await timelineFigures(record.url, report);
    if (wants('growth')) await growthFigures(record.url, small.url, report);
    if (wants('as-of')) await asOfFigure(record.url, record.middle, report);
    if (wants('writes')) await writesFigure(record.url, report);
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A database with so many statements and one old version of every row; `middle` is an instant between the two. */
async function makeRecord(name: string, statements: number): Promise<{ url: string; middle: string }> {
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await admin(server.url, `create database ${name}`);
  await migrate(url.href);
  const db = connect(url.href, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
  const begun = Date.now();
  await fillRecord(db, statements, (line) => log(`  ${line}`));
  const middle = await rewriteRecord(db);
  await db.destroy();
  await analyse(url.href);
  log(`made ${statements} statements in ${Math.round((Date.now() - begun) / 1000)} s`);
  return { url: url.href, middle };
}

/** Autovacuum never analyses an inheritance parent, and is off here so as not to disturb. */
async function analyse(url: string): Promise<void> {
  await admin(url, 'vacuum');
  await admin(url, 'analyze');
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
