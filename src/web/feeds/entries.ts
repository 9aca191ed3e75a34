import type { LatestClaim, LatestStatement, LatestVerdict } from '../../domain/history/latest.ts';
import { verdictStatuses } from '../../domain/vocabulary.ts';
import type { Entry } from './feed.ts';

const permanent = (id: string): string => `urn:uuid:${id}`;

/** A claim, told again under the same id when the finding on it changes. */
export function claimEntry({ id, text, status, summary, ...rest }: LatestClaim): Entry {
  const { label } = verdictStatuses[status];
  return { ...rest, id: permanent(id), title: `${label}: ${text}`, text: summary ?? text };
}

export function statementEntry({ id, speaker, saidOn, quote, ...rest }: LatestStatement): Entry {
  const words = quote ?? 'Gave no answer.';
  return { ...rest, id: permanent(id), title: `${speaker}, ${saidOn}`, text: words, author: speaker };
}

/**
 * A finding, each told under an id of its own: readers know by the id what they have shown, so what corrects another must
 * not bear the other's. `number` is that of the claim's revision which it made.
 */
export function verdictEntry(verdict: LatestVerdict, number: number, publicUrl: string): Entry {
  const { claimId, claim, status, summary, revision, note, url, published, updated } = verdict;
  const kind = { correction: 'Correction', retraction: 'Retraction' }[revision ?? ''] ?? 'Verdict';
  return {
    id: `${publicUrl}/claims/${claimId}#rev-${number}`,
    url: `${url}#rev-${number}`,
    title: `${kind}: ${claim}`,
    text: [note, `${verdictStatuses[status].label}.`, summary].filter(Boolean).join(' '),
    published,
    updated,
  };
}
