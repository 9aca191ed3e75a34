import { GiveVerdict, giveVerdict } from '../../domain/verdicts/give-verdict.ts';
import { revisions, verdictStatuses } from '../../domain/vocabulary.ts';
import type { Claim, GivenVerdict, ListOf } from '../answers.ts';
import {
  EvidenceFields,
  evidenceAsTyped,
  evidenceDates,
  evidenceIn,
  evidencePeople,
  withRoom,
} from './evidence-fields.tsx';
import { claimOf, OnClaim } from './on-claim.tsx';
import { type FormReading, sendForm } from './send-form.ts';
import { isFilled } from './source-fields.tsx';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';
import type { Typed } from './typed-form.ts';
import { TypedForm, typingOf } from './typed-form-page.tsx';
import type { Visit } from './visit.ts';

const reading = (typed: Typed): FormReading<GiveVerdict> => ({
  schema: GiveVerdict,
  roots: ['status', 'summary', 'explanation', 'by', 'nativeLabel', 'url', 'decidedAt', 'evidence', 'revision', 'note'],
  people: ['by', ...evidencePeople(typed)],
  dates: ['decidedAt', ...evidenceDates(typed)],
  finish: (input) => ({ ...input, evidence: evidenceIn(input.evidence) }),
});

export async function showGiveVerdict(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const revised = await revisedBy(visit, claim);
  const words = revised && {
    revision: 'update',
    summary: revised.summary ?? '',
    explanation: revised.explanation ?? '',
  };
  const inAdvance = { status: claim.verdict.status, ...words, ...evidenceAsTyped(revised?.evidence ?? []) };
  await showForm(visit, claim, revised, await typingOf(visit, inAdvance));
}

export async function giveOneVerdict(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const us = { name: visit.site.publisherName };
  const typed = withRoom(visit.typed);
  const sent = await sendForm({ ...visit, typed }, reading(typed), 'verdict.give', (tx, input) =>
    giveVerdict(tx, claim.id, input, us),
  );
  if ('done' in sent) visit.leadTo(`/desk/claims/${claim.slug}?done=found`);
  else await showForm(visit, claim, await revisedBy(visit, claim), sent.typing, 422);
}

/** The verdict of ours that a new one supersedes; what it says is there to be changed. */
async function revisedBy({ ask }: Visit, { id }: Claim): Promise<GivenVerdict | undefined> {
  const { items } = await ask<ListOf<GivenVerdict>>('/claims/{claim}/verdicts', { claim: id });
  return items.find(({ ours, state }) => ours && state === 'published');
}

async function showForm(
  visit: Visit,
  claim: Claim,
  revised: GivenVerdict | undefined,
  typing: Typing,
  status = 200,
): Promise<void> {
  const main = (
    <>
      <OnClaim claim={claim} />
      <TypedForm
        path={`/desk/claims/${claim.slug}/verdict`}
        token={visit.token}
        typing={typing}
        deed={revised ? 'Revise the verdict' : 'Give the verdict'}
      >
        <WordField of={typing} name="status" label="It is" words={statusesFor(claim.kind)} />
        {revised && (
          <div class="together">
            <WordField of={typing} name="revision" label="Why it is revised" words={revisions} />
            <TextField
              of={typing}
              name="note"
              label="What was wrong"
              hint="Public; a correction and a retraction need it"
            />
          </div>
        )}
        <LongField of={typing} name="summary" label="In a sentence or two" rows={2} />
        <LongField of={typing} name="explanation" label="Why" hint="Markdown" rows={8} />
        <EvidenceFields of={typing} />
        <details open={isFilled(typing, '', ['by', 'nativeLabel', 'url', 'decidedAt'])}>
          <summary>Another publisher’s verdict, its date</summary>
          <div class="together">
            <PersonField of={typing} name="by" label="Found by" hint="Empty for ours" />
            <TextField of={typing} name="nativeLabel" label="In their words" />
          </div>
          <div class="together">
            <TextField of={typing} name="url" label="Where it stands" type="url" inputmode="url" />
            <DateField of={typing} name="decidedAt" label="Decided" hint="Empty for now" />
          </div>
        </details>
      </TypedForm>
    </>
  );
  await visit.show({ title: revised ? 'Revise the verdict' : 'Give a verdict', main }, status);
}

/** Those that apply to a promise are for promises only. */
const statusesFor = (kind: string) =>
  Object.fromEntries(
    Object.entries(verdictStatuses).filter(([, { appliesTo }]) => appliesTo === 'claims' || kind === 'promise'),
  );
