/**
 * Every closed list of words that the record uses, with what each means: the code book of /api/v1/vocabulary.
 * The database holds the same lists as constraints; a test compares the two.
 */

interface Term {
  label: string;
  description: string;
}

interface VerdictTerm extends Term {
  /** schema.org/ClaimReview `ratingValue`, 1 worst to 5 best; null where a number would mislead. */
  ratingValue: number | null;
  appliesTo: 'claims' | 'promises';
}

const finding = (label: string, ratingValue: number | null, description: string): VerdictTerm => ({
  label,
  description,
  ratingValue,
  appliesTo: 'claims',
});
const progress = (label: string, description: string): VerdictTerm => ({
  label,
  description,
  ratingValue: null,
  appliesTo: 'promises',
});

export const verdictStatuses = {
  unverified: finding('Unverified', null, 'Nothing has been found yet either way.'),
  disputed: finding('Disputed', null, 'Credible accounts conflict.'),
  unverifiable: finding('Unverifiable', null, 'It was examined, and the evidence that would settle it cannot be had.'),
  not_checkable: finding(
    'Not checkable',
    null,
    'An opinion, a counterfactual or another proposition that no evidence could settle.',
  ),
  unsupported: finding('Unsupported', null, 'No evidence for it was given or found.'),
  true: finding('True', 5, 'The evidence bears it out.'),
  mostly_true: finding('Mostly true', 4, 'Right in what matters, with an inaccuracy or an omission.'),
  mixed: finding('Mixed', 3, 'Parts are right and parts are wrong.'),
  misleading: finding('Misleading', 2, 'Built on something right that leads to a wrong conclusion.'),
  mostly_false: finding('Mostly false', 2, 'Wrong in what matters, with something right in it.'),
  false: finding('False', 1, 'The evidence contradicts it.'),
  not_started: progress('Not started', 'Nothing has been done to keep the promise.'),
  in_progress: progress('In progress', 'Steps have been taken and are continuing.'),
  kept: progress('Kept', 'What was promised was done in time.'),
  kept_late: progress('Kept late', 'What was promised was done after it was due.'),
  partly_kept: progress('Partly kept', 'A part of what was promised was done.'),
  stalled: progress('Stalled', 'Steps were taken but have stopped.'),
  broken: progress('Broken', 'It was not done, or the opposite was.'),
} as const satisfies Record<string, VerdictTerm>;

interface StanceTerm extends Term {
  polarity: -1 | 0 | 1;
}

const stance = (label: string, polarity: StanceTerm['polarity'], description: string): StanceTerm => ({
  label,
  polarity,
  description,
});

export const stances = {
  asserts: stance('Asserts', 1, 'Says that it is so.'),
  confirms: stance('Confirms', 1, 'Says, from own knowledge, that what another said is so.'),
  partly_confirms: stance('Partly confirms', 1, 'Says that a part of it is so.'),
  denies: stance('Denies', -1, 'Says that it is not so.'),
  partly_denies: stance('Partly denies', -1, 'Says that a part of it is not so.'),
  contradicts: stance('Contradicts', -1, 'Says something that cannot be so if the claim is, without referring to it.'),
  retracts: stance('Retracts', -1, 'Takes back what the speaker said.'),
  neither_confirms_nor_denies: stance('Neither confirms nor denies', 0, 'Refuses both. This is not a denial.'),
  declines_to_comment: stance('Declines to comment', 0, 'Answers that there will be no comment.'),
  no_response: stance('No response', 0, 'Was asked and did not answer.'),
  claims_no_knowledge: stance('Claims no knowledge', 0, 'Says not to know.'),
  deflects: stance('Deflects', 0, 'Answers something else.'),
  disputes_premise: stance('Disputes the premise', 0, 'Says that the question itself is wrong.'),
  clarifies: stance('Clarifies', 0, 'Adds what was meant or what is known around it.'),
  corrects: stance('Corrects', 0, 'Replaces a detail without denying the whole.'),
} as const satisfies Record<string, StanceTerm>;

const term = (label: string, description: string): Term => ({ label, description });

