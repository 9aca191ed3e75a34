import { change } from '../../db/change.ts';
import type { Writer } from '../../db/types.ts';
import { asProblem } from '../../db/violations.ts';
import { EditClaim } from '../../domain/claims/edit-claim.ts';
import { moves } from '../../domain/states.ts';
import { may } from '../../domain/users/permissions.ts';
import { type State, states } from '../../domain/vocabulary.ts';
import { Forbidden, Stale } from '../../errors.ts';
import type { Statement } from '../answers.ts';
import { FormToken } from './forms.tsx';
import type { DeskPage } from './layout.tsx';
import type { Visit } from './visit.ts';

/** What each move is called where one makes it. */
const deeds: Record<State, string> = {
  draft: 'Take back to draft',
  in_review: 'Send to review',
  published: 'Publish',
  withdrawn: 'Withdraw',
};

/** To where a record may go from its state, as far as the roles tell; four eyes have the last word when it is sent. */
export function MoveForm({
  visit: { session, token },
  record: { state, version },
  action,
  waiting = [],
}: {
  visit: Visit;
  record: { state: State; version: number };
  action: string;
  /** Statements that may go along. */
  waiting?: readonly Statement[];
}) {
  const possible = Object.entries(moves[state]).flatMap(([to, needs]) => (may(session, needs) ? [to as State] : []));
  if (possible.length === 0) return null;
  const why = `why ${action}`;
  return (
    <form class="desk-form" method="post" action={action}>
      <FormToken token={token} />
      <input type="hidden" name="version" value={version} />
      {waiting.length > 0 && (
        <fieldset>
          <legend>Together with</legend>
          {waiting.map((statement) => (
            <label class="choice">
              <input type="checkbox" name="statement" value={`${statement.id} ${statement.version}`} checked />
              <bdi>{statement.speaker.name}</bdi>, {statement.saidOn.text} (
              {states[statement.state].label.toLowerCase()})
            </label>
          ))}
        </fieldset>
      )}
      {possible.includes('withdrawn') && (
        <details>
          <summary>Withdraw</summary>
          <div class="field">
            <label for={why}>Why</label>
            <p class="note">Readers are told.</p>
            <input id={why} name="withdrawnBecause" maxlength={2000} />
          </div>
          <button type="submit" name="state" value="withdrawn">
            {deeds.withdrawn}
          </button>
        </details>
      )}
      <p class="deeds">
        {possible
          .filter((to) => to !== 'withdrawn')
          .map((to) => (
            <button type="submit" name="state" value={to} class={to === 'published' ? 'deed' : undefined}>
              {deeds[to]}
            </button>
          ))}
      </p>
    </form>
  );
}

export interface Refusal {
  notice: DeskPage['notice'];
  status: number;
}

/** What a form of moves says. */
export interface Move {
  state: State;
  withdrawnBecause?: string | null | undefined;
  version: number;
}

/** Makes a move in one change; returns what is to be said where it may not be made. Throws what is no refusal. */
export async function move(
  { site, session, field }: Visit,
  action: string,
  act: (tx: Writer, move: Move) => Promise<void>,
): Promise<Refusal | undefined> {
  const because = field('withdrawnBecause').trim() || null;
  const { state, withdrawnBecause } = EditClaim.parse({
    state: field('state'),
    ...(field('state') === 'withdrawn' && { withdrawnBecause: because }),
  });
  try {
    await change(site.db, { actor: session, action }, (tx) =>
      act(tx, { state: state!, withdrawnBecause, version: Number(field('version')) }),
    );
    return undefined;
  } catch (thrown) {
    return refusalIn(thrown);
  }
}

/** What is to be said of a change that may not be made, or of another version. Throws what is no refusal. */
export function refusalIn(thrown: unknown): Refusal {
  const error = asProblem(thrown) ?? thrown;
  if (!(error instanceof Forbidden || error instanceof Stale)) throw thrown;
  return { notice: { text: error.message, bad: true }, status: error instanceof Stale ? 412 : 403 };
}
