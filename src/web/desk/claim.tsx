import { mergedRecords } from '../../domain/history/merged-records.ts';
import { proposalsOf } from '../../domain/proposals/proposals.ts';
import { may } from '../../domain/users/permissions.ts';
import { states } from '../../domain/vocabulary.ts';
import type { GivenVerdict, ListOf, Statement } from '../answers.ts';
import { EvidenceList } from '../html/sources.tsx';
import { Timeline } from '../html/timeline.tsx';
import { asItem } from '../html/utterance.tsx';
import { VerdictBadge } from '../html/verdict.tsx';
import { commentsSection } from './comments.tsx';
import { edited } from './edit-record.tsx';
import { EraseLink } from './erasure.tsx';
import type { Mistakes } from './forms.tsx';
import type { DeskPage } from './layout.tsx';
import { MergedHere, MergeLink, mergeNotice } from './merged.tsx';
import { MoveForm } from './moves.tsx';
import { claimOf, statementsOn } from './on-claim.tsx';
import { PreviewLink } from './preview.tsx';
import { ProposalNote } from './proposal-note.tsx';
import { SourceLinks } from './source-links.tsx';
import type { Visit } from './visit.ts';

const done: Record<string, string> = {
  logged: 'The claim is logged.',
  repeated: 'The repeat is logged.',
  linked: 'The response is linked.',
  found: 'The verdict is given.',
  ...edited,
  moved: 'Done.',
};

export async function showClaim(visit: Visit): Promise<void> {
  const text = done[visit.field('done')];
  await showClaimWith(visit, { notice: text === undefined ? undefined : { text } });
}

/** The page of a claim, with what is to be said of what was sent from it; `mistakes` are in the comment. */
export async function showClaimWith(
  visit: Visit,
  { notice, status = 200, mistakes }: { notice?: DeskPage['notice']; status?: number; mistakes?: Mistakes } = {},
): Promise<void> {
  const { site, ask, show, session } = visit;
  const claim = await claimOf(visit);
  const [statements, verdicts, merged] = await Promise.all([
    statementsOn(visit, claim),
    ask<ListOf<GivenVerdict>>('/claims/{claim}/verdicts', { claim: claim.id }),
    mergedRecords(site.db, 'claim', claim.id),
  ]);
  const proposals = await proposalsOf(site.db, [claim.id, ...statements.map(({ id }) => id)]);
  const proposalOf = (id: string) => proposals.find(({ recordId }) => recordId === id);
  const path = `/desk/claims/${claim.slug}`;
  const main = (
    <>
      <p class="kicker">
        {states[claim.state].label}
        {claim.topics.map(({ name }) => (
          <>
            {' · '}
            <bdi>{name}</bdi>
          </>
        ))}
      </p>
      {claim.withdrawnBecause && <p class="note">Withdrawn: {claim.withdrawnBecause}</p>}
      <p class="deeds">
        {may(session, 'record.add') && (
          <>
            <a class="deed" href={`${path}/response`} data-key="r" aria-keyshortcuts="r">
              Link a response
            </a>
            <a class="deed" href={`${path}/verdict`} data-key="v" aria-keyshortcuts="v">
              Give a verdict
            </a>
          </>
        )}
        {claim.state === 'published' && <a href={`/claims/${claim.slug}`}>The public page</a>}
        <PreviewLink claim={claim} path={path} />
        <a href={`${path}/edit`} data-key="e" aria-keyshortcuts="e">
          Edit
        </a>
        <MergeLink visit={visit} path={path} />
        <a href={`/desk/claims/${claim.id}/history`}>History</a>
        {may(session, 'record.add') && (
          <a href="#text" data-key="c" aria-keyshortcuts="c">
            Comment
          </a>
        )}
        <EraseLink visit={visit} id={claim.id} />
      </p>
      <ProposalNote proposal={proposalOf(claim.id)} />
      <MergedHere visit={visit} kind="claims" merged={merged} />
      <MoveForm
        visit={visit}
        record={claim}
        action={`${path}/state`}
        waiting={claim.state === 'published' ? [] : statements.filter(({ state }) => state !== 'published')}
      />
      {verdicts.items.length > 0 && <h2>Verdicts</h2>}
      {verdicts.items.map((verdict) => (
        <article class="on-desk" aria-label={`Verdict: ${verdict.label}, ${verdict.by.name}`}>
          <p>
            <VerdictBadge status={verdict.status} /> <bdi>{verdict.by.name}</bdi>{' '}
            <span class="note">{states[verdict.state].label}</span>
          </p>
          {verdict.summary && <p dir="auto">{verdict.summary}</p>}
          {verdict.note && <p class="note">Revised: {verdict.note}</p>}
          <EvidenceList evidence={verdict.evidence} />
          <SourceLinks sources={verdict.evidence} />
          <MoveForm visit={visit} record={verdict} action={`${path}/verdicts/${verdict.id}/state`} />
        </article>
      ))}
      <h2>Who said what</h2>
      {statements.length > 0 ? (
        <Timeline
          items={statements.map(asItem)}
          onClaim={claim.id}
          deeds={({ statement: { id } }) => (
            <>
              <ProposalNote proposal={proposalOf(id)} />
              <StatementDeeds visit={visit} path={path} statement={statements.find((one) => one.id === id)!} />
            </>
          )}
        />
      ) : (
        <p class="empty">No statement on this claim is on record.</p>
      )}
      {await commentsSection(visit, claim, mistakes)}
    </>
  );
  await show({ title: claim.text, main, notice: notice ?? mergeNotice(visit, 'claims', merged) }, status);
}

/** What can be done with a statement on a claim. */
function StatementDeeds({ visit, path, statement }: { visit: Visit; path: string; statement: Statement }) {
  const { id, speaker, state, sources } = statement;
  return (
    <>
      <p class="deeds">
        {state !== 'published' && <span class="note">{states[state].label}</span>}
        <a href={`/desk/statements/${id}/edit`}>
          Edit<span class="aside"> what {speaker.name} said</span>
        </a>
        <a href={`/desk/statements/${id}/history`}>
          History<span class="aside"> of what {speaker.name} said</span>
        </a>
      </p>
      <SourceLinks sources={sources} />
      <MoveForm visit={visit} record={statement} action={`${path}/statements/${id}/state`} />
    </>
  );
}
