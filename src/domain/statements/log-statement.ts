import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { newId } from '../../lib/ids.ts';
import { State } from '../fields.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';
import { writeStatementSources } from '../sources/cite.ts';
import { initialState } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { findRole, statementColumns } from './statement-columns.ts';
import { PositionInput, type Utterance, utterance } from './utterance.ts';
import { writePositions } from './write-positions.ts';

export const LogStatement = z
  .strictObject({ ...utterance, positions: z.array(PositionInput).max(50).default([]), state: State.optional() })
  .meta({ id: 'LogStatement' });
export type LogStatement = z.output<typeof LogStatement>;

/** Logs one utterance with its stances and sources; returns its id. */
export async function logStatement(tx: Writer, input: LogStatement): Promise<string> {
  const { positions, state, ...said } = input;
  const id = await makeStatement(tx, said, state, []);
  if (positions.length) await writePositions(tx, { id, isNew: true }, positions, ['positions']);
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
  await writeStatementSources(tx, { id, isNew: true }, input.sources, [...path, 'sources']);
  return id;
}
