import type { quoteKinds } from '../../domain/vocabulary.ts';
import { Folded } from './folded.tsx';
import { languageName } from './languages.ts';

interface Quoted {
  quote: string | null;
  quoteKind: keyof typeof quoteKinds;
  language: string | null;
  originalLanguage: string | null;
  original: string | null;
}

/** What was said: own words between quotation marks, what is only reported without; a translation beside the original. */
export function Quotation({ of }: { of: Quoted }) {
  const { quote, quoteKind, language, originalLanguage, original } = of;
  if (quote === null) return null;
  const isTranslated = originalLanguage !== null && originalLanguage !== language;
  const spoken = isSpoken(quoteKind);
  return (
    <div class={`quotation${original !== null ? ' has-original' : ''}`}>
      <blockquote class={spoken ? 'spoken' : undefined} {...(language && { lang: language })} dir="auto">
        <Folded text={quote} />
      </blockquote>
      {original !== null && (
        <blockquote class="spoken original" {...(originalLanguage && { lang: originalLanguage })} dir="auto">
          <Folded text={original} />
        </blockquote>
      )}
      {(isTranslated || !spoken) && <p class="note">{noteOn(quoteKind, isTranslated ? originalLanguage : null)}</p>}
    </div>
  );
}

/** Whether the words are the speaker's own, so that they stand between quotation marks. */
export const isSpoken = (kind: Quoted['quoteKind']): boolean => kind === 'verbatim' || kind === 'translated';

function noteOn(kind: Quoted['quoteKind'], from: string | null): string {
  const translated = from === null ? '' : `translated from ${languageName(from)}`;
  if (kind === 'paraphrase') return `In other words${translated && `, ${translated}`}`;
  if (kind === 'reported') return `As reported; the wording is not known${translated && ` (${translated})`}`;
  return translated.replace(/^t/, 'T');
}
