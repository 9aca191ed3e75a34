import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { dateColumns } from '../date-columns.ts';
import { Edtf, Evidence, Language, Slug, State, text } from '../fields.ts';
import { giveSlug, takeSlug } from '../give-slug.ts';
import { cite } from '../sources/cite.ts';
import { makeStatement } from '../statements/log-statement.ts';
import { refuseRepeat } from '../statements/rules.ts';
import { utterance } from '../statements/utterance.ts';
import { insertPosition } from '../statements/write-positions.ts';
import { initialState } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { claimKinds, stances, words } from '../vocabulary.ts';
import { ClaimPersonInput, writeClaimPeople, writeClaimTopics } from './write-claim-parts.ts';

export const proposition = {
  text: text(5000),
  language: Language,
  kind: z.enum(words(claimKinds)).default('fact'),
  dueOn: Edtf.nullish().meta({ description: 'When a promise or prediction falls due' }),
  topics: z
    .array(text(200))
    .max(50)
    .default([])
    .meta({ description: 'Names, slugs or ids; a name that no topic has makes one' }),
  people: z.array(ClaimPersonInput).max(50).default([]),
};

export const LogClaim = z
  .strictObject({
    ...proposition,
    slug: Slug.optional(),
    sources: z.array(Evidence).max(50).default([]).meta({ description: 'Background of the claim itself' }),
    statement: z
      .strictObject({
        ...utterance,
        stance: z.enum(words(stances)).default('asserts'),
        repeatOfEarlier: z.boolean().default(false),
      })
      .optional(),
    state: State.optional(),
  })
  .meta({ id: 'LogClaim' });
export type LogClaim = z.output<typeof LogClaim>;

/** Logs a claim and, with it, the first statement that takes a position on it; returns the claim's id. */
export async function logClaim(tx: Writer, input: LogClaim): Promise<string> {
  demand(tx, 'record.add');
  refuseDueDate(input.kind, input.dueOn);
  const id = newId();
  if (input.slug) await takeSlug(tx, 'claim', id, input.slug);
  await tx
    .insertInto('claims')
    .values({
      id,
      canonical_id: id,
      slug: input.slug ?? (await giveSlug(tx, 'claim', id, input.text)),
      text: input.text,
      language: input.language,
      kind: input.kind,
      ...dateColumns('due', input.dueOn),
      state: initialState(tx, input.state),
      created_by: tx.change.actor.id,
    })
    .execute();
  if (input.people.length) await writeClaimPeople(tx, id, input.people);
  if (input.topics.length) await writeClaimTopics(tx, id, input.topics);
  await cite(tx, { claim_id: id }, input.sources, ['sources']);
  if (input.statement) {
    const { stance, repeatOfEarlier, ...said } = input.statement;
    const statementId = await makeStatement(tx, said, input.state, ['statement']);
    refuseRepeat(stance, repeatOfEarlier, ['statement']);
    await insertPosition(tx, statementId, { claim_id: id, stance, repeat_of_earlier: repeatOfEarlier });
  }
  return id;
}

/** Throws `Invalid` where a due date is given to a claim that does not fall due. */
export function refuseDueDate(kind: string, dueOn: string | null | undefined): void {
  if (dueOn != null && kind !== 'promise' && kind !== 'prediction') {
    throw Invalid.at(['dueOn'], `only a promise or a prediction falls due; this is a ${kind}`);
  }
}
