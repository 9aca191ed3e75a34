import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, NotFound, Stale } from '../../errors.ts';
import { CitedSource, State, text } from '../fields.ts';
import { differs } from '../members.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';
import { writeStatementSources } from '../sources/cite.ts';
import { demandEdit, demandMove, withdrawal } from '../states.ts';
import type { State as StateName } from '../vocabulary.ts';
import { findRole, statementColumns } from './statement-columns.ts';
import { PositionInput, type Utterance, utterance } from './utterance.ts';
import { writePositions } from './write-positions.ts';

/** JSON Merge Patch: what is absent stays, null empties, a list replaces the list. */
export const EditStatement = z
  .strictObject({
    ...utterance,
    person: utterance.person.optional(),
    quoteKind: utterance.quoteKind.optional(),
    sequence: utterance.sequence.unwrap().optional(),
    sources: z.array(CitedSource).max(50).optional(),
    positions: z.array(PositionInput).max(50).optional(),
    state: State.optional(),
    withdrawnBecause: text(2000).nullish(),
  })
  .meta({ id: 'EditStatement' });
export type EditStatement = z.output<typeof EditStatement>;

/** Amends a statement and raises the version. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editStatement(
  tx: Writer,
  id: string,
  expectedVersion: number,
  input: EditStatement,
): Promise<void> {
  const statement = await tx.selectFrom('statements').selectAll().where('id', '=', id).executeTakeFirst();
  if (!statement) throw new NotFound('statement', id);
  if (statement.purged_because) throw Gone.purged('statement', statement.purged_because);
  demandEdit(tx, statement);
  if (statement.version !== expectedVersion) throw new Stale('statement', statement.version);

  const state = input.state ?? (statement.state as StateName);
  demandMove(tx, statement.state as StateName, state);
  const personId = input.person ? await findOrMakePerson(tx, input.person, 'person', ['person']) : statement.person_id;
  const columns = {
    person_id: personId,
    ...(input.onBehalfOf !== undefined && {
      on_behalf_of_id:
        input.onBehalfOf && (await findOrMakePerson(tx, input.onBehalfOf, 'organization', ['onBehalfOf'])),
    }),
    ...(input.askedBy !== undefined && {
      asked_by_id: input.askedBy && (await findOrMakePerson(tx, input.askedBy, 'organization', ['askedBy'])),
    }),
    ...(input.role !== undefined && { role_id: input.role && (await findRole(tx, personId, input.role, ['role'])) }),
    // Another speaker does not hold the role that was named for the first.
    ...(input.role === undefined && personId !== statement.person_id && { role_id: null }),
    ...statementColumns(patched(statement, input), []),
    state,
    withdrawn_because: withdrawal(state, input.withdrawnBecause, statement.withdrawn_because),
  };
  const positionsChanged =
    input.positions !== undefined && (await writePositions(tx, { id, isNew: false }, input.positions, ['positions']));
  const sourcesChanged =
    input.sources !== undefined && (await writeStatementSources(tx, { id, isNew: false }, input.sources, ['sources']));
  if (!positionsChanged && !sourcesChanged && !differs(statement, columns)) return tx.unchanged(undefined);
  await tx
    .updateTable('statements')
    .set({ ...columns, version: statement.version + 1 })
    .where('id', '=', id)
    .execute();
}

type Row = Record<
  'quote' | 'language' | 'original_language' | 'original' | 'venue' | 'asked_on' | 'deadline_on',
  string | null
> & {
  quote_kind: string;
  said_on: string;
  sequence: number;
};

const or = <T>(sent: T | undefined, present: T): T => (sent === undefined ? present : sent);

/** The words, time and place with the patch applied. */
function patched(row: Row, input: EditStatement) {
  return {
    quoteKind: input.quoteKind ?? (row.quote_kind as Utterance['quoteKind']),
    quote: or(input.quote, row.quote),
    language: or(input.language, row.language),
    // Words that are no translation stay none in another language.
    originalLanguage: or(input.originalLanguage, row.original_language === row.language ? null : row.original_language),
    original: or(input.original, row.original),
    saidOn: input.saidOn ?? row.said_on,
    sequence: input.sequence ?? row.sequence,
    venue: or(input.venue, row.venue),
    askedOn: or(input.askedOn, row.asked_on),
    deadline: or(input.deadline, row.deadline_on),
  };
}
