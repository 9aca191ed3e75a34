import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { parseEdtf } from '../../lib/dates.ts';
import { isId } from '../../lib/ids.ts';
import { sameText } from '../../lib/text.ts';
import { dateColumns, lower } from '../date-columns.ts';
import { refuseContradiction } from './rules.ts';
import type { Utterance } from './utterance.ts';

type Words = Pick<
  Utterance,
  | 'quoteKind'
  | 'quote'
  | 'language'
  | 'originalLanguage'
  | 'original'
  | 'saidOn'
  | 'sequence'
  | 'venue'
  | 'askedOn'
  | 'deadline'
>;

/** What the database stores of the words, the time and the place. Throws `Invalid` where they contradict each other. */
export function statementColumns(input: Words, path: (string | number)[]) {
  refuseContradiction(input, path);
  return wordColumns(input);
}

/** As `statementColumns`, of words that were held against the rules, or erased. */
export function wordColumns(input: Words) {
  const saidOn = (input.saidOn ?? input.deadline ?? input.askedOn)!;
  return {
    quote_kind: input.quoteKind,
    quote: input.quote ?? null,
    language: input.language ?? null,
    original_language: input.originalLanguage ?? input.language ?? null,
    original: input.original ?? null,
    ...dateColumns('said', saidOn),
    said_order: lower(parseEdtf(saidOn).sort),
    sequence: input.sequence,
    venue: input.venue ?? null,
    ...dateColumns('asked', input.askedOn),
    ...dateColumns('deadline', input.deadline),
  };
}

/** The role named, by id or by title, among those of the person. */
export async function findRole(tx: Writer, personId: string, role: string, path: (string | number)[]): Promise<string> {
  const roles = await tx
    .selectFrom('roles')
    .innerJoin('people', 'people.id', 'roles.person_id')
    .select(['roles.id', 'roles.title'])
    .where('people.canonical_id', '=', personId)
    .orderBy('roles.held_from', 'desc')
    .execute();
  const found = roles.find((one) => (isId(role) ? one.id === role : sameText(one.title, role)));
  if (!found)
    throw Invalid.at(
      path,
      `this person has no role "${role}"; known: ${roles.map((one) => one.title).join(', ') || 'none'}`,
    );
  return found.id;
}
