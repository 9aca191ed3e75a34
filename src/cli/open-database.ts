import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type ConnectOptions, connect } from '../db/connect.ts';
import { type Embedded, startEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import type { Database } from '../db/types.ts';
import { visit } from './visit.ts';

export interface OpenDatabase {
  url: string;
  /** Undefined where DATABASE_URL names a database. */
  embedded: Embedded | undefined;
  /** Stops the embedded PostgreSQL, unless somebody else uses it. */
  leave(): Promise<void>;
}

/**
 * The database of DATABASE_URL or else the embedded one: that which runs, or one started now. Whoever is the last to
 * leave stops it, so a command works beside the server, beside other commands, and alone.
 */
export async function openDatabase(config: Config, log: (line: string) => void = () => {}): Promise<OpenDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, embedded: undefined, leave: async () => {} };
  const embedded = await startEmbedded(config.dataDir, { log });
  const { leave } = await insist(embedded, () => visit(embedded.url));
  return { url: embedded.url, embedded, leave: () => leave(() => embedded.stop()) };
}

/** Opens the database for the time of one command, brought to the present schema. */
export async function withDatabase<T>(
  config: Config,
  work: (db: Database) => Promise<T>,
  options: Partial<ConnectOptions> = {},
): Promise<T> {
  const { url, leave } = await openDatabase(config);
  try {
    await migrate(url);
    const db = connect(url, { publicUrl: config.publicUrl, max: 2, ...options });
    try {
      return await work(db);
    } finally {
      await db.destroy();
    }
  } finally {
    await leave();
  }
}

/** Whoever used the database before us may be stopping it right now: then it is started again, and asked again. */
export async function insist<T>(embedded: Embedded, ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 10) throw error;
      await sleep(tries * 50);
      await embedded.ensureRunning();
    }
  }
}
