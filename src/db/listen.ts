import type pg from 'pg';
import { CHANGES } from './change.ts';
import { connectionBeside } from './connect.ts';
import type { Database } from './types.ts';

const RETRY_MS = 500;

export interface Listener {
  close(): Promise<void>;
}

/**
 * Tells of every committed change, of this process or another. While the connection is lost nothing is heard, so
 * `onDeaf` is called at once; `onHearing` when it is back, and at the start.
 */
export function listenForChanges(db: Database, on: { change(): void; deaf(): void; hearing(): void }): Listener {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const again = () => {
    on.deaf();
    if (!closed) timer = setTimeout(listen, RETRY_MS).unref();
  };
  const listen = async () => {
    client = connectionBeside(db);
    client.on('notification', on.change);
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(`listen ${CHANGES}`);
    } catch {
      await client.end().catch(() => {});
      return again();
    }
    client.once('end', again);
    on.hearing();
  };
  const started = listen();

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await started;
      await client?.end().catch(() => {});
    },
  };
}
