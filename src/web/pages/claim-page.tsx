import { claimReview } from '../../domain/exchange/claim-review.ts';
import { listReviewedClaims } from '../../domain/exchange/reviewed-claims.ts';
import { claimKinds } from '../../domain/vocabulary.ts';
import type { Claim, GivenVerdict, ListOf, Statement } from '../answers.ts';
import { EmbedBox, oembedAlternates } from '../html/embed-box.tsx';
import { feedAlternates } from '../html/feed-links.ts';
import type { Page } from '../html/page.ts';
import { RecordLink } from '../html/record-link.tsx';
import { EvidenceList } from '../html/sources.tsx';
import { PersonLink } from '../html/speaker.tsx';
import { Timeline } from '../html/timeline.tsx';
import { asItem } from '../html/utterance.tsx';
import { When } from '../html/when.tsx';
import { AsItStood, AskAsOf } from './as-it-stood.tsx';
import { cardPath, cardSize } from './card.tsx';
import { ClaimList } from './claim-list.tsx';
import { nextPage, Paging } from './paging.tsx';
import { asOf, type Moved, type PageRoute, type Visit } from './route.ts';
import { Findings } from './verdict-history.tsx';

/** A claim: what was found on it, and every statement on it in the order of time. */
export const claimPage: PageRoute = {
  path: '/claims/:reference',
  query: ['cursor', ...asOf],
  data: 'claims/{reference}',
  show,
};

async function show({ reference, query, ask, site }: Visit): Promise<Page | Moved> {
  const past = query.asOf === undefined ? {} : { asOf: query.asOf };
  const claim = await ask<Claim>('/claims/{claim}', { claim: reference }, past);
  const path = `/claims/${claim.slug}`;
  // In the past a claim has the slug that it had then, which leads here.
  if (claim.slug !== reference && query.asOf === undefined) return { movedTo: path };
  const [statements, verdicts, related, reviewed] = await Promise.all([
    ask<ListOf<Statement>>('/statements', {}, { claim: claim.id, order: 'asc', ...query }),
    ask<ListOf<GivenVerdict>>('/claims/{claim}/verdicts', { claim: claim.id }, past),
    relatedTo(claim, ask),
    listReviewedClaims(site.db, [claim.id], null),
  ]);
  const next = nextPage(path, query, statements);
  const us = { name: site.publisherName, url: site.publisherUrl };
  return {
    title: claim.text,
    description: describe(claim),
    path,
    kind: 'article',
    image: { path: cardPath(claim.slug), alt: describe(claim), ...cardSize },
    alternates: [
      { type: 'application/json', href: `${path}.json`, title: 'JSON' },
      { type: 'text/csv', href: `${path}.csv`, title: 'CSV' },
      { type: 'application/ld+json', href: `${path}.jsonld`, title: 'JSON-LD' },
      ...feedAlternates(path),
      ...oembedAlternates(site, path, claim.text),
    ],
    jsonLd: reviewed.map((one) => ({ '@context': 'https://schema.org', ...claimReview(one, us) })),
    next,
    main: (
      <>
        <ClaimHead claim={claim} />
        <AsItStood path={path} query={query} />
        <Findings claim={claim} verdicts={verdicts.items} />
        <section aria-labelledby="statements">
          <h2 id="statements">Who said what</h2>
          {statements.items.length > 0 ? (
            <Timeline items={statements.items.map(asItem)} onClaim={claim.id} />
          ) : (
            <p class="empty">No statement on this claim is on record.</p>
          )}
          <Paging path={path} query={query} next={next} />
        </section>
        {claim.sources.length > 0 && (
          <section aria-labelledby="sources">
            <h2 id="sources">Sources of this claim</h2>
            <EvidenceList evidence={claim.sources} />
          </section>
        )}
        {related.length > 0 && (
          <section aria-labelledby="related">
            <h2 id="related">Related claims</h2>
            <ClaimList claims={related} />
          </section>
        )}
        <EmbedBox kind="claims" reference={claim.slug} query={{}} />
        <AskAsOf path={path} query={query} />
      </>
    ),
  };
}

function ClaimHead({ claim }: { claim: Claim }) {
  const { kind, text, language, dueOn, topics, people } = claim;
  return (
    <header class="head">
      <p class="kicker">
        {claimKinds[kind].label === 'Fact' ? 'Claim' : claimKinds[kind].label}
        {topics.map(({ slug, name }) => (
          <>
            {' · '}
            <RecordLink href={`/topics/${slug}`} dir="auto">
              {name}
            </RecordLink>
          </>
        ))}
      </p>
      <h1 lang={language} dir="auto">
        {text}
      </h1>
      {people.length > 0 && (
        <p class="note">
          {people.map(({ as, person }, index) => (
            <>
              {index > 0 && ', '}
              {as === 'addressee' ? 'made to' : 'about'} <PersonLink slug={person.slug} name={person.name} />
            </>
          ))}
        </p>
      )}
      {dueOn && (
        <p class="note">
          Due <When date={dueOn} />
        </p>
      )}
    </header>
  );
}

function describe({ verdict, statement, text }: Claim): string {
  const found = verdict.summary ? `${verdict.label}: ${verdict.summary}` : verdict.label;
  return statement ? `${found} – said by ${statement.speaker.name}, ${statement.saidOn.text}` : `${found} – ${text}`;
}

/** The newest others under its first topic, else about the first person whom it is about. */
async function relatedTo({ id, topics, people }: Claim, ask: Visit['ask']): Promise<Claim[]> {
  const [topic] = topics;
  const [about] = people;
  if (!topic && !about) return [];
  const shared: Record<string, string> = topic ? { topic: topic.id } : { person: about!.person.id };
  const { items } = await ask<ListOf<Claim>>('/claims', {}, { ...shared, limit: '6' });
  return items.filter((claim) => claim.id !== id).slice(0, 5);
}
