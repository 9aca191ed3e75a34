import type { quoteKinds, VerdictStatus } from '../../domain/vocabulary.ts';
import type { DateAnswer, OtherVerdict, Speaker, StandingVerdict } from '../answers.ts';
import { languageName } from '../html/languages.ts';
import { isSpoken } from '../html/quotation.tsx';
import { RecordLink } from '../html/record-link.tsx';
import { toneOf } from '../html/verdict.tsx';
import { datetimeOf } from '../html/when.tsx';
import { dateIn, type Look, wordsIn } from './look.ts';

export function Badge({ status, look }: { status: VerdictStatus; look: Look }) {
  return <span class={`verdict is-${toneOf(status)}`}>{wordsIn(look).verdict[status]}</span>;
}

/** Our finding with its summary, and others' in their own words. */
export function Found({
  verdict,
  others,
  look,
}: {
  verdict: StandingVerdict;
  others: readonly OtherVerdict[];
  look: Look;
}) {
  const words = wordsIn(look);
  return (
    <>
      <p class="found">
        <Badge status={verdict.status} look={look} />
        {verdict.summary && <bdi>{verdict.summary}</bdi>}
      </p>
      {others.length > 0 && (
        <p class="others">
          {words.others}:{' '}
          {others.map(({ by, nativeLabel, label }, index) => (
            <>
              {index > 0 && '; '}
              <bdi>{by.name}</bdi>, <bdi>{nativeLabel ?? label}</bdi>
            </>
          ))}
        </p>
      )}
    </>
  );
}

export function Who({ speaker, look }: { speaker: Speaker; look: Look }) {
  const { slug, name, role, onBehalfOf } = speaker;
  return (
    <>
      <RecordLink class="name" href={`/people/${slug}`} dir="auto">
        {name}
      </RecordLink>
      {role && (
        <span class="role">
          , <bdi>{role}</bdi>
        </span>
      )}
      {onBehalfOf && (
        <span class="role">
          , {wordsIn(look).onBehalfOf} <bdi>{onBehalfOf.name}</bdi>
        </span>
      )}
    </>
  );
}

/** A date in words, and for machines where it is known exactly. */
export function On({ date, look }: { date: Pick<DateAnswer, 'edtf' | 'text'>; look: Look }) {
  const text = dateIn(look, date);
  const precise = datetimeOf(date);
  const language = text === undefined ? { lang: 'en' } : {};
  return precise ? (
    <time class="when" datetime={precise} {...language}>
      {text ?? date.text}
    </time>
  ) : (
    <span class="when" {...language}>
      {text ?? date.text}
    </span>
  );
}

interface Quoted {
  quote: string | null;
  quoteKind: keyof typeof quoteKinds;
  language?: string | null;
  originalLanguage?: string | null;
}

/** The words, between quotation marks where they are the speaker's own. */
export function Quote({ of, look, short = false }: { of: Quoted; look: Look; short?: boolean }) {
  const { quote, quoteKind, language, originalLanguage } = of;
  const words = wordsIn(look);
  if (quote === null) return <p class="takes">{words.silence}</p>;
  const spoken = isSpoken(quoteKind);
  const notes = [
    quoteKind === 'paraphrase' && words.paraphrase,
    quoteKind === 'reported' && words.reported,
    originalLanguage &&
      originalLanguage !== language &&
      words.translatedFrom(languageName(originalLanguage, look.lang)),
  ].filter(Boolean);
  return (
    <div class={`quotation${short ? ' short' : ''}`}>
      <blockquote class={spoken ? 'spoken' : undefined} {...(language && { lang: language })} dir="auto">
        <p>{quote}</p>
      </blockquote>
      {notes.length > 0 && <p class="note">{notes.join('. ')}</p>}
    </div>
  );
}
