import { claimKinds, revisions } from '../../domain/vocabulary.ts';
import type { Claim, GivenVerdict } from '../answers.ts';
import { EvidenceList } from '../html/sources.tsx';
import { PersonLink } from '../html/speaker.tsx';
import { VerdictBadge } from '../html/verdict.tsx';
import { DecidedAt } from '../html/when.tsx';
import { Markdown } from './markdown.tsx';

/** What we find on a claim, why, and by which evidence; what we found before; what others found. */
export function Findings({ claim, verdicts }: { claim: Claim; verdicts: readonly GivenVerdict[] }) {
  const [ours, ...before] = verdicts.filter((verdict) => verdict.ours);
  const others = verdicts.filter((verdict) => !verdict.ours);
  return (
    <>
      <section class="finding" aria-labelledby="verdict">
        <h2 id="verdict">
          <VerdictBadge status={claim.verdict.status} />
        </h2>
        {ours ? (
          <Finding verdict={ours} />
        ) : (
          <p class="note">
            No verdict was given yet. That is not to say that this {claimKinds[claim.kind].label.toLowerCase()} is wrong
            or right.
          </p>
        )}
      </section>
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">What others found</h2>
          <ul class="others">
            {others.map((verdict) => (
              <li>
                <OtherFinding verdict={verdict} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {before.length > 0 && (
        <details class="before">
          <summary>
            {before.length === 1 ? 'The verdict before this one' : `The ${before.length} verdicts before this one`}
          </summary>
          <ol>
            {before.map((verdict) => (
              <li>
                <VerdictBadge status={verdict.status} />
                <Finding verdict={verdict} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Finding({ verdict }: { verdict: GivenVerdict }) {
  const { summary, explanation, by, decidedAt, evidence, revision, note } = verdict;
  return (
    <>
      {summary && (
        <p class="lead" dir="auto">
          {summary}
        </p>
      )}
      {note && (
        <p class="revision" dir="auto">
          <strong>{revisions[revision!].label}:</strong> {note}
        </p>
      )}
      {explanation && <Markdown text={explanation} />}
      <EvidenceList evidence={evidence} />
      <p class="note">
        Found by <PersonLink slug={by.slug} name={by.name} />, <DecidedAt edtf={decidedAt} />
      </p>
    </>
  );
}

function OtherFinding({ verdict }: { verdict: GivenVerdict }) {
  const { by, nativeLabel, label, status, summary, url, decidedAt } = verdict;
  return (
    <>
      <p>
        <PersonLink slug={by.slug} name={by.name} />:{' '}
        <a href={url} dir="auto">
          {nativeLabel ?? label}
        </a>
        {nativeLabel && (
          <>
            {' '}
            <span class="note">which we read as</span> <VerdictBadge status={status} />
          </>
        )}{' '}
        <span class="note">
          <DecidedAt edtf={decidedAt} />
        </span>
      </p>
      {summary && <p dir="auto">{summary}</p>}
    </>
  );
}
