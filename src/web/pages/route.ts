import type { Issue } from '../../errors.ts';
import type { Ask } from '../ask.ts';
import type { Page } from '../html/page.ts';
import type { Site } from '../site.ts';
import type { PageQuery } from './page-query.ts';

export interface Visit {
  /** The last part of the address, where it names a record. */
  reference: string;
  query: PageQuery;
  ask: Ask;
  site: Site;
}

/** The page is at another address now. */
export interface Moved {
  movedTo: string;
}

/** One page: its address, what it takes, and how it is made of answers of the API. */
export interface PageRoute {
  /** `/people/:reference`, or a plain path. */
  path: string;
  /** The parameters that it knows. */
  query: readonly string[];
  /** Where the API answers the same as data: `people/{reference}/timeline`. */
  data?: string;
  show(visit: Visit): Promise<Page | Moved>;
  /** What is shown of a query that is not acceptable, where the page has a better answer than to say so. */
  refused?(visit: Visit, issues: readonly Issue[]): Page | Promise<Page>;
}

/** Parameters that every page of a record takes. */
export const asOf = ['asOf'];
/** Parameters that every list takes. */
export const paging = ['order', 'cursor', ...asOf];
