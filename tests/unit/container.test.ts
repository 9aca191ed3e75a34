import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const exists = (path: string) => existsSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
const known = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!);

/** Instructions in order, with lines that go on joined. */
const instructions = read('Dockerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    return name ? [{ name, rest: rest! }] : [];
  });
const all = (name: string) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);
const environment = Object.fromEntries(all('ENV').flatMap((rest) => rest.split(/ +/).map((pair) => pair.split('='))));
const command = JSON.parse(all('CMD')[0]!) as string[];
const healthCheck = JSON.parse(all('HEALTHCHECK')[0]!.replace(/^.*?CMD /, '')) as string[];

describe('the Dockerfile', () => {
  it('copies only what is there, and what its context holds', () => {
    const copied = all('COPY').flatMap((rest) => rest.split(/ +/).slice(0, -1));
    const held = read('.dockerignore').matchAll(/^!(.*)$/gm);
    expect(copied).toEqual(expect.arrayContaining(['src', 'db', 'scripts', 'package-lock.json']));
    expect(copied.filter((path) => !exists(path))).toEqual([]);
    expect([...held].map(([, path]) => path).sort()).toEqual([...copied].sort());
  });

  it('installs what package-lock.json says, without scripts and development packages', () => {
    expect(all('RUN').join()).toMatch(/npm ci --ignore-scripts --omit=dev/);
  });

  it('runs the program that npm start runs, as an ordinary user', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    expect(command.join(' ').endsWith(`exec ${scripts.start}`)).toBe(true);
    expect(exists(scripts.start.split(' ').find((word) => word.endsWith('.mjs'))!)).toBe(true);
    expect(all('USER')).toEqual(['node']);
    expect(all('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('demands DATABASE_URL', () => {
    const [program, ...args] = command;
    const { PATH } = process.env;
    const { status, stderr } = spawnSync(program!, args, { env: { PATH }, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/DATABASE_URL/);
  });

  it('sets only variables that the configuration knows, to values that it takes', () => {
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(readConfig(environment)).toMatchObject({ host: '0.0.0.0', port: 3000, dataDir: '/data' });
    expect(all('EXPOSE')).toEqual([environment.PORT]);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('is healthy or not as /readyz says: %i', async (status, expected) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((req, res) => {
      asked.push(req.url);
      res.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await exitCodeOf(healthCheck, { PORT: String(port) })).toBe(expected);
    expect(asked).toEqual(['/readyz']);
    server.closeAllConnections();
    server.close();
  });

  it('is unhealthy where nothing answers', async () => {
    expect(await exitCodeOf(healthCheck, { PORT: '9' })).toBe(1);
  });
});

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml'));
  const { database, onrecord } = compose.services;

  it('starts On Record when its database is healthy', () => {
    expect(onrecord.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database.healthcheck.test[1]).toBe('pg_isready');
    expect(database.image).toMatch(/^postgres:\d+$/);
  });

  it('hands over only variables that the configuration knows, with values that it takes', () => {
    expect(Object.keys(onrecord.environment).filter((name) => !known.includes(name))).toEqual([]);
    const values = Object.entries(onrecord.environment as Record<string, string>).map(([name, value]) => [
      name,
      interpolate(value, { POSTGRES_PASSWORD: 'c0ffee' }),
    ]);
    expect(readConfig(Object.fromEntries(values))).toMatchObject({
      databaseUrl: 'postgres://onrecord:c0ffee@database:5432/onrecord',
      publicUrl: 'http://localhost:3000',
      siteName: 'On Record',
      sessionSecret: undefined,
    });
  });

  it('has no password of its own', () => {
    expect(database.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  });

  it('keeps both folders in volumes that it declares', () => {
    const mounts = [...database.volumes, ...onrecord.volumes].map((mount: string) => mount.split(':'));
    expect(mounts.map(([name]) => name).sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(mounts.map(([, folder]) => folder)).toContain(environment.DATA_DIR);
  });

  it('publishes the port that On Record listens on', () => {
    expect(onrecord.ports[0].split(':').at(-1)).toBe(environment.PORT);
  });
});

function interpolate(value: string, given: Record<string, string>): string {
  return value.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_, name: string, otherwise = '') => given[name] ?? otherwise);
}

function exitCodeOf([program, ...args]: string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn(program!, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', resolve));
}
