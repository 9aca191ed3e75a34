import type { Database } from '../db/types.ts';

/** What every face works with. */
export interface Site {
  db: Database;
  /** Where readers reach us, without a slash at the end. */
  publicUrl: string;
  publisherName: string;
  /** Seals cursors. */
  secret: string;
  now: () => Date;
}
