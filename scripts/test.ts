// Runs the tests on a PostgreSQL of their own or, with TEST_DATABASE_URL, on the server named; arguments go to jest.
// Those in tests/browser need Chromium and are left out where there is none.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '../src/db/embedded.ts';
import { migrate } from '../src/db/migrate.ts';
import { findChromium } from './chromium.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.slice(2);
const chromium = findChromium();
if (!chromium && asked.some((argument) => argument.startsWith('tests/browser'))) {
  console.error('These tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM.');
  process.exit(1);
}
const server = process.env.TEST_DATABASE_URL ? given(process.env.TEST_DATABASE_URL) : await embedded();
try {
  const template = await makeTemplate(server.url);
  process.exitCode = await jest({ TEST_DATABASE_URL: server.url, TEST_TEMPLATE: template, CHROMIUM: chromium ?? '' });
  await admin(server.url, `drop database ${template} with (force)`);
} finally {
  await server.stop();
}

function given(url: string) {
  return { url, stop: async () => {} };
}

async function embedded() {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-test-'));
  // What a power cut would lose does not matter here.
  const { url, stop } = await startEmbedded(folder, {
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  return {
    url,
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A migrated, empty database that each test file clones. */
async function makeTemplate(url: string): Promise<string> {
  const template = `onrecord_test_template_${process.pid}`;
  await admin(url, `create database ${template}`);
  const of = new URL(url);
  of.pathname = `/${template}`;
  await migrate(of.href);
  return template;
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function jest(env: Record<string, string>): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...asked,
      ...(chromium ? [] : ['--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=/tests/browser/']),
    ],
    {
      cwd: project,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    },
  );
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
