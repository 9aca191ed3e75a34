import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { connect } from '../db/connect.ts';
import { platformPackage } from '../db/embedded-binaries.ts';
import { knownSteps } from '../db/migrate.ts';
import type { Database } from '../db/types.ts';
import { explain } from './explain.ts';
import { openDatabase } from './open-database.ts';

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
}

/** Checks whether On Record can run here and says what is wrong. Returns the exit code. */
export async function doctor(config: Config, { json }: { json?: true }): Promise<number> {
  const findings = [
    await examine('data folder', () => tryDataFolder(config)),
    await examine('PostgreSQL', async () =>
      config.databaseUrl ? 'named by DATABASE_URL' : `embedded, from ${platformPackage()}`,
    ),
    ...(await examineDatabase(config)),
    await examine('server', () => askServer(config)),
  ];
  if (json) console.log(JSON.stringify({ ok: findings.every(({ ok }) => ok), findings }));
  else for (const { check, ok, detail } of findings) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${check}: ${detail}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

async function examine(check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await look() };
  } catch (error) {
    return { check, ok: false, detail: explain(error) };
  }
}

async function tryDataFolder({ dataDir }: Config): Promise<string> {
  const probe = join(dataDir, `.probe-${process.pid}`);
  await mkdir(dataDir, { recursive: true });
  await writeFile(probe, '');
  await rm(probe);
  return `${dataDir} can be written to`;
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  const opened = await openDatabase(config).catch((error: unknown) => ({ error }));
  if ('error' in opened) return [{ check: 'database', ok: false, detail: explain(opened.error) }];
  const db = connect(opened.url, { publicUrl: config.publicUrl, max: 1 });
  try {
    return [await examine('database', () => askVersion(db)), await examine('schema', () => askSchema(db))];
  } finally {
    await db.destroy();
    await opened.leave();
  }
}

async function askVersion(db: Database): Promise<string> {
  const { rows } = await sql<{ number: number; version: string; encoding: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
           current_setting('server_encoding') as encoding`.execute(db);
  const { number, version, encoding } = rows[0]!;
  if (number < 150_000) throw new Error(`PostgreSQL ${version} is too old: On Record needs 15 or newer.`);
  if (encoding !== 'UTF8') throw new Error(`The database is encoded in ${encoding}: make one with encoding 'UTF8'.`);
  return `PostgreSQL ${version} answers`;
}

async function askSchema(db: Database): Promise<string> {
  const { rows } = await sql<{ exists: boolean }>`select to_regclass('kysely_migration') is not null as exists`.execute(
    db,
  );
  const taken = rows[0]!.exists
    ? (await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows.map((row) => row.name)
    : [];
  const steps = await knownSteps();
  const missing = steps.filter((step) => !taken.includes(step));
  const unknown = taken.filter((step) => !steps.includes(step));
  if (unknown.length)
    throw new Error(`The database was used by a newer version of On Record (${unknown.join(', ')}): update this one.`);
  return missing.length ? `${missing.length} steps are still to be taken; the next start takes them` : 'present';
}

/** Whether it runs is not for us to judge; whether it is well, if it runs, is. */
async function askServer({ publicUrl }: Config): Promise<string> {
  const answer = await fetch(`${publicUrl}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  if (!answer) return `does not run, or cannot be reached from here at ${publicUrl}`;
  if (!answer.ok) throw new Error(`answers ${answer.status} at ${publicUrl}/readyz`);
  return `runs at ${publicUrl}`;
}
