import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, Invalid, NotFound } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { dateColumns } from '../date-columns.ts';
import { Edtf, Evidence, PersonReference, State, text } from '../fields.ts';
import { cite } from '../sources/cite.ts';
import { initialState } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { type OurPublisher, publisherOf } from '../verdicts/our-publisher.ts';
import { decidedOn } from '../verdicts/rules.ts';
import { attributionStatuses, words } from '../vocabulary.ts';

export const AttributeStatement = z
  .strictObject({
    status: z.enum(words(attributionStatuses)),
    summary: text(2000).nullish(),
    by: PersonReference.nullish().meta({ description: 'Another publisher; left out for ours' }),
    decidedAt: Edtf.optional().meta({ description: 'When it was decided; now, where left out' }),
    evidence: z.array(Evidence).max(50).default([]),
    state: State.optional(),
  })
  .meta({ id: 'AttributeStatement' });
export type AttributeStatement = z.output<typeof AttributeStatement>;

/** Records whether the person really said this; returns the attribution's id. It says nothing about whether it is true. */
export async function attributeStatement(
  tx: Writer,
  statementId: string,
  input: AttributeStatement,
  us: OurPublisher,
): Promise<string> {
  demand(tx, 'record.add');
  const statement = await tx
    .selectFrom('statements')
    .select('purged_because')
    .where('id', '=', statementId)
    .executeTakeFirst();
  if (!statement) throw new NotFound('statement', statementId);
  if (statement.purged_because) throw Gone.purged('statement', statement.purged_because);
  if (input.evidence.length === 0) throw Invalid.at(['evidence'], 'an attribution needs at least one source');
  const id = newId();
  await tx
    .insertInto('attributions')
    .values({
      id,
      statement_id: statementId,
      ...(await publisherOf(tx, input.by, us)),
      status: input.status,
      summary: input.summary ?? null,
      ...dateColumns('decided', decidedOn(input.decidedAt, tx.change.at)),
      state: initialState(tx, input.state),
      created_by: tx.change.actor.id,
    })
    .execute();
  await cite(tx, { attribution_id: id }, input.evidence, ['evidence']);
  return id;
}
