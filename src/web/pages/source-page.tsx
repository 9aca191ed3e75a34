import type { ListOf, Source, Statement } from '../answers.ts';
import { languageName } from '../html/languages.ts';
import type { Page } from '../html/page.ts';
import { PersonLink } from '../html/speaker.tsx';
import { Timeline } from '../html/timeline.tsx';
import { asItem } from '../html/utterance.tsx';
import { When } from '../html/when.tsx';
import { AsItStood } from './as-it-stood.tsx';
import { nextPage, Paging } from './paging.tsx';
import { type Moved, type PageRoute, paging, type Visit } from './route.ts';

/** A published thing, and what was said in it. */
export const sourcePage: PageRoute = {
  path: '/sources/:reference',
  query: paging,
  data: 'sources/{reference}',
  show,
};

async function show({ reference, query, ask }: Visit): Promise<Page | Moved> {
  const past = query.asOf === undefined ? {} : { asOf: query.asOf };
  const source = await ask<Source>('/sources/{id}', { id: reference }, past);
  const statements = await ask<ListOf<Statement>>('/statements', {}, { ...query, source: source.id });
  const path = `/sources/${source.id}`;
  if (source.id !== reference) return { movedTo: path };
  const next = nextPage(path, query, statements);
  const title =
    source.title ?? (source.publisher ? `A source of ${source.publisher.name}` : 'A source without a title');
  return {
    title,
    description: [source.publisher?.name, source.publishedOn?.text].filter(Boolean).join(', ') || 'A source on record',
    path,
    kind: 'article',
    alternates: [{ type: 'application/json', href: `${path}.json`, title: 'JSON' }],
    next,
    main: (
      <>
        <header class="head">
          <p class="kicker">Source</p>
          <h1 dir="auto" {...(source.language && { lang: source.language })}>
            {title}
          </h1>
        </header>
        <AsItStood path={path} query={query} />
        <SourceFacts source={source} />
        <section aria-labelledby="said">
          <h2 id="said">What is on record from it</h2>
          {statements.items.length > 0 ? (
            <Timeline items={statements.items.map(asItem)} />
          ) : (
            <p class="empty">No statement that cites this source is on record; a finding may.</p>
          )}
          <Paging path={path} query={query} next={next} />
        </section>
      </>
    ),
  };
}

function SourceFacts({ source }: { source: Source }) {
  const { publisher, author, publishedOn, language, url, archivedUrl, archivedHash } = source;
  return (
    <dl class="facts">
      {publisher && (
        <div>
          <dt>Published by</dt>
          <dd>
            <PersonLink slug={publisher.slug} name={publisher.name} />
          </dd>
        </div>
      )}
      {author && (
        <div>
          <dt>Author</dt>
          <dd dir="auto">{author}</dd>
        </div>
      )}
      {publishedOn && (
        <div>
          <dt>Date</dt>
          <dd>
            <When date={publishedOn} />
          </dd>
        </div>
      )}
      {language && (
        <div>
          <dt>Language</dt>
          <dd>{languageName(language)}</dd>
        </div>
      )}
      <div>
        <dt>Address</dt>
        <dd>{url ? <a href={url}>{url}</a> : 'none known'}</dd>
      </div>
      {archivedUrl && (
        <div>
          <dt>Archived copy</dt>
          <dd>
            <a href={archivedUrl}>{archivedUrl}</a>
          </dd>
        </div>
      )}
      {archivedHash && (
        <div>
          <dt>SHA-256 of the copy</dt>
          <dd>
            <code>{archivedHash}</code>
          </dd>
        </div>
      )}
    </dl>
  );
}
