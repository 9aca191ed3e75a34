import { change } from '../../db/change.ts';
import { asProblem } from '../../db/violations.ts';
import { EditClaim, editClaim } from '../../domain/claims/edit-claim.ts';
import { findClaimId } from '../../domain/claims/find-claim.ts';
import { editStatement } from '../../domain/statements/edit-statement.ts';
import { moves } from '../../domain/states.ts';
import { may } from '../../domain/users/permissions.ts';
import { type State, states } from '../../domain/vocabulary.ts';
import { Forbidden, Stale } from '../../errors.ts';
import type { Claim, ListOf, Statement } from '../answers.ts';
import { Timeline } from '../html/timeline.tsx';
import { asItem } from '../html/utterance.tsx';
import { VerdictBadge } from '../html/verdict.tsx';
import { FormToken } from './forms.tsx';
import type { DeskPage } from './layout.tsx';
import type { Visit } from './visit.ts';

const done: Record<string, string> = {
  logged: 'The claim is logged.',
  linked: 'The response is linked.',
  moved: 'Done.',
};

export async function showClaim(visit: Visit): Promise<void> {
  const text = done[visit.field('done')];
  await showClaimWith(visit, text === undefined ? undefined : { text });
}

async function showClaimWith(visit: Visit, notice?: DeskPage['notice'], status = 200): Promise<void> {
  const { ask, req, show, session } = visit;
  const claim = await ask<Claim>('/claims/{claim}', { claim: String(req.params.claim) });
  const { items } = await ask<ListOf<Statement>>(
    '/statements',
    {},
    {
      claim: claim.id,
      order: 'asc',
      limit: '100',
      state: 'draft,in_review,published',
    },
  );
  const main = (
    <>
      <p class="kicker">
        {states[claim.state].label} <VerdictBadge status={claim.verdict.status} />
        {claim.topics.map(({ name }) => (
          <bdi> · {name}</bdi>
        ))}
      </p>
      {claim.withdrawnBecause && <p class="note">Withdrawn: {claim.withdrawnBecause}</p>}
      <p class="deeds">
        {may(session, 'record.add') && (
          <a class="deed" href={`/desk/claims/${claim.slug}/response`} data-key="r" aria-keyshortcuts="r">
            Link a response
          </a>
        )}
        {claim.state === 'published' && <a href={`/claims/${claim.slug}`}>The public page</a>}
      </p>
      <MoveForm visit={visit} claim={claim} statements={items} />
      <h2>Who said what</h2>
      {items.length > 0 ? (
        <Timeline items={items.map(asItem)} onClaim={claim.id} />
      ) : (
        <p class="empty">No statement on this claim is on record.</p>
      )}
    </>
  );
  show({ title: claim.text, main, notice }, status);
}

/** What each move is called where one makes it. */
const deeds: Record<State, string> = {
  draft: 'Take back to draft',
  in_review: 'Send to review',
  published: 'Publish',
  withdrawn: 'Withdraw',
};

function MoveForm({
  visit: { session, token },
  claim,
  statements,
}: {
  visit: Visit;
  claim: Claim;
  statements: Statement[];
}) {
  const possible = Object.entries(moves[claim.state]).flatMap(([to, needs]) =>
    may(session, needs) ? [to as State] : [],
  );
  if (possible.length === 0) return null;
  const waiting = statements.filter(({ state }) => state === 'draft' || state === 'in_review');
  return (
    <form class="desk-form" method="post" action={`/desk/claims/${claim.slug}/state`}>
      <FormToken token={token} />
      <input type="hidden" name="version" value={claim.version} />
      {waiting.length > 0 && (
        <fieldset>
          <legend>Together with</legend>
          {waiting.map(({ id, version, speaker, saidOn, state }) => (
            <label class="choice">
              <input type="checkbox" name="statement" value={`${id} ${version}`} checked />
              <bdi>{speaker.name}</bdi>, {saidOn.text} ({states[state].label.toLowerCase()})
            </label>
          ))}
        </fieldset>
      )}
      {possible.includes('withdrawn') && (
        <div class="field">
          <label for="withdrawnBecause">Why it is withdrawn</label>
          <p class="note" id="withdrawn-hint">
            Readers are told.
          </p>
          <input id="withdrawnBecause" name="withdrawnBecause" maxlength={2000} aria-describedby="withdrawn-hint" />
        </div>
      )}
      <p class="deeds">
        {possible.map((to) => (
          <button type="submit" name="state" value={to} class={to === 'published' ? 'deed' : undefined}>
            {deeds[to]}
          </button>
        ))}
      </p>
    </form>
  );
}

/** Moves a claim, and the statements on it that were chosen, in one change: all or none. */
export async function moveOneClaim(visit: Visit): Promise<void> {
  const { site, session, req, field, fields, leadTo } = visit;
  const { state, withdrawnBecause } = EditClaim.parse({
    state: field('state'),
    ...(field('state') === 'withdrawn' && { withdrawnBecause: field('withdrawnBecause').trim() || null }),
  });
  const together = fields('statement').map((one) => one.split(' ') as [string, string]);
  try {
    await change(site.db, { actor: session, action: 'claim.edit' }, async (tx) => {
      const id = await findClaimId(tx, String(req.params.claim));
      for (const [statement, version] of together) await editStatement(tx, statement, Number(version), { state });
      await editClaim(tx, id!, Number(field('version')), { state, withdrawnBecause });
    });
  } catch (thrown) {
    const error = asProblem(thrown) ?? thrown;
    if (!(error instanceof Forbidden || error instanceof Stale)) throw thrown;
    return showClaimWith(visit, { text: error.message, bad: true }, error instanceof Stale ? 412 : 403);
  }
  leadTo(`/desk/claims/${String(req.params.claim)}?done=moved`);
}
