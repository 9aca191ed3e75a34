import { findClaimId } from '../../domain/claims/find-claim.ts';
import { LinkResponse, linkResponse } from '../../domain/claims/link-response.ts';
import { stances } from '../../domain/vocabulary.ts';
import type { Claim, ListOf, Statement } from '../answers.ts';
import { shortened } from '../html/turns.tsx';
import { type FormReading, sendForm } from './send-form.ts';
import { type Typing, WordField } from './typed-fields.tsx';
import { TypedForm, typingOf } from './typed-form-page.tsx';
import {
  UtteranceFields,
  utteranceDates,
  utteranceInAdvance,
  utterancePeople,
  withoutEmptySource,
} from './utterance-fields.tsx';
import type { Visit } from './visit.ts';

const reading: FormReading<LinkResponse> = {
  schema: LinkResponse.made,
  roots: [
    ...['person', 'onBehalfOf', 'role', 'quoteKind', 'quote', 'language', 'originalLanguage', 'original', 'saidOn'],
    ...['venue', 'askedOn', 'askedBy', 'deadline', 'sources', 'stance', 'repliesTo'],
  ],
  people: utterancePeople,
  dates: utteranceDates,
  finish: withoutEmptySource,
};

export async function showLinkResponse(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const { items } = await statementsOn(visit, claim);
  const asserted = items.find(({ positions }) =>
    positions.some((position) => position.claim.id === claim.id && position.stance === 'asserts'),
  );
  await showForm(
    visit,
    claim,
    await typingOf(visit, { ...utteranceInAdvance, repliesTo: asserted?.id ?? '', stance: 'denies' }),
  );
}

export async function linkOneResponse(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const id = (await findClaimId(visit.site.db, claim.id))!;
  const sent = await sendForm(visit, reading, 'response.link', (tx, input) => linkResponse(tx, id, input));
  if ('done' in sent) visit.leadTo(`/desk/claims/${claim.slug}?done=linked`);
  else await showForm(visit, claim, sent.typing, 422);
}

const claimOf = ({ ask, req }: Visit): Promise<Claim> =>
  ask<Claim>('/claims/{claim}', { claim: String(req.params.claim) });

const statementsOn = ({ ask }: Visit, { id }: Claim): Promise<ListOf<Statement>> =>
  ask<ListOf<Statement>>(
    '/statements',
    {},
    { claim: id, order: 'asc', limit: '100', state: 'draft,in_review,published' },
  );

async function showForm(visit: Visit, claim: Claim, typing: Typing, status = 200): Promise<void> {
  const { items } = await statementsOn(visit, claim);
  const answered = Object.fromEntries(items.map((item) => [item.id, { label: briefly(item) }]));
  const main = (
    <>
      <p class="lead" dir="auto" lang={claim.language}>
        <a href={`/desk/claims/${claim.slug}`}>{claim.text}</a>
      </p>
      <TypedForm
        path={`/desk/claims/${claim.slug}/response`}
        token={visit.token}
        typing={typing}
        deed="Link the response"
      >
        <WordField
          of={typing}
          name="repliesTo"
          label="Answers"
          words={{ '': { label: 'No statement in particular' }, ...answered }}
        />
        <WordField of={typing} name="stance" label="It" words={stances} />
        <UtteranceFields of={typing} prefix="" />
      </TypedForm>
    </>
  );
  await visit.show({ title: 'Link a response', main }, status);
}

const briefly = ({ speaker, saidOn, quote }: Statement): string =>
  `${speaker.name}, ${saidOn.text}${quote ? `: “${shortened(quote, 60)}”` : ''}`;
