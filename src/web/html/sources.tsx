import type { Evidence, Excerpt, StatementSource } from '../answers.ts';
import { When } from './when.tsx';

/** The sources of a statement, each with the way by which we have it, and from how many independent ones all comes. */
export function Sources({ sources, origins }: { sources: readonly StatementSource[]; origins: readonly string[] }) {
  if (sources.length === 0) return null;
  return (
    <div class="sources">
      <ul aria-label="Sources">
        {sources.map((source) => (
          <li>
            <SourceTitle source={source} publisher={source.publisher} />
            {source.publishedOn && (
              <>
                , <When date={source.publishedOn} />
              </>
            )}
            {source.chain.length > 1 && <Chain chain={source.chain} />}
            {source.excerpt && <ExcerptLine excerpt={source.excerpt} />}
          </li>
        ))}
      </ul>
      <p class="origins">{originsInWords(origins)}</p>
    </div>
  );
}

/** From who told us to who had it first. */
function Chain({ chain }: { chain: readonly string[] }) {
  return (
    <span class="chain">
      {' '}
      (
      {chain.map((name, index) => (
        <>
          {index > 0 && <span> from </span>}
          <bdi>{name}</bdi>
        </>
      ))}
      )
    </span>
  );
}

/** Several outlets can be one source. */
function originsInWords(origins: readonly string[]): string {
  if (origins.length === 0) return '';
  const names = new Intl.ListFormat('en').format(origins);
  return origins.length === 1 ? `One independent origin: ${names}` : `${origins.length} independent origins: ${names}`;
}

/** The evidence for a finding. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul class="evidence">
      {evidence.map((source) => (
        <li>
          <SourceTitle source={source} publisher={source.publisher?.name ?? null} />
          {source.role !== 'supports' && <span class="role"> ({citedAs[source.role]})</span>}
          {source.excerpt && <ExcerptLine excerpt={source.excerpt} />}
        </li>
      ))}
    </ul>
  );
}

const citedAs = {
  primary: 'primary source',
  reports: 'report',
  supports: 'evidence for',
  refutes: 'evidence against',
  context: 'context',
};

function SourceTitle({
  source,
  publisher,
}: {
  source: Pick<StatementSource, 'id' | 'title'>;
  publisher: string | null;
}) {
  return (
    <>
      {publisher && (
        <>
          <bdi>{publisher}</bdi>
          {source.title ? ', ' : ''}
        </>
      )}
      <a href={`/sources/${source.id}`} dir="auto">
        {source.title ?? (publisher ? 'source' : 'Source without a title')}
      </a>
    </>
  );
}

/** Words of a source, or a time in a recording. */
export function ExcerptLine({ excerpt }: { excerpt: Excerpt }) {
  if ('start' in excerpt) return <span class="excerpt"> at {clock(excerpt.start)}</span>;
  const { prefix, exact, suffix } = excerpt;
  return (
    <q class="excerpt" dir="auto">
      {prefix}
      <mark>{exact}</mark>
      {suffix}
    </q>
  );
}

/** `1:02:05` of 3725 seconds. */
function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
