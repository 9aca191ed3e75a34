import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { connect } from '../../src/db/connect.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { DB } from '../../src/db/tables.ts';
import type { Database } from '../../src/db/types.ts';
import { fillRecord, MIDDLE } from './record.ts';

/** A database with so many statements, and one old version of every row. */
export interface Filled {
  statements: number;
  url: string;
  /** An instant between the old versions and the present ones. */
  middle: string;
}

export interface Records {
  /** The record of this size: made, or found where the folder was kept. */
  record(statements: number): Promise<Filled>;
  close(): Promise<void>;
}

/** Records of a PostgreSQL of their own, in a folder that is kept, or in a passing one. */
export async function openRecords(kept: string | undefined, log: (line: string) => void): Promise<Records> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'onrecord-bench-')));
  const server = await startEmbedded(folder, {
    settings: {
      shared_buffers: '1GB',
      max_wal_size: '4GB',
      checkpoint_timeout: '30min',
      maintenance_work_mem: '1GB',
      autovacuum: 'off',
    },
  });
  return {
    async record(statements) {
      const name = `record_${statements}`;
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      if (!(await isWhole(server.url, name))) await make(server.url, name, url.href, statements, log);
      return { statements, url: url.href, middle: MIDDLE };
    },
    async close() {
      await server.stop();
      if (!kept) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a record as the server would, but without a time-out. */
export function openDatabase(url: string): Database {
  return connect(url, { publicUrl: 'http://localhost:3000', statementTimeout: 0 });
}

async function make(
  server: string,
  name: string,
  url: string,
  statements: number,
  log: (line: string) => void,
): Promise<void> {
  const begun = Date.now();
  await admin(server, `drop database if exists ${name}`);
  await admin(server, `create database ${name}`);
  await migrate(url);
  // The server's own connections write through the door alone.
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
  await fillRecord(db, statements, (line) => log(`  ${line}`));
  await db.destroy();
  // Autovacuum never analyses an inheritance parent, and is off here so as not to disturb.
  await admin(url, 'vacuum');
  await admin(url, 'analyze');
  await admin(server, `comment on database ${name} is '${WHOLE}'`);
  log(`made ${statements} statements in ${Math.round((Date.now() - begun) / 1000)} s`);
}

/** The comment of a database whose record was filled to the end, as of this instant in the middle. */
const WHOLE = `whole around ${MIDDLE}`;

async function isWhole(server: string, name: string): Promise<boolean> {
  const found = await admin(
    server,
    `select from pg_database where datname = '${name}' and shobj_description(oid, 'pg_database') = '${WHOLE}'`,
  );
  return found.length > 0;
}

async function admin<R extends pg.QueryResultRow>(url: string, statement: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(statement)).rows;
  } finally {
    await client.end();
  }
}
