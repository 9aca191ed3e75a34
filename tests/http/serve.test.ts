import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { findEmbedded, startEmbedded } from '../../src/db/embedded.ts';

jest.setTimeout(90_000);

const program = fileURLToPath(new URL('../../scripts/onrecord.mjs', import.meta.url));
const timeline = '/api/v1/people/donald-trump/timeline';

const folders: string[] = [];
const children: ChildProcessWithoutNullStreams[] = [];
let dataDir: string;
let port: number;
let base: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'onrecord-serve-'));
  folders.push(dataDir);
  port = await freePort();
  base = `http://localhost:${port}`;
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  if (await findEmbedded(dataDir)) await (await startEmbedded(dataDir)).stop();
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('onrecord serve', () => {
  it('starts from nothing, shows the demonstration record and a link that works once, and ends in good order', async () => {
    const server = await serve();
    expect(addressesIn(server.said())).toEqual([
      `${base}/people/donald-trump`,
      `${base}/api/docs`,
      expect.stringMatching(`^${base}/setup/`),
    ]);
    expect(((await (await fetch(`${base}${timeline}`)).json()) as { items: unknown[] }).items).toHaveLength(4);
    expect((await stat(join(dataDir, 'session-secret'))).mode & 0o777).toBe(0o600);

    const [, , link = ''] = addressesIn(server.said());
    const form = { name: 'Ada <Lovelace>', email: 'ada@example.org', password: 'a long pass phrase' };
    expect((await send(link, { ...form, password: 'short' })).status).toBe(422);
    const elsewhere = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(elsewhere.status).toBe(403);
    const answers = await Promise.all([send(link, form), send(link, { ...form, email: 'eve@example.org' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
    const welcome = answers.find(({ status }) => status === 201)?.html ?? '';
    expect(welcome).toContain('Welcome, Ada &lt;Lovelace>');
    expect(new Set(welcome.match(/onr_[0-9A-Za-z]{36}/g))).toHaveProperty('size', 2);
    expect((await fetch(link)).status).toBe(410);

    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(await findEmbedded(dataDir)).toBeUndefined();

    const begun = performance.now();
    const again = await serve();
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(again.said()).not.toContain('/setup/');
  });

  it('refuses to run twice on one folder, and harms nothing', async () => {
    const first = await serve();
    const second = run(['serve'], { PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.complained()).toMatch(/^On Record already runs on this data/);
    expect((await fetch(`${base}${timeline}?limit=1`)).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('starts again after it was killed', async () => {
    const first = await serve();
    first.child.kill('SIGKILL');
    await first.ended;
    await serve();
    expect((await fetch(`${base}${timeline}`)).status).toBe(200);
  });

  it('goes on when its database was killed, and still lets no second server in', async () => {
    const server = await serve();
    const [postmaster] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    while (!server.complained().includes('PostgreSQL is back')) await once(server.child.stderr, 'data');
    expect((await fetch(`${base}${timeline}?limit=2`)).status).toBe(200);
    expect(await run(['serve'], { PORT: String(await freePort()) }).ended).toBe(1);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(await findEmbedded(dataDir)).toBeUndefined();
  });

  it('says in a sentence that its port is in use, and leaves nothing running', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const server = run(['serve']);
    expect(await server.ended).toBe(1);
    expect(server.complained()).toMatch(/Port \d+ of 127.0.0.1 is in use/);
    expect(await findEmbedded(dataDir)).toBeUndefined();
    other.close();
  });

  it('drops no request when it ends', async () => {
    const server = await serve();
    const agent = new Agent({ keepAlive: true });
    const answered = { before: 0, after: 0 };
    let asked = false;
    const client = async () => {
      for (;;) {
        const answer = await ask(`${base}/api/v1/claims?limit=1`, agent);
        if (answer === 'ECONNREFUSED') return; // a new connection after the end: nothing was dropped
        if (answer !== 200) throw new Error(`A request got ${answer}`);
        answered[asked ? 'after' : 'before']++;
      }
    };
    const clients = Array.from({ length: 8 }, client);
    await new Promise((resolve) => setTimeout(resolve, 500));
    asked = true;
    server.child.kill('SIGTERM');
    server.child.kill('SIGTERM'); // npm and the terminal each send one
    await Promise.all(clients);
    expect(await server.ended).toBe(0);
    expect(answered.before).toBeGreaterThan(8);
    expect(answered.after).toBeGreaterThan(0);
  });
});

describe('the command line', () => {
  it('makes a token in a new, empty folder, and beside the running server', async () => {
    const first = JSON.parse(await command(['token', 'create', '--name', 'Desk', '--role', 'editor', '--json']));
    expect(first).toEqual({
      id: expect.any(String),
      name: 'Desk',
      role: 'editor',
      token: expect.stringMatching(/^onr_/),
      expiresAt: expect.any(String),
    });
    expect(await findEmbedded(dataDir)).toBeUndefined();

    const server = await serve();
    expect(addressesIn(server.said())[0]).toBe(`${base}/people/donald-trump`); // a token is no record
    const second = JSON.parse(
      await command(['token', 'create', '--name', 'Other', '--role', 'editor', '--days', '1', '--json']),
    );
    expect(await addPerson(first.token)).toBe(201);
    expect(await addPerson(second.token)).toBe(201);
    await command(['token', 'revoke', second.id]);
    expect(await addPerson(second.token)).toBe(401);
    expect(JSON.parse(await command(['token', 'list', '--json']))).toHaveLength(2);
    const user = JSON.parse(
      await command(['user', 'create', '--name', 'Eve', '--email', 'eve@example.org', '--role', 'reviewer', '--json']),
    );
    expect(await (await fetch(user.link)).text()).toContain('value="eve@example.org"');
  });

  it('loads the demonstration record once, and lets several commands share the database', async () => {
    const [seeded] = await Promise.all([command(['seed']), command(['token', 'list']), command(['migrate'])]);
    expect(seeded).toMatch(/^The demonstration record is loaded/);
    expect(await command(['seed'])).toMatch(/^The database is not empty/);
    expect(await findEmbedded(dataDir)).toBeUndefined();
  });

  it('says what is wrong in a sentence', async () => {
    const bad = run(['migrate'], { PORT: 'x', LOG_LEVEL: 'loud' });
    expect(await bad.ended).toBe(1);
    expect(bad.complained()).toMatch(/^PORT must be .*\nLOG_LEVEL must be .*\n$/);
    const away = run(['migrate'], { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' });
    expect(await away.ended).toBe(1);
    expect(away.complained()).toMatch(/^The database cannot be used.*\n$/);
  });
});

function run(args: string[], env: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH, HOME, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', ...env },
  });
  children.push(child);
  let said = '';
  let complained = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (complained += data));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, ended, said: () => said, complained: () => complained };
}

async function serve() {
  const server = run(['serve'], { LOG_LEVEL: 'info' });
  const ended = server.ended.then((code) => Promise.reject(new Error(`It ended with ${code}: ${server.complained()}`)));
  ended.catch(() => {});
  const ready = async () => {
    while (!server.said().includes('/api/docs')) await once(server.child.stdout, 'data');
  };
  await Promise.race([ready(), ended]);
  return server;
}

async function command(args: string[]): Promise<string> {
  const { ended, said, complained } = run(args);
  expect([await ended, complained()]).toEqual([0, '']);
  return said();
}

async function addPerson(token: string): Promise<number> {
  const answer = await fetch(`${base}/api/v1/people`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Somebody' }),
  });
  return answer.status;
}

async function send(link: string, form: Record<string, string>): Promise<{ status: number; html: string }> {
  const answer = await fetch(link, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, html: await answer.text() };
}

function ask(url: string, agent: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    get(url, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    }).on('error', (error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }) => {
      resolve(error.code ?? error.errors?.[0]?.code ?? error.message);
    });
  });
}

const addressesIn = (text: string): string[] => text.match(/https?:\S+/g) ?? [];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
