import type { Config } from '../config.ts';
import type { Database } from '../db/types.ts';
import type { Jobs } from './jobs.ts';
import type { ReadPage } from './read-page.ts';

/** What every face works with. */
export interface Site extends PublicSite {
  db: Database;
  /** Seals cursors. */
  secret: string;
  now: () => Date;
  /** What goes on beyond a request. */
  jobs: Jobs;
  /** Reads a page of the web for the desk, where that is switched on. */
  readPage?: ReadPage | undefined;
}

/** Who publishes, and where: what readers are told on every page. */
export type PublicSite = Pick<Config, 'publicUrl' | 'siteName' | 'publisherName' | 'publisherUrl' | 'dataLicense'>;
