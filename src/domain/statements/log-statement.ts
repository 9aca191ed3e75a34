import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { CitedSource, Edtf, Id, Language, PersonReference, Reference, State, text } from '../fields.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';
import { writeStatementSources } from '../sources/cite.ts';
import { initialState } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { quoteKinds, stances, words } from '../vocabulary.ts';
import { findRole, statementColumns } from './statement-columns.ts';
import { writePositions } from './write-positions.ts';

/** What is said of an utterance, whether it comes by itself, with its claim, or as a response. */
export const utterance = {
  person: PersonReference,
  onBehalfOf: PersonReference.nullish(),
  role: z
    .union([Id, text(500)])
    .nullish()
    .meta({ description: 'Id or title of one of the person’s roles, where the dated roles do not decide' }),
  quoteKind: z.enum(words(quoteKinds)),
  quote: text(20000).nullish(),
  language: Language.nullish(),
  originalLanguage: Language.nullish(),
  original: text(20000).nullish(),
  saidOn: Edtf.optional().meta({ description: 'May be left out for a silence: then the deadline, else askedOn' }),
  sequence: z.int().min(-1_000_000).max(1_000_000).default(0).meta({ description: 'Order within a day' }),
  venue: text(500).nullish(),
  askedOn: Edtf.nullish(),
  askedBy: PersonReference.nullish(),
  deadline: Edtf.nullish(),
  sources: z.array(CitedSource).max(50).default([]),
};

export const Utterance = z.strictObject(utterance);
export type Utterance = z.output<typeof Utterance>;

export const PositionInput = z.strictObject({
  id: Id.optional(),
  claim: Reference,
  stance: z.enum(words(stances)),
  repliesTo: Id.nullish(),
  repeatOfEarlier: z.boolean().default(false),
});
export type PositionInput = z.output<typeof PositionInput>;

export const LogStatement = z
  .strictObject({ ...utterance, positions: z.array(PositionInput).max(50).default([]), state: State.optional() })
  .meta({ id: 'LogStatement' });
export type LogStatement = z.output<typeof LogStatement>;

/** Logs one utterance with its stances and sources; returns its id. */
export async function logStatement(tx: Writer, input: LogStatement): Promise<string> {
  const { positions, state, ...said } = input;
  const id = await makeStatement(tx, said, state, []);
  await writePositions(tx, id, positions, ['positions']);
  return id;
}

/** As `logStatement`, for acts that log a statement on the way; the positions are theirs to add. */
export async function makeStatement(
  tx: Writer,
  input: Utterance,
  state: z.output<typeof State> | undefined,
  path: (string | number)[],
): Promise<string> {
  demand(tx, 'record.add');
  const id = newId();
  const personId = await findOrMakePerson(tx, input.person, 'person', [...path, 'person']);
  await tx
    .insertInto('statements')
    .values({
      id,
      person_id: personId,
      on_behalf_of_id: input.onBehalfOf
        ? await findOrMakePerson(tx, input.onBehalfOf, 'organization', [...path, 'onBehalfOf'])
        : null,
      asked_by_id: input.askedBy
        ? await findOrMakePerson(tx, input.askedBy, 'organization', [...path, 'askedBy'])
        : null,
      role_id: input.role ? await findRole(tx, personId, input.role, [...path, 'role']) : null,
      ...statementColumns(input, path),
      state: initialState(tx, state),
      created_by: tx.change.actor.id,
    })
    .execute();
  await writeStatementSources(tx, id, input.sources, [...path, 'sources']);
  return id;
}

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
