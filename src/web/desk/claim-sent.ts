import { editClaim } from '../../domain/claims/edit-claim.ts';
import { findClaimId } from '../../domain/claims/find-claim.ts';
import { AddComment, addComment } from '../../domain/comments/add-comment.ts';
import { Id } from '../../domain/fields.ts';
import { editStatement } from '../../domain/statements/edit-statement.ts';
import { demandOf } from '../../domain/users/permissions.ts';
import { editVerdict } from '../../domain/verdicts/edit-verdict.ts';
import { NotFound } from '../../errors.ts';
import { showClaimWith } from './claim.tsx';
import { move, type Refusal } from './moves.tsx';
import { claimOf } from './on-claim.tsx';
import { sendForm } from './send-form.ts';
import type { Visit } from './visit.ts';

/** Says something of a claim; what is refused comes back in its form. */
export async function commentOnClaim(visit: Visit): Promise<void> {
  demandOf(visit.session, 'record.add');
  const { id, slug } = await claimOf(visit);
  const to = visit.fields('to');
  const reading = {
    schema: AddComment,
    roots: ['text'],
    people: [],
    dates: [],
    finish: (input: object) => ({ ...input, to }),
  };
  const sent = await sendForm<AddComment, string>(visit, reading, 'comment.add', (tx, input) =>
    addComment(tx, id, input),
  );
  if ('done' in sent) return visit.leadTo(`/desk/claims/${slug}#comment-${sent.done}`);
  const { mistakes } = sent.typing;
  const notice = { text: 'The comment is not taken yet. Nothing of it is lost.', bad: true };
  await showClaimWith(visit, { notice, status: 422, mistakes });
}

/** Moves a claim, and the statements on it that were chosen, in one change: all or none. */
export async function moveOneClaim(visit: Visit): Promise<void> {
  const claim = String(visit.req.params.claim);
  const together = visit.fields('statement').map((one) => one.split(' ') as [string, string]);
  const refused = await move(visit, 'claim.edit', async (tx, { version, state, withdrawnBecause }) => {
    for (const [id, known] of together) await editStatement(tx, Id.parse(id), Number(known), { state });
    const id = await findClaimId(tx, claim);
    if (!id) throw new NotFound('claim', claim);
    await editClaim(tx, id, version, { state, withdrawnBecause });
  });
  await after(visit, refused);
}

export async function moveOneStatement(visit: Visit): Promise<void> {
  const id = Id.parse(visit.req.params.statement);
  const refused = await move(visit, 'statement.edit', (tx, { version, ...to }) => editStatement(tx, id, version, to));
  await after(visit, refused);
}

export async function moveOneVerdict(visit: Visit): Promise<void> {
  const id = Id.parse(visit.req.params.verdict);
  const refused = await move(visit, 'verdict.edit', (tx, { version, ...to }) => editVerdict(tx, id, version, to));
  await after(visit, refused);
}

async function after(visit: Visit, refused: Refusal | undefined): Promise<void> {
  if (refused) await showClaimWith(visit, refused);
  else visit.leadTo(`/desk/claims/${String(visit.req.params.claim)}?done=moved`);
}
