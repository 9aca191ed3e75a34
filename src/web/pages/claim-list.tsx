import type { Claim } from '../answers.ts';
import { RecordLink } from '../html/record-link.tsx';
import { SpeakerLine } from '../html/speaker.tsx';
import { stanceInWords } from '../html/stance.ts';
import { OtherVerdicts, VerdictBadge } from '../html/verdict.tsx';
import { When } from '../html/when.tsx';

/** Claims, each with what was found and who said so first. */
export function ClaimList({ claims, level: Heading = 'h3' }: { claims: readonly Claim[]; level?: 'h2' | 'h3' }) {
  return (
    <ul class="claims">
      {claims.map(({ slug, text, language, verdict, otherVerdicts, statement, responseCount }) => (
        <li>
          <Heading>
            <RecordLink href={`/claims/${slug}`} lang={language} dir="auto">
              {text}
            </RecordLink>
          </Heading>
          <p>
            <VerdictBadge status={verdict.status} /> {verdict.summary && <bdi>{verdict.summary}</bdi>}
          </p>
          <OtherVerdicts verdicts={otherVerdicts} />
          {statement && (
            <p class="note">
              <SpeakerLine speaker={statement.speaker} />
              {` · ${stanceInWords(statement.stance)} · `}
              <When date={statement.saidOn} />
              {responseCount > 0 && ` · ${responseCount} ${responseCount === 1 ? 'response' : 'responses'}`}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
