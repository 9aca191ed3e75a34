import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { type Embedded, findEmbedded, startEmbedded } from '../../src/db/embedded.ts';
import { platformPackage } from '../../src/db/embedded-binaries.ts';
import { holdServer } from '../../src/db/one-server.ts';

jest.setTimeout(30_000);

const quick = { settings: { fsync: 'off' } };
const isRoot = process.getuid?.() === 0;
const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all'];
// Where the checkout lies in a folder only root can enter, an ordinary user cannot run it.
const nobodyCanRunUs = isRoot && spawnSync('setpriv', [...asNobody, 'ls', import.meta.dirname]).status === 0;

const folders: string[] = [];
const running: Embedded[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const embedded of running.splice(0)) await embedded.stop();
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('is made on the first start, and has its data after the next', async () => {
    const dataDir = await aFolder();
    const first = await start(dataDir);
    await query(first.url, 'create table note as select 1 as kept');
    expect(await findEmbedded(dataDir)).toBe(first.url);
    expect((await stat(join(dataDir, 'postgres', 'onrecord-password'))).mode & 0o777).toBe(0o600);
    await first.stop();
    expect(await findEmbedded(dataDir)).toBeUndefined();

    const second = await start(dataDir);
    expect(second.adopted).toBe(false);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select kept from note')).toEqual([{ kept: 1 }]);
  });

  it('sorts by code point, speaks UTF-8 and gives the server no superuser', async () => {
    const { url } = await start(await aFolder());
    const [row] = await query(
      url,
      `select current_setting('server_encoding') as encoding, usesuper, usecreatedb, lower('ÅÉ') as lower, 'Z' < 'a' as sorted
       from pg_user where usename = current_user`,
    );
    expect(row).toEqual({ encoding: 'UTF8', usesuper: false, usecreatedb: true, lower: 'åé', sorted: true });
  });

  it('is adopted after its server was killed', async () => {
    const dataDir = await aFolder();
    const server = await aServer(dataDir);
    const client = await connect(server.url);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');

    const adopted = await start(dataDir);
    expect(adopted).toMatchObject({ adopted: true, url: server.url });
    expect((await client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
    await client.end();
    await adopted.stop();
    expect(await findEmbedded(dataDir)).toBeUndefined();
  });

  it('starts again while children of a killed postmaster still work', async () => {
    const dataDir = await aFolder();
    const server = await aServer(dataDir);
    await query(server.url, 'create table note as select 1 as kept');
    const client = await connect(server.url);
    const working = client.query('select count(*) from generate_series(1, 8000000)').catch(() => undefined);
    await sleep(50);
    server.child.kill('SIGKILL');
    process.kill(await postmasterOf(dataDir), 'SIGKILL');

    const again = await start(dataDir);
    expect(again.adopted).toBe(false);
    expect(await query(again.url, 'select kept from note')).toEqual([{ kept: 1 }]);
    await working;
    await client.end();
  });

  it('starts where a stranger has the pid of its last postmaster', async () => {
    const dataDir = await aFolder();
    const first = await start(dataDir);
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();
    const stranger = isRoot && nobodyCanRunUs ? spawn('setpriv', [...asNobody, 'sleep', '60']) : spawn('sleep', ['60']);
    children.push(stranger);
    await writeFile(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'));
    if (isRoot) await chown(pidFile, ...(await ownerOf(join(dataDir, 'postgres'))));

    expect(await findEmbedded(dataDir)).toBeUndefined();
    expect((await start(dataDir)).adopted).toBe(false);
  });

  it.each([50, 300, 600])('survives a first start that was killed after %i ms', async (after) => {
    const dataDir = await aFolder();
    const child = aChild(dataDir);
    await once(child, 'spawn');
    for (let waited = 0; waited < 5000 && (await readdir(dataDir)).length === 0; waited += 10) await sleep(10);
    await sleep(after);
    child.kill('SIGKILL');
    const { url } = await start(dataDir);
    expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    expect((await readdir(dataDir)).filter((name) => name.includes('draft'))).toEqual([]);
  });

  it('is one and the same for two starts at once', async () => {
    const dataDir = await aFolder();
    const [one, other] = await Promise.all([aServer(dataDir), start(dataDir)]);
    expect(one.url).toBe(other.url);
    expect(await query(one.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  it('comes back on the same port when its postmaster is killed', async () => {
    const dataDir = await aFolder();
    const embedded = await start(dataDir);
    const pool = new pg.Pool({ connectionString: embedded.url });
    pool.on('error', () => undefined);
    await pool.query('create table note as select 1 as kept');
    const lost = jest.fn();
    const hold = await holdServer(embedded.url, lost);
    process.kill(await postmasterOf(dataDir), 'SIGKILL');

    for (let waited = 0; lost.mock.calls.length === 0 && waited < 5000; waited += 20) await sleep(20);
    expect(lost).toHaveBeenCalledTimes(1);
    await embedded.ensureRunning();
    expect((await pool.query('select kept from note')).rows).toEqual([{ kept: 1 }]);

    process.kill(await postmasterOf(dataDir), 'SIGKILL');
    await untilAnswers(pool); // now without being asked
    await hold?.release();
    await pool.end();
  });

  it('says what PostgreSQL said when it does not start', async () => {
    const starting = startEmbedded(await aFolder(), { settings: { fsync: 'off', work_mem: 'plenty' } });
    await expect(starting).rejects.toThrow(/invalid value for parameter "work_mem": "plenty"/);
  });

  it('asks for DATABASE_URL on a platform it has no PostgreSQL for', () => {
    expect(() => platformPackage('sunos', 'x64')).toThrow(/sunos-x64 .* Set DATABASE_URL/);
  });
});

describe('the hold of the one server', () => {
  it('is refused while another has it, and is free again after', async () => {
    const { url } = await start(await aFolder());
    const first = await holdServer(url);
    expect(first).toBeDefined();
    expect(await holdServer(url)).toBeUndefined();
    await first?.release();
    const second = await holdServer(url);
    expect(second).toBeDefined();
    await second?.release();
  });

  it('ends with its server, however that ends', async () => {
    const dataDir = await aFolder();
    const server = await aServer(dataDir);
    expect(await holdServer(server.url)).toBeUndefined();
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    const adopted = await start(dataDir);
    const hold = await holdServer(adopted.url);
    expect(hold).toBeDefined();
    await hold?.release();
  });
});

(isRoot ? describe : describe.skip)('the embedded database of root', () => {
  it('runs as somebody else, in a folder only root can enter', async () => {
    const dataDir = join(await aFolder(homedir()), 'data');
    const { url } = await start(dataDir);
    expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0);
  });

  (nobodyCanRunUs ? it : it.skip)('stays with the ordinary user who made it', async () => {
    const dataDir = await aFolder();
    await chown(dataDir, 65534, 65534);
    const server = await aServer(dataDir, ['setpriv', ...asNobody]);
    expect(await query(server.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    server.child.kill('SIGKILL');
    await (await start(dataDir)).stop();

    const again = await start(dataDir);
    expect(again.adopted).toBe(false);
    expect((await stat(join(dataDir, 'postgres'))).uid).toBe(65534);
  });

  (nobodyCanRunUs ? it : it.skip)('tells an ordinary user whose it is', async () => {
    const dataDir = await aFolder();
    const owner = 1;
    await mkdir(join(dataDir, 'postgres'), { mode: 0o700 });
    await chown(join(dataDir, 'postgres'), owner, owner);
    await expect(aServer(dataDir, ['setpriv', ...asNobody])).rejects.toThrow(/belongs to another user/);
  });
});

async function aFolder(parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, 'onrecord-test-'));
  folders.push(folder);
  await chmod(folder, parent === tmpdir() ? 0o755 : 0o700);
  return folder;
}

async function start(dataDir: string): Promise<Embedded> {
  const embedded = await startEmbedded(dataDir, quick);
  running.push(embedded);
  return embedded;
}

// A server in a process of its own, for killing; whoever kills it stops the database that it leaves.
async function aServer(dataDir: string, prefix: string[] = []): Promise<{ child: ChildProcess; url: string }> {
  const child = aChild(dataDir, prefix);
  let said = '';
  child.stderr!.on('data', (text) => (said += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (text) => resolve(String(text).trim()));
    child.on('close', () => reject(new Error(said)));
  });
  return { child, url };
}

function aChild(dataDir: string, prefix: string[] = []): ChildProcess {
  const program = `
    import { startEmbedded } from '${new URL('../../src/db/embedded.ts', import.meta.url)}';
    import { holdServer } from '${new URL('../../src/db/one-server.ts', import.meta.url)}';
    const { url } = await startEmbedded('${dataDir}', ${JSON.stringify(quick)});
    await holdServer(url);
    console.log(url);
    setInterval(() => {}, 1000);`;
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program];
  const [command, ...args] = [...prefix, ...node];
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = await connect(url);
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

async function untilAnswers(pool: pg.Pool): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

async function ownerOf(path: string): Promise<[number, number]> {
  const { uid, gid } = await stat(path);
  return [uid, gid];
}
