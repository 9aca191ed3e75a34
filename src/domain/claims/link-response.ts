import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, Invalid } from '../../errors.ts';
import { Id, State } from '../fields.ts';
import { makeStatement } from '../statements/log-statement.ts';
import { utterance } from '../statements/utterance.ts';
import { addPosition } from '../statements/write-positions.ts';
import { demandEdit } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { stances, words } from '../vocabulary.ts';

const stanceAndReply = {
  stance: z.enum(words(stances)),
  repliesTo: Id.nullish().meta({ description: 'The statement on this claim that is answered' }),
  repeatOfEarlier: z.boolean().default(false),
};

/** A statement on record, and the stance that it takes on the claim. */
const RecordedResponse = z.strictObject({ id: Id, ...stanceAndReply });

/** A new statement, and the stance that it takes on the claim. */
const NewResponse = z.strictObject({ ...utterance, ...stanceAndReply, state: State.optional() });

export const LinkResponse = {
  recorded: RecordedResponse.meta({ id: 'LinkRecordedResponse' }),
  made: NewResponse.meta({ id: 'LinkNewResponse' }),
};
export type LinkResponse = z.output<typeof RecordedResponse> | z.output<typeof NewResponse>;

/** Links a response to a claim, a new statement or one on record; returns the statement's id. */
export async function linkResponse(tx: Writer, claimId: string, input: LinkResponse): Promise<string> {
  demand(tx, 'record.add');
  const { stance, repliesTo, repeatOfEarlier, ...rest } = input;
  const id = 'id' in rest ? await takeUp(tx, rest.id) : await makeStatement(tx, withoutState(rest), rest.state, []);
  await addPosition(tx, id, { claim: claimId, stance, repliesTo, repeatOfEarlier }, []);
  return id;
}

/** A statement on record gets a further position, and so a new version. */
async function takeUp(tx: Writer, id: string): Promise<string> {
  const statement = await tx.selectFrom('statements').selectAll().where('id', '=', id).executeTakeFirst();
  if (!statement) throw Invalid.at(['id'], `no statement "${id}" is on record`);
  if (statement.purged_because) throw Gone.purged('statement', statement.purged_because);
  demandEdit(tx, statement);
  await tx
    .updateTable('statements')
    .set({ version: statement.version + 1 })
    .where('id', '=', id)
    .execute();
  return id;
}

const withoutState = <T extends { state?: unknown }>({ state: _, ...rest }: T): Omit<T, 'state'> => rest;
