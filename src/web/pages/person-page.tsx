import type { Issue } from '../../errors.ts';
import { parseEdtf } from '../../lib/dates.ts';
import type { Person, Profile } from '../answers.ts';
import { EmbedBox, oembedAlternates } from '../html/embed-box.tsx';
import { feedAlternates } from '../html/feed-links.ts';
import { languageName } from '../html/languages.ts';
import type { Page } from '../html/page.ts';
import { PersonLink } from '../html/speaker.tsx';
import { Timeline } from '../html/timeline.tsx';
import { Activity } from './activity.tsx';
import { AsItStood } from './as-it-stood.tsx';
import { withQuery } from './page-query.ts';
import { nextPage, Paging } from './paging.tsx';
import { type Moved, type PageRoute, paging, type Visit } from './route.ts';
import { TimelineFilters, timelineFilters } from './timeline-filters.tsx';

/** A person's timeline: what they said, who answered, what was found. */
export const personPage: PageRoute = {
  path: '/people/:reference',
  query: [...timelineFilters, ...paging],
  data: 'people/{reference}/timeline',
  show,
  refused,
};

async function show({ reference, query, ask, site }: Visit): Promise<Page | Moved> {
  const profile = await ask<Profile>('/people/{person}/profile', { person: reference }, query);
  const { person, items, activity } = profile;
  const { slug, name } = person;
  const path = `/people/${slug}`;
  // In the past a person has the slug that they had then, which leads here.
  if (slug !== reference && query.asOf === undefined) return { movedTo: path };
  const next = nextPage(path, query, profile);
  const { cursor: _, ...filters } = query;
  const isFiltered = timelineFilters.some((filter) => filter in query);
  return {
    title: name,
    description: `What ${name} said, who answered, and what was found: ${describe(person)}.`,
    path,
    kind: 'profile',
    alternates: [
      { type: 'application/json', href: `${path}.json`, title: 'JSON' },
      { type: 'text/csv', href: `${path}.csv`, title: 'CSV' },
      { type: 'application/x-ndjson', href: `${path}.jsonl`, title: 'JSON Lines' },
      ...feedAlternates(path),
      ...oembedAlternates(site, withQuery(path, filters), name),
    ],
    next,
    main: (
      <>
        <PersonHead person={person} />
        <AsItStood path={path} query={query} />
        <Activity items={activity} path={path} query={query} />
        <TimelineFilters path={path} query={query} />
        {items.length > 0 ? (
          <Timeline items={items} level="h2" />
        ) : (
          <p class="empty">
            {isFiltered || query.asOf
              ? 'Nothing on record fits what you asked for.'
              : `No statement by ${name} is on record yet.`}
          </p>
        )}
        <Paging path={path} query={query} next={next} />
        <EmbedBox kind="people" reference={slug} query={filters} />
      </>
    ),
  };
}

/** What was asked of the timeline cannot be answered: the form stands as it was sent, with what is wrong beside it. */
async function refused({ reference, query, ask }: Visit, issues: readonly Issue[]): Promise<Page> {
  const person = await ask<Person>('/people/{person}', { person: reference });
  return {
    title: person.name,
    main: (
      <>
        <PersonHead person={person} />
        <p class="empty">The timeline cannot be shown as it was asked for.</p>
        <TimelineFilters path={`/people/${person.slug}`} query={query} issues={issues} />
      </>
    ),
  };
}

function describe({ description, roles, kind }: Person): string {
  return (description ?? roles.at(-1)?.title ?? (kind === 'organization' ? 'an organization' : 'a person')).replace(
    /\.$/,
    '',
  );
}

function PersonHead({ person }: { person: Person }) {
  const { name, description, roles } = person;
  const others = otherNames(person);
  return (
    <header class="head">
      <h1 dir="auto">{name}</h1>
      {others.length > 0 && (
        <p class="other-names">
          {others.map(({ name: other, language }, index) => (
            <>
              {index > 0 && ', '}
              <bdi {...(language && { lang: language, title: languageName(language) })}>{other}</bdi>
            </>
          ))}
        </p>
      )}
      {description && (
        <p class="lead" dir="auto">
          {description}
        </p>
      )}
      {roles.length > 0 && (
        <ul class="roles" aria-label="Roles">
          {roles.toReversed().map(({ title, organization, from, to }) => (
            <li>
              <bdi>{title}</bdi>
              {organization && !title.includes(organization.name) && (
                <>
                  , <PersonLink slug={organization.slug} name={organization.name} />
                </>
              )}
              {(from || to) && <span class="note"> {period(from, to)}</span>}
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}

/** How else they are called. What is misspelt finds a person and is never displayed, and a weak name is anybody's. */
function otherNames({ name, names }: Person) {
  const shown = new Set([name]);
  return names.filter((other) => {
    if (other.kind === 'misspelling' || other.kind === 'weak' || shown.has(other.name)) return false;
    shown.add(other.name);
    return true;
  });
}

/** `since 20 January 2025`, `20 January 2017 to 20 January 2021`. */
function period(from: string | null, to: string | null): string {
  const words = (edtf: string) => parseEdtf(edtf).text;
  if (from === null) return to === null ? '' : `until ${words(to)}`;
  if (to === null) return `since ${words(from)}`;
  return from === to ? words(from) : `${words(from)} to ${words(to)}`;
}
