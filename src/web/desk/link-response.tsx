import { LinkResponse, linkResponse } from '../../domain/claims/link-response.ts';
import { stances } from '../../domain/vocabulary.ts';
import type { Claim, Statement } from '../answers.ts';
import { shortened } from '../html/turns.tsx';
import { claimOf, OnClaim, statementsOn } from './on-claim.tsx';
import { type FormReading, sendForm } from './send-form.ts';
import { type Typing, WordField } from './typed-fields.tsx';
import { TypedForm, typingOf } from './typed-form-page.tsx';
import {
  FirstSource,
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
  const statements = await statementsOn(visit, claim);
  const asserted = statements.find(({ positions }) =>
    positions.some((position) => position.claim.id === claim.id && position.stance === 'asserts'),
  );
  const inAdvance = { ...utteranceInAdvance, repliesTo: asserted?.id ?? '' };
  await showForm(visit, { claim, statements }, await typingOf(visit, inAdvance));
}

export async function linkOneResponse(visit: Visit): Promise<void> {
  const claim = await claimOf(visit);
  const sent = await sendForm(visit, reading, 'response.link', (tx, input) => linkResponse(tx, claim.id, input));
  if ('done' in sent) visit.leadTo(`/desk/claims/${claim.slug}?done=linked`);
  else await showForm(visit, { claim, statements: await statementsOn(visit, claim) }, sent.typing, 422);
}

async function showForm(
  visit: Visit,
  { claim, statements }: { claim: Claim; statements: readonly Statement[] },
  typing: Typing,
  status = 200,
): Promise<void> {
  const answered = Object.fromEntries(statements.map((item) => [item.id, { label: briefly(item) }]));
  const main = (
    <>
      <OnClaim claim={claim} />
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
        <WordField of={typing} name="stance" label="It" words={{ '': { label: 'Choose a stance' }, ...stances }} />
        <UtteranceFields of={typing} prefix="">
          <FirstSource of={typing} prefix="" />
        </UtteranceFields>
      </TypedForm>
    </>
  );
  await visit.show({ title: 'Link a response', main }, status);
}

const briefly = ({ speaker, saidOn, quote }: Statement): string =>
  `${speaker.name}, ${saidOn.text}${quote ? `: “${shortened(quote, 60)}”` : ''}`;
