import { attributionStatuses, quoteKinds } from '../../domain/vocabulary.ts';
import type { Attribution, ListOf, Statement } from '../answers.ts';
import { EmbedBox, oembedAlternates } from '../html/embed-box.tsx';
import type { Page } from '../html/page.ts';
import { EvidenceList } from '../html/sources.tsx';
import { PersonLink } from '../html/speaker.tsx';
import { shortened } from '../html/turns.tsx';
import { asItem, Utterance } from '../html/utterance.tsx';
import { DecidedAt } from '../html/when.tsx';
import { AsItStood, AskAsOf } from './as-it-stood.tsx';
import { asOf, type Moved, type PageRoute, type Visit } from './route.ts';

/** One utterance, whole. */
export const statementPage: PageRoute = {
  path: '/statements/:reference',
  query: asOf,
  data: 'statements/{reference}',
  show,
};

async function show({ reference, query, ask, site }: Visit): Promise<Page | Moved> {
  const params = { id: reference };
  const [statement, attributions] = await Promise.all([
    ask<Statement>('/statements/{id}', params, query),
    ask<ListOf<Attribution>>('/statements/{id}/attributions', params, query),
  ]);
  const path = `/statements/${statement.id}`;
  if (statement.id !== reference) return { movedTo: path };
  const { speaker, saidOn, quote, quoteKind } = statement;
  return {
    title: `${speaker.name}, ${saidOn.text}`,
    description: quote === null ? `${speaker.name} gave no answer.` : shortened(quote, 200),
    path,
    kind: 'article',
    alternates: [
      { type: 'application/json', href: `${path}.json`, title: 'JSON' },
      ...oembedAlternates(site, path, `${speaker.name}, ${saidOn.text}`),
    ],
    main: (
      <>
        <header class="head">
          <p class="kicker">Statement · {quoteKinds[quoteKind].label}</p>
          <h1>
            <bdi>{speaker.name}</bdi>, {saidOn.text}
          </h1>
        </header>
        <AsItStood path={path} query={query} />
        <div class="timeline">
          <Utterance item={asItem(statement)} showSources />
        </div>
        <section aria-labelledby="attribution">
          <h2 id="attribution">Did they really say this?</h2>
          <p>
            <strong>{attributionStatuses[statement.attribution].label}.</strong>{' '}
            {attributionStatuses[statement.attribution].description}
          </p>
          {attributions.items.map(({ status, summary, by, evidence, decidedAt }) => (
            <div class="finding">
              <p>
                <PersonLink slug={by.slug} name={by.name} />: {attributionStatuses[status].label}
                <span class="note">
                  , <DecidedAt edtf={decidedAt} />
                </span>
              </p>
              {summary && <p dir="auto">{summary}</p>}
              <EvidenceList evidence={evidence} />
            </div>
          ))}
        </section>
        <EmbedBox kind="statements" reference={statement.id} query={{}} />
        <AskAsOf path={path} query={query} />
      </>
    ),
  };
}
