import { personKinds } from '../../domain/vocabulary.ts';
import type { Hit } from '../answers.ts';
import { RecordLink } from '../html/record-link.tsx';
import { PersonLink } from '../html/speaker.tsx';
import { VerdictBadge } from '../html/verdict.tsx';
import { When } from '../html/when.tsx';

/** Records found, the best first, with the words marked that were looked for. */
export function HitList({ hits }: { hits: readonly Hit[] }) {
  return (
    <ol class="hits">
      {hits.map((hit) => (
        <li>
          <HitView hit={hit} />
        </li>
      ))}
    </ol>
  );
}

function HitView({ hit }: { hit: Hit }) {
  switch (hit.type) {
    case 'claim':
      return (
        <>
          <p class="kicker">Claim</p>
          <h2>
            <RecordLink href={`/claims/${hit.slug}`} lang={hit.language} dir="auto">
              <Marked snippet={hit.snippet} />
            </RecordLink>
          </h2>
          <p>
            <VerdictBadge status={hit.verdict.status} /> {hit.verdict.summary && <bdi>{hit.verdict.summary}</bdi>}
          </p>
        </>
      );
    case 'statement':
      return (
        <>
          <p class="kicker">
            Statement · <When date={hit.saidOn} />
          </p>
          {hit.quote === null ? <p class="silence">No answer was given.</p> : <Quote hit={hit} />}
          <p>
            <PersonLink slug={hit.speaker.slug} name={hit.speaker.name} />
          </p>
        </>
      );
    case 'person':
      return (
        <>
          <p class="kicker">{personKinds[hit.kind].label}</p>
          <h2>
            <RecordLink href={`/people/${hit.slug}`} dir="auto">
              <Marked snippet={hit.snippet} />
            </RecordLink>
          </h2>
        </>
      );
    case 'source':
      return (
        <>
          <p class="kicker">
            Source
            {hit.publishedOn && (
              <>
                {' '}
                · <When date={hit.publishedOn} />
              </>
            )}
          </p>
          <h2>
            <RecordLink href={`/sources/${hit.id}`} lang={hit.language ?? undefined} dir="auto">
              {hit.title === null ? 'Without a title' : <Marked snippet={hit.snippet} />}
            </RecordLink>
          </h2>
          {hit.publisher && (
            <p>
              <PersonLink slug={hit.publisher.slug} name={hit.publisher.name} />
            </p>
          )}
        </>
      );
  }
}

/** The quote, or the words as they were said where only these have what was looked for. */
function Quote({ hit }: { hit: Extract<Hit, { type: 'statement' }> }) {
  const shown = hit.snippet.map(({ text }) => text).join('');
  const isQuote = hit.quote!.includes(shown.replaceAll('…', '').slice(0, 40));
  const spoken = hit.quoteKind === 'verbatim' || hit.quoteKind === 'translated';
  return (
    <h2 class="quotation">
      <RecordLink href={`/statements/${hit.id}`} lang={isQuote ? (hit.language ?? undefined) : undefined} dir="auto">
        {spoken && '“'}
        <Marked snippet={hit.snippet} />
        {spoken && '”'}
      </RecordLink>
    </h2>
  );
}

function Marked({ snippet }: { snippet: Hit['snippet'] }) {
  return <>{snippet.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>;
}
