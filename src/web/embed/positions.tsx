import type { Position } from '../answers.ts';
import { RecordLink } from '../html/record-link.tsx';
import { type Look, wordsIn } from './look.ts';
import { Badge } from './parts.tsx';

/** The stances that a statement takes, each with the claim and our finding on it. */
export function Positions({ positions, look }: { positions: readonly Position[]; look: Look }) {
  const words = wordsIn(look);
  return (
    <>
      {positions.map(({ stance, inResponseTo, claim, responseCount }) => (
        <p class="takes">
          {words.stance[stance]}
          {inResponseTo && (
            <span class="role">
              {' '}
              (<bdi>{inResponseTo.speaker.name}</bdi>)
            </span>
          )}
          :{' '}
          <RecordLink href={`/claims/${claim.slug}`} dir="auto">
            {claim.text}
          </RecordLink>{' '}
          <Badge status={claim.verdict.status} look={look} />
          {responseCount > 0 && <span class="role"> {words.responses(responseCount)}</span>}
        </p>
      ))}
    </>
  );
}
