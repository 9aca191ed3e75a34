import { claimRevisions } from '../../domain/history/revisions.ts';
import type { Claim, Response, Statement } from '../answers.ts';
import { RecordLink } from '../html/record-link.tsx';
import { toneOf } from '../html/verdict.tsx';
import type { Embed } from './document.tsx';
import { type Look, wordsIn } from './look.ts';
import { Found, On, Quote, Who } from './parts.tsx';
import { PinNotice, pinOf } from './pinned.tsx';
import type { Asked } from './route.ts';

const MOST_RESPONSES = 2;

/** A claim with what was found, who made it, and the first who answered. */
export async function claimEmbed({ reference, query, look, ask, db }: Asked): Promise<Embed> {
  const present = await ask<Claim>('/claims/{claim}', { claim: reference });
  const pin = query.rev === undefined ? undefined : pinOf(await claimRevisions(db, present.id), query.rev);
  const past = pin ? { asOf: pin.revision.at } : {};
  const claim = pin ? await ask<Claim>('/claims/{claim}', { claim: present.id }, past) : present;
  const { statement } = claim;
  const asked = { ...past, to: statement?.statementId ?? '', limit: String(MOST_RESPONSES) };
  const [said, responses] = statement
    ? await Promise.all([
        ask<Statement>('/statements/{id}', { id: statement.statementId }, past),
        ask<{ items: Response[] }>('/claims/{claim}/responses', { claim: claim.id }, asked).then(({ items }) => items),
      ])
    : [null, []];
  const path = `/claims/${claim.slug}`;
  const words = wordsIn(look);
  return {
    id: claim.id,
    title: `${words.claim}: ${claim.text}`,
    words: `${claim.text} (${words.verdict[claim.verdict.status]})`,
    path,
    tone: toneOf(claim.verdict.status),
    asOf: pin?.revision.at,
    content: (
      <article lang={claim.language}>
        {pin && <PinNotice pin={pin} path={path} look={look} />}
        <p class="kicker" lang={look.lang}>
          {words.claim}
        </p>
        <h1 dir="auto">
          <RecordLink href={path}>{claim.text}</RecordLink>
        </h1>
        <div lang={look.lang}>
          <Found verdict={claim.verdict} others={claim.otherVerdicts} look={look} />
          {statement && said && (
            <div class="said">
              <Said said={{ ...said, stance: statement.stance }} look={look} />
              {responses.map((response) => (
                <div class="said">
                  <Said said={response} look={look} />
                </div>
              ))}
            </div>
          )}
          {claim.responseCount > responses.length && (
            <p class="takes">
              <RecordLink href={path}>{words.responses(claim.responseCount)}</RecordLink>
            </p>
          )}
        </div>
      </article>
    ),
  };
}

/** Who took which stance, when, in which words. */
function Said({ said, look }: { said: Response | (Statement & Pick<Response, 'stance'>); look: Look }) {
  return (
    <>
      <p>
        <Who speaker={said.speaker} look={look} /> <span>{wordsIn(look).stance[said.stance]}</span>,{' '}
        <On date={said.saidOn} look={look} />
      </p>
      <Quote of={said} look={look} short />
    </>
  );
}
