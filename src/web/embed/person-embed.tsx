import { Invalid } from '../../errors.ts';
import type { Timeline } from '../answers.ts';
import { RecordLink } from '../html/record-link.tsx';
import type { Embed } from './document.tsx';
import { instantIn, wordsIn } from './look.ts';
import { On, Quote, Who } from './parts.tsx';
import { Positions } from './positions.tsx';
import type { Asked } from './route.ts';

/** The filters of a timeline, as the API takes them. */
export const timelineFilters = ['from', 'to', 'status', 'anyStatus', 'stance', 'topic', 'q', 'order', 'limit', 'asOf'];

/** A person's timeline, newest first unless asked otherwise. */
export async function personEmbed({ reference, query, look, ask }: Asked): Promise<Embed> {
  // A timeline has no versions of its own: it is made of many records.
  if (query.rev !== undefined) throw Invalid.at(['rev'], 'pins a claim or a statement; a timeline is pinned by "asOf"');
  const { rev: _, ...filters } = query;
  const timeline = await ask<Timeline>('/people/{person}/timeline', { person: reference }, { limit: '5', ...filters });
  const { name, slug } = timeline.person;
  const path = `/people/${slug}`;
  const words = wordsIn(look);
  return {
    id: timeline.person.id,
    title: words.timeline(name),
    words: timeline.items[0]?.statement.quote ?? words.timeline(name),
    path,
    asOf: filters.asOf,
    content: (
      <article lang={look.lang}>
        {timeline.asOf && <p class="notice">{words.asOf(instantIn(look, timeline.asOf))}</p>}
        <h1 dir="auto">
          <RecordLink href={path}>{words.timeline(name)}</RecordLink>
        </h1>
        {timeline.items.length === 0 && <p>{words.nothing}</p>}
        {timeline.items.map(({ statement, positions }) => (
          <section class="said">
            <p>
              <On date={statement.saidOn} look={look} />
              {statement.speaker.slug !== slug && (
                <>
                  , <Who speaker={statement.speaker} look={look} />
                </>
              )}
            </p>
            <Quote of={statement} look={look} short />
            <Positions positions={positions} look={look} />
          </section>
        ))}
      </article>
    ),
  };
}
