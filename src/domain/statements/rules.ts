import { Invalid } from '../../errors.ts';
import type { Utterance } from './utterance.ts';

/** Throws `Invalid` where the kind of quote and the other fields do not go together. */
export function refuseContradiction(
  input: Pick<Utterance, 'quoteKind' | 'quote' | 'language' | 'saidOn' | 'askedOn' | 'deadline' | 'original'>,
  path: (string | number)[],
): void {
  const wrong = (field: string, detail: string) => Invalid.at([...path, field], detail);
  if (input.quoteKind === 'silence') {
    if (input.quote != null) throw wrong('quote', 'a silence has no quote');
    if (input.original != null) throw wrong('original', 'a silence has no words');
    if (input.askedOn == null) throw wrong('askedOn', 'a silence needs the date on which the person was asked');
    return;
  }
  if (input.quote == null) throw wrong('quote', `is required where quoteKind is "${input.quoteKind}"`);
  if (input.language == null) throw wrong('language', 'the language of the quote is required');
  if (input.saidOn === undefined)
    throw wrong('saidOn', 'is required, as exact as it is known: "2025-02-08", "2025-02", "2025-02-08~"');
  if (input.askedOn != null) throw wrong('askedOn', 'is for a silence only');
  if (input.deadline != null) throw wrong('deadline', 'is for a silence only');
}

/** Throws `Invalid` where something else than an assertion is called a repeat. */
export function refuseRepeat(stance: string, repeatOfEarlier: boolean, path: (string | number)[]): void {
  if (repeatOfEarlier && stance !== 'asserts')
    throw Invalid.at([...path, 'repeatOfEarlier'], 'only what a statement asserts can be a repeat');
}