export const attributionStatuses = {
  confirmed: term('Confirmed', 'The person said this: there is a recording, a transcript or the person’s own word.'),
  reported: term('Reported', 'Sources say that the person said this.'),
  disputed: term('Disputed', 'It is contested whether the person said this.'),
  misattributed: term('Misattributed', 'Somebody else said this.'),
  fabricated: term('Fabricated', 'Nobody said this; it was made up.'),
} as const satisfies Record<string, Term>;

export const quoteKinds = {
  verbatim: term('Verbatim', 'The speaker’s own words in the language spoken.'),
  translated: term('Translated', 'The speaker’s words in translation.'),
  paraphrase: term('Paraphrase', 'What was said, in the source’s or our words.'),
  reported: term('Reported', 'What a source says that was said; no wording is known.'),
  silence: term('Silence', 'The person was asked and did not answer.'),
} as const satisfies Record<string, Term>;

export const claimKinds = {
  fact: term('Fact', 'About what is or was.'),
  promise: term('Promise', 'About what the speaker will do.'),
  prediction: term('Prediction', 'About what will happen.'),
  opinion: term('Opinion', 'A judgement.'),
} as const satisfies Record<string, Term>;

export const states = {
  draft: term('Draft', 'Being written; not public.'),
  in_review: term('In review', 'Submitted; not public.'),
  published: term('Published', 'Public.'),
  withdrawn: term('Withdrawn', 'Was public and is no longer.'),
} as const satisfies Record<string, Term>;

export const revisions = {
  typo: term('Typo', 'The wording is mended; nothing else changes.'),
  update: term('Update', 'What has happened since is taken into account.'),
  correction: term('Correction', 'Something in the verdict before was wrong; the note says what.'),
  retraction: term('Retraction', 'The verdict before should not have been given; the note says why.'),
} as const satisfies Record<string, Term>;

export const fourEyes = {
  automatic: term('Automatic', 'They hold as soon as two people are editors.'),
  always: term('Always', 'What one person wrote or changed, another must publish.'),
  never: term('Never', 'An editor may publish what they wrote.'),
} as const satisfies Record<string, Term>;

export const personKinds = {
  person: term('Person', 'A human being.'),
  organization: term('Organization', 'A ministry, a think-tank, a newspaper.'),
} as const satisfies Record<string, Term>;

export const nameKinds = {
  primary: term('Primary', 'The name in its language; one of them is displayed.'),
  alias: term('Alias', 'Another name in use.'),
  former: term('Former', 'A name no longer used.'),
  transliteration: term('Transliteration', 'The name in another script or romanisation.'),
  misspelling: term('Misspelling', 'A wrong spelling that occurs; it finds the person and is never displayed.'),
  weak: term('Weak', 'A name that many bear; it is never matched automatically.'),
} as const satisfies Record<string, Term>;

export const citationRoles = {
  primary: term('Primary', 'Where the words stand or can be heard.'),
  reports: term('Reports', 'Says that it was said.'),
  supports: term('Supports', 'Evidence for.'),
  refutes: term('Refutes', 'Evidence against.'),
  context: term('Context', 'Background.'),
} as const satisfies Record<string, Term>;

export const relations = {
  first_hand: term('First hand', 'The source had it from the speaker.'),
  quotes: term('Quotes', 'The source quotes another.'),
  translates: term('Translates', 'The source translates another.'),
  syndicates: term('Syndicates', 'The source reprints another.'),
  summarizes: term('Summarizes', 'The source sums up another.'),
} as const satisfies Record<string, Term>;

export const claimPersonRoles = {
  about: term('About', 'The claim is about this person.'),
  addressee: term('Addressee', 'The claim is made to this person.'),
} as const satisfies Record<string, Term>;

export const vocabulary = {
  verdictStatuses,
  stances,
  attributionStatuses,
  quoteKinds,
  claimKinds,
  states,
  revisions,
  fourEyes,
  personKinds,
  nameKinds,
  citationRoles,
  relations,
  claimPersonRoles,
};

export type VerdictStatus = keyof typeof verdictStatuses;
export type FourEyes = keyof typeof fourEyes;
export type State = keyof typeof states;

/** The words of a list, for a zod enum. */
export function words<T extends object>(list: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(list) as [keyof T & string, ...(keyof T & string)[]];
}
