import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface ServerHold {
  release(): Promise<void>;
}

// Any number will do, as long as nothing else in this database locks it.
const THE_SERVER = 7_263_317;

/**
 * Makes this process the one server of an embedded database, until it releases the hold or ends. Undefined when
 * another holds it. `onLost` is told when the connection, and the hold with it, is lost: bring the database back
 * (`ensureRunning`), then hold it anew.
 */
export async function holdServer(url: string, onLost?: (error: Error) => void): Promise<ServerHold | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'onrecord server',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options: '-c idle_session_timeout=0',
  });
  let over = false;
  let reason = new Error('The connection that marks this process as the server was closed');
  client.on('error', (error) => {
    reason = error;
  });
  await client.connect();
  if (!(await locked(client))) {
    await client.end();
    return undefined;
  }
  client.on('end', () => {
    if (!over) onLost?.(reason);
  });
  return {
    async release() {
      over = true;
      await client.end().catch(() => undefined);
    },
  };
}

// The lock of a server killed a moment ago goes when PostgreSQL notices: ask for a second before giving up.
async function locked(client: pg.Client): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as locked', [THE_SERVER]);
    if (rows[0].locked) return true;
    await sleep(200);
  }
  return false;
}
