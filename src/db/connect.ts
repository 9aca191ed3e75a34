import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { PreparingClient } from './preparing-client.ts';
import type { DB } from './tables.ts';
import type { Database } from './types.ts';

export interface ConnectOptions {
  /** Where readers reach us, without a slash at the end: views build the addresses of records from it. */
  publicUrl: string;
  /** Connections held at most. */
  max?: number;
  /** Milliseconds until a statement is given up; 0 for long work such as imports. */
  statementTimeout?: number;
}

/** What a statement of long work, such as an import, may take, in milliseconds. */
export const PATIENCE = 60_000;

const { TIMESTAMP, TIMESTAMPTZ, DATE, NUMERIC, INT8 } = pg.types.builtins;

/** Times stay text: a JS Date would cut microseconds and move wall-clock times into a zone. Counts fit a number. */
const readAs: typeof pg.types.getTypeParser = (type, format) => {
  if (type === TIMESTAMP || type === TIMESTAMPTZ || type === DATE) return (value: string) => value;
  if (type === NUMERIC || type === INT8) return Number;
  return pg.types.getTypeParser(type, format);
};

/**
 * Opens a pool whose transactions are read-only unless `change()` says otherwise.
 * Time-outs are nested, so that the server's own error arrives before the client gives up.
 */
export function connect(url: string, { publicUrl, max = 10, statementTimeout = 4000 }: ConnectOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    Client: PreparingClient,
    max,
    application_name: 'onrecord',
    connectionTimeoutMillis: 4000,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout && statementTimeout + 400,
    lock_timeout: statementTimeout && statementTimeout - 100,
    idle_in_transaction_session_timeout: 60_000,
    // Compiling costs more than any of our queries takes.
    options: `-c default_transaction_read_only=on -c jit=off -c max_parallel_workers_per_gather=0 -c app.public_url=${publicUrl}`,
    types: { getTypeParser: readAs },
    keepAlive: true,
  });
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  opened.set(db, { url, publicUrl });
  return db;
}

const pools = new WeakMap<Database, pg.Pool>();
const opened = new WeakMap<Database, { url: string; publicUrl: string }>();

/** Two connections to the same database for long work, whose statements may take a minute. The caller closes it. */
export function connectPatiently(db: Database): Database {
  const { url, publicUrl } = opened.get(db)!;
  return connect(url, { publicUrl, max: 2, statementTimeout: PATIENCE });
}

/** A connection beside the pool, to the same database, for who must keep one: it is not yet connected. */
export function connectionBeside(db: Database): pg.Client {
  const { connectionString } = pools.get(db)!.options;
  return new pg.Client({
    connectionString,
    application_name: 'onrecord listener',
    connectionTimeoutMillis: 2000,
    keepAlive: true,
  });
}
