import type { Position } from '../answers.ts';
import { RecordLink } from './record-link.tsx';
import { stanceInWords } from './stance.ts';
import { Reply } from './turns.tsx';
import { OtherVerdicts, VerdictBadge } from './verdict.tsx';

/** The stances that a statement takes, each with its claim, what was found on it, and what was answered. */
export function Positions({ positions }: { positions: readonly Position[] }) {
  return (
    <>
      {positions.map((position) => (
        <div class="position">
          <p class="stance-line">
            <span class="stance">{stanceInWords(position.stance)}</span>{' '}
            <RecordLink class="claim" href={`/claims/${position.claim.slug}`} dir="auto">
              {position.claim.text}
            </RecordLink>{' '}
            <VerdictBadge status={position.claim.verdict.status} />
            <Repeat of={position.repeat} />
          </p>
          <OtherVerdicts verdicts={position.claim.otherVerdicts} />
          {position.responses.length > 0 && <Replies of={position} />}
        </div>
      ))}
    </>
  );
}

/** What was answered, the first few of it. */
function Replies({ of }: { of: Position }) {
  const { responses, responseCount, claim } = of;
  return (
    <ol class="replies" aria-label="Responses">
      {responses.map((response) => (
        <li>
          <Reply response={response} />
        </li>
      ))}
      {responseCount > responses.length && (
        <li>
          <RecordLink href={`/claims/${claim.slug}#statements`}>
            {responseCount - responses.length} more responses
          </RecordLink>
        </li>
      )}
    </ol>
  );
}

/** How often the speaker said so. */
export function Repeat({ of }: { of: Position['repeat'] }) {
  if (!of) return null;
  const words = repeatInWords(of);
  return words === '' ? null : <span class="note"> {words}</span>;
}

function repeatInWords({ index, count, earlier }: NonNullable<Position['repeat']>): string {
  const before = earlier ? ', and earlier, off this record' : '';
  if (count > 1) return `(time ${index} of ${count} on record${before})`;
  return earlier ? '(not for the first time)' : '';
}
