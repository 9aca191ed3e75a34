import pg from 'pg';

export interface Visit {
  /**
   * Ends the visit. If nobody else visits, `lastOut` is called while nobody can come in: whoever tries waits, and is
   * turned away when the database stops.
   */
  leave(lastOut: () => Promise<void>): Promise<void>;
}

// Another number than that of the one server; commands beside it visit too.
const THE_VISITORS = 7_263_318;

/** Marks this process as a user of an embedded database, so that nobody stops it meanwhile. */
export async function visit(url: string): Promise<Visit> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'onrecord visit',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options: '-c idle_session_timeout=0',
  });
  client.on('error', () => {});
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [THE_VISITORS]);
  return {
    async leave(lastOut) {
      try {
        if (await isLast(client)) await lastOut();
      } finally {
        await client.end().catch(() => {});
      }
    },
  };
}

/** Lets go first and then tries for the whole, so that of two who leave together one is the last. */
async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [THE_VISITORS]);
    const { rows } = await client.query('select pg_try_advisory_lock($1) as alone', [THE_VISITORS]);
    return rows[0].alone;
  } catch {
    return true; // the connection broke, so the database is as good as stopped: see to it that it is
  }
}
