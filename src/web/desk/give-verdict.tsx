import { GiveVerdict, giveVerdict } from '../../domain/verdicts/give-verdict.ts';
import { citationRoles, revisions, verdictStatuses } from '../../domain/vocabulary.ts';
import type { Claim, GivenVerdict, ListOf } from '../answers.ts';
import { claimOf, OnClaim } from './on-claim.tsx';
import { type FormReading, sendForm } from './send-form.ts';
import { isFilled, SourceFields, toldSources } from './source-fields.tsx';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';
import { TypedForm, typingOf } from './typed-form-page.tsx';
import type { Visit } from './visit.ts';

/** Pieces of evidence that a form has room for; more go in over the API. */
const ROOM = 5;
const places = Array.from({ length: ROOM }, (_, place) => `evidence/${place}/`);

const { supports, refutes, context } = citationRoles;

const reading: FormReading<GiveVerdict> = {
  schema: GiveVerdict,
  roots: ['status', 'summary', 'explanation', 'by', 'nativeLabel', 'url', 'decidedAt', 'evidence', 'revision', 'note'],
  people: ['by', ...places.map((place) => `${place}publisher`)],
  dates: ['decidedAt', ...places.map((place) => `${place}publishedOn`)],
  finish: (input) => ({ ...input, evidence: toldSources(input.evidence) }),
};

export async function showGiveVerdict(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const inAdvance = Object.fromEntries(places.map((place) => [`${place}role`, 'supports']));
  await showForm(visit, claim, await typingOf(visit, { ...inAdvance, status: claim.verdict.status }));
}

export async function giveOneVerdict(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const us = { name: visit.site.publisherName };
  const sent = await sendForm(visit, reading, 'verdict.give', (tx, input) => giveVerdict(tx, claim.id, input, us));
  if ('done' in sent) visit.leadTo(`/desk/claims/${claim.slug}?done=found`);
  else await showForm(visit, claim, sent.typing, 422);
}

async function showForm(visit: Visit, claim: Claim, typing: Typing, status = 200): Promise<void> {
  const { items } = await visit.ask<ListOf<GivenVerdict>>('/claims/{claim}/verdicts', { claim: claim.id });
  const isRevised = items.some(({ ours, state }) => ours && state === 'published');
  const main = (
    <>
      <OnClaim claim={claim} />
      <TypedForm
        path={`/desk/claims/${claim.slug}/verdict`}
        token={visit.token}
        typing={typing}
        deed={isRevised ? 'Revise the verdict' : 'Give the verdict'}
      >
        <WordField of={typing} name="status" label="It is" words={statusesFor(claim.kind)} />
        {isRevised && (
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
        {places.slice(0, shownPlaces(typing)).map((place, index) => (
          <fieldset>
            <legend>{index === 0 ? 'Evidence' : `Evidence ${index + 1}`}</legend>
            <SourceFields of={typing} prefix={place} roles={{ supports, refutes, context }} />
          </fieldset>
        ))}
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
  await visit.show({ title: isRevised ? 'Revise the verdict' : 'Give a verdict', main }, status);
}

/** Those that apply to a promise are for promises only. */
const statusesFor = (kind: string) =>
  Object.fromEntries(
    Object.entries(verdictStatuses).filter(([, { appliesTo }]) => appliesTo === 'claims' || kind === 'promise'),
  );

/** The places in which something was typed, and one more. */
function shownPlaces(typing: Typing): number {
  const told = places.findLastIndex((place) =>
    isFilled(typing, place, ['url', 'publisher', 'title', 'excerpt/exact', 'author', 'publishedOn']),
  );
  return Math.max(2, Math.min(told + 2, ROOM));
}
