import type { Reader } from './reading.ts';
import { LABELS_VERSION } from './verdict-labels.ts';

interface Format {
  description: string;
  /** Loaded when it is needed, as most of what runs never imports. */
  reader: () => Promise<Reader>;
  /** Which version of our reading of it; kept with each import. Raise it with every change of what is made of a file. */
  mappingVersion: string;
}

const reviews = `4, labels ${LABELS_VERSION}`;

/** What can be imported. */
export const formats = {
  jsonl: {
    description: 'JSON Lines in our own form, as exported',
    reader: async () => (await import('./readers/read-json-lines.ts')).readJsonLines,
    mappingVersion: '1',
  },
  csv: {
    description: 'CSV with a header, a claim a row, with who made it and what a review found',
    reader: async () => (await import('./readers/read-csv.ts')).readCsv,
    mappingVersion: reviews,
  },
  claimreview: {
    description: 'ClaimReview as JSON-LD, as the Data Commons feed, or in a page of HTML',
    reader: async () => (await import('./readers/read-claim-review.ts')).readClaimReview,
    mappingVersion: reviews,
  },
  'claims-search': {
    description: 'answers of Google’s Fact Check Tools, claims:search',
    reader: async () => (await import('./readers/read-claims-search.ts')).readClaimsSearch,
    mappingVersion: reviews,
  },
  popolo: {
    description: 'Popolo JSON: people, organizations, memberships',
    reader: async () => (await import('./readers/read-popolo.ts')).readPopolo,
    mappingVersion: '2',
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
