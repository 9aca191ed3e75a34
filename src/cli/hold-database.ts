import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { holdServer, type ServerHold } from '../db/one-server.ts';
import { insist, openDatabase } from './open-database.ts';
import { visit } from './visit.ts';

export interface HeldDatabase {
  url: string;
  leave(): Promise<void>;
}

/**
 * The server's database. An embedded one is held, so that no second server uses its folder, and is held again after it
 * broke down; `onEvicted` is told when another server was quicker. Throws where another server holds it.
 */
export async function holdDatabase(
  config: Config,
  log: Logger,
  onEvicted: (error: Error) => void,
): Promise<HeldDatabase> {
  const { url, embedded, leave } = await openDatabase(config, (line) => log.info(line));
  if (!embedded) return { url, leave };

  let present = { leave, release: async () => {} };

  async function hold(): Promise<ServerHold> {
    const held = await insist(embedded!, () => holdServer(url, lost));
    if (!held)
      throw new Error(
        `On Record already runs on this data: ${config.dataDir}. Stop it first, or set DATA_DIR to another folder.`,
      );
    return held;
  }

  async function lost(error: Error): Promise<void> {
    log.warn({ err: error }, 'The embedded PostgreSQL broke off; bringing it back');
    try {
      await embedded!.ensureRunning();
      const visitor = await insist(embedded!, () => visit(url));
      const { release } = await hold();
      present = { leave: () => visitor.leave(() => embedded!.stop()), release };
      log.info('The embedded PostgreSQL is back');
    } catch (failure) {
      onEvicted(failure as Error);
    }
  }

  async function leaveNow(): Promise<void> {
    await present.release();
    await present.leave();
  }

  try {
    present.release = (await hold()).release;
  } catch (error) {
    await leave();
    throw error;
  }
  return { url, leave: leaveNow };
}
