import type { Answered as AnsweredStatement, NestedResponse } from '../answers.ts';
import { isSpoken } from './quotation.tsx';
import { RecordLink } from './record-link.tsx';
import { SpeakerLine } from './speaker.tsx';
import { stanceInWords } from './stance.ts';
import { When } from './when.tsx';

/** The statement that is answered, before the answer. */
export function Answered({ statement }: { statement: AnsweredStatement }) {
  const { statementId, saidOn, speaker } = statement;
  return (
    <div class="turn other">
      <p class="who">
        <SpeakerLine speaker={speaker} />
        {' · '}
        <RecordLink class="when" href={`/statements/${statementId}`}>
          <When date={saidOn} />
        </RecordLink>
      </p>
      <Brief of={statement} />
    </div>
  );
}

/** Which statement of the same page is answered. */
export function Answering({ statement }: { statement: AnsweredStatement }) {
  const { statementId, saidOn, speaker } = statement;
  return (
    <span class="note">
      {' · answering '}
      <bdi>{speaker.name}</bdi>, <a href={`#s-${statementId}`}>{saidOn.text}</a>
    </span>
  );
}

/** An answer, after the statement. */
export function Reply({ response }: { response: NestedResponse }) {
  const { statementId, stance, saidOn, speaker } = response;
  return (
    <div class="turn other">
      <p class="who">
        <SpeakerLine speaker={speaker} />
        {' · '}
        <span class="stance">{stanceInWords(stance)}</span>
        {' · '}
        <RecordLink class="when" href={`/statements/${statementId}`}>
          <When date={saidOn} />
        </RecordLink>
      </p>
      <Brief of={response} />
    </div>
  );
}

/** Characters of another's words shown here; all of them are a click away. */
const BRIEF = 280;

function Brief({ of }: { of: Pick<NestedResponse, 'quote' | 'quoteKind' | 'language'> }) {
  const { quote, quoteKind, language } = of;
  if (quote === null) return null;
  return (
    <blockquote class={isSpoken(quoteKind) ? 'brief spoken' : 'brief'} {...(language && { lang: language })} dir="auto">
      <p>{shortened(quote)}</p>
    </blockquote>
  );
}

/** The beginning of a text, up to a blank. */
export function shortened(text: string, most = BRIEF): string {
  if (text.length <= most) return text;
  const begun = text.slice(0, most - 1);
  const blank = begun.lastIndexOf(' ');
  const cut = blank > most / 2 ? begun.slice(0, blank) : begun.replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s,;:–-]+$/u, '')} …`;
}
