import { statementRevisions } from '../../domain/history/revisions.ts';
import type { Statement } from '../answers.ts';
import { toneOf } from '../html/verdict.tsx';
import type { Embed } from './document.tsx';
import { dateIn, wordsIn } from './look.ts';
import { On, Quote, Who } from './parts.tsx';
import { PinNotice, pinOf } from './pinned.tsx';
import { Positions } from './positions.tsx';
import type { Asked } from './route.ts';

/** One statement: the words, whose they are, when and where, and what was found on the claims that it takes a stance on. */
export async function statementEmbed({ reference, query, look, ask, db }: Asked): Promise<Embed> {
  const present = await ask<Statement>('/statements/{id}', { id: reference });
  const pin = query.rev === undefined ? undefined : pinOf(await statementRevisions(db, present.id), query.rev);
  const said = pin ? await ask<Statement>('/statements/{id}', { id: present.id }, { asOf: pin.revision.at }) : present;
  const path = `/statements/${said.id}`;
  const words = wordsIn(look);
  const [first] = said.positions;
  return {
    id: said.id,
    title: `${words.statement}: ${said.speaker.name}, ${dateIn(look, said.saidOn) ?? said.saidOn.text}`,
    words: said.quote ?? words.silence,
    path,
    asOf: pin?.revision.at,
    ...(said.positions.length === 1 && first && { tone: toneOf(first.claim.verdict.status) }),
    content: (
      <article lang={look.lang}>
        {pin && <PinNotice pin={pin} path={path} look={look} />}
        <h1 class="aside">{`${words.statement}: ${said.speaker.name}`}</h1>
        <Quote of={said} look={look} />
        <p class="takes">
          <Who speaker={said.speaker} look={look} />, <On date={said.saidOn} look={look} />
          {said.venue && (
            <span class="role">
              , <bdi>{said.venue}</bdi>
            </span>
          )}
        </p>
        {said.positions.length > 0 && (
          <div class="said">
            <Positions positions={said.positions} look={look} />
          </div>
        )}
        {said.origins.length > 0 && (
          <p class="others">
            {words.origins(said.independentOrigins, new Intl.ListFormat(look.lang).format(said.origins))}
          </p>
        )}
      </article>
    ),
  };
}
