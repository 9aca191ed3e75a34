import { stances } from '../../domain/vocabulary.ts';

/** A stance as a predicate: "Dmitry Peskov … neither confirms nor denies". */
export function stanceInWords(stance: keyof typeof stances): string {
  return stance === 'no_response' ? 'gives no response' : stances[stance].label.toLowerCase();
}
