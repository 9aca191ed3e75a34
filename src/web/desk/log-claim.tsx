import { z } from 'zod';
import { LogClaim, logClaim } from '../../domain/claims/log-claim.ts';
import { LogStatement, logStatement } from '../../domain/statements/log-statement.ts';
import { claimKinds } from '../../domain/vocabulary.ts';
import { chosen } from './meant.ts';
import { askWhetherRepeated, NEW_CLAIM } from './repeats.tsx';
import { type FormReading, sendForm } from './send-form.ts';
import { DateField, LongField, Meaning, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';
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

const PATH = '/desk/claims/new';

const below = (names: readonly string[]) => names.map((name) => `statement/${name}`);

const reading: FormReading<LogClaim> = {
  schema: LogClaim,
  roots: ['text', 'language', 'kind', 'dueOn', 'topics', 'people', 'statement'],
  people: [...below(utterancePeople), 'people/0/person'],
  dates: [...below(utteranceDates), 'dueOn'],
  lists: ['topics'],
  ask: async (visit, { text }) =>
    chosen(visit.typed, 'text') === NEW_CLAIM ? {} : await askWhetherRepeated(visit, text),
  finish: (input) => ({ ...input, statement: withoutEmptySource((input.statement ?? {}) as object) }),
};

const inAdvance = {
  ...Object.fromEntries(Object.entries(utteranceInAdvance).map(([name, value]) => [`statement/${name}`, value])),
  language: 'en',
  kind: 'fact',
};

export async function showLogClaim(visit: Visit): Promise<void> {
  await showForm(visit, await typingOf(visit, inAdvance));
}

export async function logOneClaim(visit: Visit): Promise<void> {
  const said = chosen(visit.typed, 'text');
  if (said !== undefined && said !== NEW_CLAIM) return logRepeat(visit, said);
  const sent = await sendForm(visit, reading, 'claim.log', logClaim);
  if ('done' in sent) visit.leadTo(`/desk/claims/${sent.done}?done=logged`);
  else await showForm(visit, sent.typing, 422);
}

/** The statement alone, on a claim that is on record. */
async function logRepeat(visit: Visit, claim: string): Promise<void> {
  const repeating = {
    schema: z.object({ statement: LogStatement }),
    roots: ['statement'],
    people: below(utterancePeople),
    dates: below(utteranceDates),
    finish: ({ statement = {} }: { statement?: unknown }) => ({
      statement: { ...withoutEmptySource(statement as object), positions: [{ claim, stance: 'asserts' }] },
    }),
  };
  const sent = await sendForm(visit, repeating, 'statement.log', (tx, { statement }) => logStatement(tx, statement));
  if ('done' in sent) visit.leadTo(`/desk/claims/${claim}?done=repeated`);
  else await showForm(visit, sent.typing, 422);
}

async function showForm({ show, token }: Visit, typing: Typing, status = 200): Promise<void> {
  const main = (
    <TypedForm path={PATH} token={token} typing={typing} deed="Log the claim">
      <UtteranceFields of={typing} prefix="statement/">
        <FirstSource of={typing} prefix="statement/" />
      </UtteranceFields>
      <LongField
        of={typing}
        name="text"
        label="The claim"
        hint="What can be checked, in neutral words that stand by themselves."
      >
        <div class="repeats" data-repeats role="status" />
        <Meaning of={typing} name="text" />
      </LongField>
      <div class="together">
        <TextField of={typing} name="topics" label="Topics" hint="With commas between" />
        <PersonField of={typing} name="people/0/person" label="About whom" />
      </div>
      <details open={typing.typed.get('kind') !== 'fact' || 'dueOn' in typing.mistakes || 'dueOn' in typing.choices}>
        <summary>Kind, language</summary>
        <div class="together">
          <WordField of={typing} name="kind" label="Kind" words={claimKinds} />
          <DateField of={typing} name="dueOn" label="Due" hint="Of a promise or a prediction" />
          <TextField of={typing} name="language" label="Language of the claim" size={6} maxlength={35} />
        </div>
      </details>
    </TypedForm>
  );
  await show({ title: 'Log a claim', main }, status);
}
