import type { Proposal } from '../../domain/proposals/proposals.ts';
import { getSettings } from '../../domain/settings/settings.ts';
import { may } from '../../domain/users/permissions.ts';
import { Diff } from './diff.tsx';
import { type Difference, differencesOf } from './differences.ts';
import type { Editable, Versioned } from './editable.ts';
import { fieldName } from './field-name.ts';
import { Field, FormToken, type Mistakes } from './forms.tsx';
import type { Notice } from './layout.tsx';
import { Proposers } from './proposal-note.tsx';
import type { Visit } from './visit.ts';

export interface ProposalPage {
  notice?: Notice | undefined;
  mistakes?: Mistakes;
  status?: number;
}

/** What is proposed of a record, field by field, and what can be done with it. */
export async function proposalPage<R extends Versioned, T>(
  visit: Visit,
  { noun, asTyped, path, home, preview }: Editable<R, T>,
  record: R,
  proposal: Proposal,
  { notice, mistakes = {}, status = 200 }: ProposalPage,
): Promise<void> {
  const { site, session } = visit;
  const typed = new URLSearchParams(proposal.fields);
  const present = new URLSearchParams(asTyped(record));
  const { fourEyesHold } = await getSettings(site.db);
  const isTheirs = fourEyesHold && proposal.by.some(({ id }) => id === session.id);
  const hasChanged = record.version !== proposal.recordVersion;
  const previewed = preview?.(record);
  const main = (
    <>
      <p class="lead" dir="auto">
        <a href={home(record)}>{present.get('text') || present.get('quote') || `This ${noun}`}</a>
      </p>
      <p class="note">
        By <Proposers of={proposal} />. Readers see what is on record until it is accepted.
      </p>
      {typed.get('reason') && (
        <p>
          Why: <bdi>{typed.get('reason')}</bdi>
        </p>
      )}
      <Differences differences={differencesOf(typed, present, present)} />
      {hasChanged && (
        <p class="notice bad">
          The {noun} has changed since this was proposed. Save it again in the form, where both are shown field by
          field.
        </p>
      )}
      <div class="deeds">
        {!hasChanged && !isTheirs && may(session, 'published.edit') && <AcceptForm visit={visit} proposal={proposal} />}
        <a href={path(record)} data-key="e" aria-keyshortcuts="e">
          Edit
        </a>
        {previewed && <a href={previewed}>Preview</a>}
      </div>
      {isTheirs && <p class="note">Somebody else accepts it.</p>}
      <ReturnForm visit={visit} proposal={proposal} mistakes={mistakes} />
    </>
  );
  await visit.show({ title: 'Proposed edit', main, notice }, status);
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return <p class="empty">Nothing differs from what is on record.</p>;
  return (
    <dl class="differences">
      {differences.map(({ name, mine, theirs }) => (
        <>
          <dt>{fieldName(name)}</dt>
          <dd dir="auto">
            <Diff before={theirs} after={mine} />
          </dd>
        </>
      ))}
    </dl>
  );
}

function AcceptForm({ visit, proposal: { id, version } }: { visit: Visit; proposal: Proposal }) {
  return (
    <form method="post" action={`/desk/proposals/${id}/accept`}>
      <FormToken token={visit.token} />
      <input type="hidden" name="version" value={version} />
      <button type="submit" class="deed" data-key="a" aria-keyshortcuts="a">
        Accept
      </button>
    </form>
  );
}

/** Who made it takes it back; others say why they reject it. */
function ReturnForm({ visit, proposal, mistakes }: { visit: Visit; proposal: Proposal; mistakes: Mistakes }) {
  const { session, token, field } = visit;
  const isOwn = proposal.createdBy === session.id;
  if (!may(session, isOwn ? 'own-draft.edit' : 'draft.edit')) return null;
  return (
    <form class="desk-form" method="post" action={`/desk/proposals/${proposal.id}/return`}>
      <FormToken token={token} />
      <input type="hidden" name="version" value={proposal.version} />
      {isOwn ? (
        <button type="submit">Take back</button>
      ) : (
        <details open={mistakes.note !== undefined}>
          <summary>Reject</summary>
          <Field
            name="note"
            label="Why"
            hint="For who proposed it, who gets the form back. It is never public."
            value={field('note')}
            maxlength={2000}
            mistakes={mistakes}
          />
          <button type="submit">Reject</button>
        </details>
      )}
    </form>
  );
}
