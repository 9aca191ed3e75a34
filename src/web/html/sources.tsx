import type { Evidence, Excerpt, StatementSource } from '../answers.ts';
import { RecordLink } from './record-link.tsx';
import { When } from './when.tsx';

/** The sources of a statement, each with the way by which we have it, and from how many independent ones all comes. */
export function Sources({
  sources,
  origins,
  open = false,
}: {
  sources: readonly StatementSource[];
  origins: readonly string[];
  open?: boolean;
}) {
  if (sources.length === 0) return null;
  return (
    <details class="sources" open={open}>
      <summary>
        {sources.length === 1 ? '1 source' : `${sources.length} sources`}
        {origins.length > 0 && <OriginsInWords origins={origins} />}
      </summary>
      <ul>
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
    </details>
  );
}

/** From who told us to who had it first. */
function Chain({ chain }: { chain: readonly string[] }) {
  return (
    <span class="chain">
      {'. We have it from '}
      {chain.map((name, index) => (
        <>
          {index > 0 && ', citing '}
          <bdi>{name}</bdi>
        </>
      ))}
    </span>
  );
}

/** Several outlets can be one source. */
function OriginsInWords({ origins }: { origins: readonly string[] }) {
  return (
    <>
      {origins.length === 1 ? ', one independent origin: ' : `, ${origins.length} independent origins: `}
      {origins.map((name, index) => (
        <>
          {index > 0 && (index === origins.length - 1 ? ' and ' : ', ')}
          <bdi>{name}</bdi>
        </>
      ))}
    </>
  );
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
  const link = (text: string) => (
    <RecordLink href={`/sources/${source.id}`} dir="auto">
      {text}
    </RecordLink>
  );
  if (!source.title) return link(publisher ?? 'Source without a title');
  if (!publisher) return link(source.title);
  return (
    <>
      <bdi>{publisher}</bdi>, {link(source.title)}
    </>
  );
}

/** Words of a source, or a time in a recording. */
export function ExcerptLine({ excerpt }: { excerpt: Excerpt }) {
  if ('start' in excerpt) return <span class="excerpt"> at {clock(excerpt.start)}</span>;
  const { prefix, exact, suffix } = excerpt;
  return (
    <>
      {' '}
      <q class="excerpt" dir="auto">
        {prefix}
        <mark>{exact}</mark>
        {suffix}
      </q>
    </>
  );
}

/** `1:02:05` of 3725 seconds. */
function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
