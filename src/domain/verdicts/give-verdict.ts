import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Gone, Invalid, NotFound } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { dateColumns } from '../date-columns.ts';
import { Address, Edtf, Evidence, PersonReference, State, text } from '../fields.ts';
import { cite } from '../sources/cite.ts';
import { initialState } from '../states.ts';
import { demand } from '../users/permissions.ts';
import { revisions, verdictStatuses, words } from '../vocabulary.ts';
import { type OurPublisher, publisherOf } from './our-publisher.ts';
import { decidedOn } from './rules.ts';

export const GiveVerdict = z
  .strictObject({
    status: z.enum(words(verdictStatuses)),
    summary: text(2000).nullish(),
    explanation: text(50000).nullish(),
    by: PersonReference.nullish().meta({ description: 'Another publisher; left out for ours' }),
    nativeLabel: text(500).nullish().meta({ description: 'The other publisher’s own label' }),
    url: Address.nullish().meta({ description: 'Where the other publisher’s finding stands' }),
    decidedAt: Edtf.optional().meta({ description: 'When it was decided; now, where left out' }),
    evidence: z.array(Evidence).max(50).default([]),
    revision: z.enum(words(revisions)).optional().meta({
      description: 'What it is to the published verdict of ours that it supersedes; an update, where left out',
    }),
    note: text(2000).nullish().meta({ description: 'Public: what was wrong. A correction and a retraction need it' }),
    state: State.optional(),
  })
  .meta({ id: 'GiveVerdict' });
export type GiveVerdict = z.output<typeof GiveVerdict>;

/** Gives a verdict on a claim, ours or another publisher's; returns its id. It stands until a later one supersedes it. */
export async function giveVerdict(tx: Writer, claimId: string, input: GiveVerdict, us: OurPublisher): Promise<string> {
  demand(tx, 'record.add');
  const claim = await tx
    .selectFrom('claims')
    .select(['kind', 'purged_because'])
    .where('id', '=', claimId)
    .executeTakeFirst();
  if (!claim) throw new NotFound('claim', claimId);
  if (claim.purged_because) throw Gone.purged('claim', claim.purged_because);
  refuseStatusOf(claim.kind, input.status);
  const publisher = await publisherOf(tx, input.by, us);
  refuseBareVerdict(input, publisher.ours);
  const superseded = publisher.ours ? await ourPublished(tx, claimId) : undefined;
  const id = newId();
  await tx
    .insertInto('verdicts')
    .values({
      id,
      claim_id: claimId,
      ...publisher,
      status: input.status,
      summary: input.summary ?? null,
      explanation: input.explanation ?? null,
      native_label: input.nativeLabel ?? null,
      url: input.url ?? null,
      ...revisionColumns(input, superseded),
      ...dateColumns('decided', decidedOn(input.decidedAt, tx.change.at)),
      state: initialState(tx, input.state),
      created_by: tx.change.actor.id,
    })
    .execute();
  await cite(tx, { verdict_id: id }, input.evidence, ['evidence']);
  return id;
}

/** The verdict of ours that stands on this claim, or on what it is merged with, and that a further one supersedes. */
async function ourPublished(tx: Writer, claimId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('verdicts')
    .innerJoin('claims', 'claims.id', 'verdicts.claim_id')
    .select('verdicts.id')
    .where('claims.canonical_id', '=', (query) =>
      query.selectFrom('claims as c').select('c.canonical_id').where('c.id', '=', claimId),
    )
    .where('verdicts.ours', '=', true)
    .where('verdicts.state', '=', 'published')
    .orderBy('verdicts.decided_from', 'desc')
    .orderBy('verdicts.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

function revisionColumns({ revision, note }: GiveVerdict, superseded: string | undefined) {
  if (superseded === undefined) {
    for (const [field, sent] of Object.entries({ revision, note }))
      if (sent != null)
        throw Invalid.at([field], 'is for a verdict that supersedes a published one of ours; here is none');
    return {};
  }
  if (note == null && (revision === 'correction' || revision === 'retraction'))
    throw Invalid.at(['note'], `a ${revision} needs a public note that says what was wrong`);
  return { revision: revision ?? 'update', revision_note: note ?? null, supersedes_id: superseded };
}

/** Throws `Invalid` where how a promise goes is said of another claim. */
export function refuseStatusOf(kind: string | undefined, status: GiveVerdict['status']): void {
  if (verdictStatuses[status].appliesTo === 'promises' && kind !== 'promise')
    throw Invalid.at(['status'], `"${status}" is for promises; this claim is a ${kind}`);
}

/** Throws `Invalid` where a verdict of ours has no summary or no evidence. */
export function refuseBareVerdict(
  input: { summary?: string | null | undefined; evidence: readonly unknown[] },
  ours: boolean,
): void {
  if (!ours) return;
  if (input.summary == null) throw Invalid.at(['summary'], 'a verdict of ours needs a summary');
  if (input.evidence.length === 0)
    throw Invalid.at(['evidence'], 'a verdict of ours needs at least one piece of evidence');
}
