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
export const statefulNouns = ['claim', 'statement', 'verdict', 'attribution'] as const satisfies Noun[];
export type StatefulNoun = (typeof statefulNouns)[number];

/** The tables whose rows belong to a record and have no history but its own; a column such as `claim_id` says to which. */
export const members: Record<Noun, readonly string[]> = {
  person: ['names', 'roles'],
  claim: ['claim_people', 'claim_topics', 'citations'],
  statement: ['positions', 'citations', 'derivations'],
  source: [],
  verdict: ['citations'],
  attribution: ['citations'],
};
