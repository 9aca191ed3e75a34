/** What can be looked up, erased and followed through its history, and the table of each. */
export const tables = {
  person: 'people',
  claim: 'claims',
  statement: 'statements',
  source: 'sources',
  verdict: 'verdicts',
  attribution: 'attributions',
} as const;

export type Noun = keyof typeof tables;

/** Those that are drafted, reviewed and published one by one. */
export type StatefulNoun = 'claim' | 'statement' | 'verdict' | 'attribution';
