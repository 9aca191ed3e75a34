import type { ComponentChildren } from 'preact';
import type { Position, Statement, TimelineItem } from '../answers.ts';
import { Attribution } from './attribution.tsx';
import { Positions, Repeat } from './positions.tsx';
import { Quotation } from './quotation.tsx';
import { RecordLink } from './record-link.tsx';
import { Sources } from './sources.tsx';
import { SpeakerLine } from './speaker.tsx';
import { stanceInWords } from './stance.ts';
import { Answered, Answering } from './turns.tsx';
import { When } from './when.tsx';

/** A statement as it stands on a timeline: what it answers, who said what and when, on which claims, what was answered, and how we know. */
export function Utterance({
  item,
  onClaim,
  showSources = false,
  deeds,
}: {
  item: TimelineItem;
  onClaim?: string | undefined;
  showSources?: boolean;
  deeds?: ComponentChildren;
}) {
  const { statement, inResponseTo, positions, sources, origins } = item;
  return (
    <article class="utterance" id={`s-${statement.id}`}>
      <p class="when">
        <RecordLink href={`/statements/${statement.id}`}>
          <When date={statement.saidOn} />
        </RecordLink>{' '}
        {statement.venue && (
          <span class="venue" dir="auto">
            {statement.venue}
          </span>
        )}
      </p>
      <div class="talk">
        {inResponseTo && onClaim === undefined && <Answered statement={inResponseTo} />}
        <div class="turn">
          <p class="who">
            <SpeakerLine speaker={statement.speaker} />
            {onClaim !== undefined && <StanceOn position={positions.find(({ claim }) => claim.id === onClaim)} />}
          </p>
          {statement.quoteKind === 'silence' ? <Silence of={statement} /> : <Quotation of={statement} />}
          <Attribution status={statement.attribution} />
        </div>
        {onClaim === undefined && <Positions positions={positions} />}
        <Sources sources={sources} origins={origins} open={showSources} />
        {deeds}
      </div>
    </article>
  );
}

/** On the page of a claim, which has the claim and all that was answered: the stance alone, and whom it answers. */
function StanceOn({ position }: { position: Position | undefined }) {
  if (!position) return null;
  return (
    <>
      {' · '}
      <span class="stance">{stanceInWords(position.stance)}</span>
      <Repeat of={position.repeat} />
      {position.inResponseTo && <Answering statement={position.inResponseTo} />}
    </>
  );
}

/** A statement whole, as an item of a timeline. */
export const asItem = (statement: Statement): TimelineItem => ({ ...statement, statement });

function Silence({ of }: { of: TimelineItem['statement'] }) {
  const { askedOn, askedBy, deadline } = of;
  return (
    <p class="silence">
      Gave no answer
      {askedBy && (
        <>
          {' '}
          to <bdi>{askedBy.name}</bdi>
        </>
      )}
      {askedOn && (
        <>
          , asked <When date={askedOn} />
        </>
      )}
      {deadline && (
        <>
          , with time until <When date={deadline} />
        </>
      )}
      .
    </p>
  );
}
