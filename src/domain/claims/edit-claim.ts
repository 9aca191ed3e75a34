import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, NotFound, Stale } from '../../errors.ts';
import { dateColumns } from '../date-columns.ts';
import { Slug, State, text } from '../fields.ts';
import { takeSlug } from '../give-slug.ts';
import { differs } from '../members.ts';
import { demandEdit, demandMove, withdrawal } from '../states.ts';
import type { State as StateName } from '../vocabulary.ts';
import { proposition, refuseDueDate } from './log-claim.ts';
import { writeClaimPeople, writeClaimTopics } from './write-claim-parts.ts';

/** JSON Merge Patch: what is absent stays, null empties, a list replaces the list. */
export const EditClaim = z
  .strictObject({
    text: proposition.text.optional(),
    language: proposition.language.optional(),
    kind: proposition.kind.unwrap().optional(),
    dueOn: proposition.dueOn,
    topics: proposition.topics.unwrap().optional(),
    people: proposition.people.unwrap().optional(),
    slug: Slug.optional(),
    state: State.optional(),
    withdrawnBecause: text(2000).nullish(),
  })
  .meta({ id: 'EditClaim' });
export type EditClaim = z.output<typeof EditClaim>;

/** Amends a claim and raises the version. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editClaim(tx: Writer, id: string, expectedVersion: number, input: EditClaim): Promise<void> {
  const claim = await tx.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst();
  if (!claim) throw new NotFound('claim', id);
  if (claim.purged_because) throw Gone.purged('claim', claim.purged_because);
  demandEdit(tx, claim);
  if (claim.version !== expectedVersion) throw new Stale('claim', claim.version);

  const state = input.state ?? (claim.state as StateName);
  demandMove(tx, claim.state as StateName, state);
  const columns = {
    text: input.text ?? claim.text,
    language: input.language ?? claim.language,
    kind: input.kind ?? claim.kind,
    slug: input.slug ?? claim.slug,
    ...(input.dueOn !== undefined && dateColumns('due', input.dueOn)),
    state,
    withdrawn_because: withdrawal(state, input.withdrawnBecause, claim.withdrawn_because),
  };
  refuseDueDate(columns.kind, input.dueOn === undefined ? claim.due_on : input.dueOn);
  if (columns.slug !== claim.slug) await takeSlug(tx, 'claim', id, columns.slug);
  const peopleChanged = input.people !== undefined && (await writeClaimPeople(tx, id, input.people));
  const topicsChanged = input.topics !== undefined && (await writeClaimTopics(tx, id, input.topics));
  if (!peopleChanged && !topicsChanged && !differs(claim, columns)) return tx.unchanged(undefined);
  await tx
    .updateTable('claims')
    .set({ ...columns, version: claim.version + 1 })
    .where('id', '=', id)
    .execute();
}
