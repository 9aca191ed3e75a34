import { stances, verdictStatuses, words } from '../../domain/vocabulary.ts';
import { stanceInWords } from '../html/stance.ts';
import type { Words } from './words.ts';

export const english: Words = {
  claim: 'Claim',
  statement: 'Statement',
  timeline: (name) => `What ${name} said`,
  verdict: Object.fromEntries(
    Object.entries(verdictStatuses).map(([status, { label }]) => [status, label]),
  ) as Words['verdict'],
  stance: Object.fromEntries(words(stances).map((stance) => [stance, stanceInWords(stance)])) as Words['stance'],
  about: (date) => `about ${date}`,
  onBehalfOf: 'for',
  others: 'What others found',
  translatedFrom: (language) => `Translated from ${language}`,
  paraphrase: 'In other words',
  reported: 'As reported; the wording is not known',
  silence: 'Was asked and did not answer',
  responses: (count) => (count === 1 ? 'One response' : `${count} responses`),
  more: 'The whole record',
  origins: (count, names) => `${count === 1 ? 'One independent origin' : `${count} independent origins`}: ${names}`,
  nothing: 'Nothing on record matches this.',
  pinned: (revision, on) => `Version ${revision}, of ${on}.`,
  asOf: (on) => `As it stood on ${on}.`,
  corrected: 'Corrected since.',
  latest: 'See what it says now',
  withdrawn: 'This was withdrawn. It was public and no longer is.',
  erased: 'This was erased. Its text is no longer kept.',
  missing: 'There is nothing on record at this address.',
  bad: 'The address of this embed asks for something that is not known here.',
  trouble: 'This cannot be shown just now.',
};
