import {
  attributionStatuses,
  claimKinds,
  quoteKinds,
  relations,
  stances,
  verdictStatuses,
} from '../../domain/vocabulary.ts';
import type { Page } from '../html/page.ts';
import { VerdictBadge } from '../html/verdict.tsx';
import type { PageRoute, Visit } from './route.ts';

/** How the record is kept, what its words mean, who publishes it, and how to report an error. */
export const aboutPage: PageRoute = { path: '/about', query: [], show };

async function show({ site }: Visit): Promise<Page> {
  const { siteName, publisherName, publisherUrl, dataLicense } = site;
  return {
    title: `About ${siteName}`,
    description: `How ${siteName} is kept: what its words mean, who publishes it, and how to report an error.`,
    path: '/about',
    alternates: [{ type: 'application/json', href: '/api/v1/vocabulary', title: 'The code book as JSON' }],
    main: (
      <>
        <header class="head">
          <h1>About {siteName}</h1>
          <p class="lead">
            A record of claims, of the statements that make and answer them, of what was found, and of the sources
            behind each of these.
          </p>
        </header>
        <div class="prose">
          <h2 id="method">How it is kept</h2>
          <p>
            A <em>claim</em> is a proposition in neutral words that can be checked; a <em>statement</em> is one
            utterance by one person. “They said it” and “it is true” are different questions. The first is answered by
            an attribution, the second by a verdict, and neither is taken for the other.
          </p>
          <p>
            Every verdict of ours has a summary and evidence. A later one supersedes it and nothing overwrites it. What
            other publishers found stands beside ours, in their own words, and never replaces it.
          </p>
          <p>
            Several outlets that had a statement from one another are one origin. So each source shows the path by which
            the words reached us, and how many independent origins there are.
          </p>
          <p>
            Dates are as exact as they are known, and no more. Whatever is changed or withdrawn, the version before is
            kept: any page can be read as it stood on any earlier day.
          </p>
          <h2 id="publisher">Who publishes it</h2>
          <p>
            <a href={publisherUrl}>{publisherName}</a>. The record may be used under{' '}
            <a href={dataLicense.url} rel="license">
              {dataLicense.name}
            </a>
            ; every page is also data, and the <a href="/api/docs">API</a> needs no key for reading.
          </p>
          <h2 id="errors">How to report an error</h2>
          <p>
            Write to <a href={publisherUrl}>{publisherName}</a> with the address of the page, what is wrong, and a
            source that shows it. A correction becomes a new version with its reason; the old one stays on record.
          </p>
        </div>
        <h2 id="code-book">The code book</h2>
        <Terms
          id="verdicts"
          title="Verdicts on claims"
          of={Object.entries(verdictStatuses).filter(([, { appliesTo }]) => appliesTo === 'claims')}
          badges
        />
        <Terms
          id="promises"
          title="Verdicts on promises"
          of={Object.entries(verdictStatuses).filter(([, { appliesTo }]) => appliesTo === 'promises')}
          badges
        />
        <Terms id="stances" title="Stances of a statement on a claim" of={Object.entries(stances)} />
        <Terms id="attributions" title="Did they say it?" of={Object.entries(attributionStatuses)} />
        <Terms id="quotes" title="Kinds of quotation" of={Object.entries(quoteKinds)} />
        <Terms id="claims" title="Kinds of claim" of={Object.entries(claimKinds)} />
        <Terms id="relations" title="How one source had it from another" of={Object.entries(relations)} />
      </>
    ),
  };
}

function Terms({
  id,
  title,
  of,
  badges = false,
}: {
  id: string;
  title: string;
  of: readonly [string, { label: string; description: string }][];
  badges?: boolean;
}) {
  return (
    <section class="terms" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <dl>
        {of.map(([word, { label, description }]) => (
          <div>
            <dt>{badges ? <VerdictBadge status={word as keyof typeof verdictStatuses} /> : label}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
