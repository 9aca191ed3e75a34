import type { z } from 'zod';
import { formsOf } from '../../src/web/api/export.ts';
import type { Route } from '../../src/web/api/route.ts';
import { routes } from '../../src/web/api/router.ts';
import { embeds } from '../../src/web/embed/embeds.ts';
import { feeds } from '../../src/web/feeds/feeds.ts';
import { pages } from '../../src/web/pages/router.ts';
import { CANARY, type Hidden, type Open, unpublishedStates } from './canaries.ts';
import { publicUrl } from './database.ts';
import type { Site } from './site.ts';

/** What is asked: by GET or, with a body, by POST. */
export interface Asked {
  path: string;
  body?: object;
}

/** References of records by what an address calls them, and an instant to look back to. */
export type References = Hidden & { at: string };

export async function referencesTo(site: Site, open: Open): Promise<References> {
  const { claim, verdict, attribution, source } = open;
  return {
    claim: claim.id,
    id: claim.statement.id,
    person: 'ada-lovelace',
    verdict: verdict.id,
    attribution: attribution.id,
    topic: claim.topics[0].id,
    source: source.id,
    at: (await site.get(`claims/${claim.id}`).expect(200)).body.updatedAt,
  };
}

const slugs = (of: string) =>
  unpublishedStates.map((state) => `${CANARY}-${state.replace('_', '')}-${of}`.toLowerCase());

/** What each filter is asked with: values of the public record, and those by which what is hidden would show. */
const probes = ({ claim, id, source, person, at }: References): Record<string, string[]> => ({
  // Of the last two, one is a word of Millford in Finnish, the other sounds as Kowalski does.
  q: [
    'bridge',
    CANARY,
    `bridge -${CANARY}`,
    '"Millford was"',
    'Лавлейс',
    'Millfordissa',
    'Kovalsky',
    'Kovalsky bridge',
  ],
  person: [person, ...slugs('speaker'), ...slugs('lovelace')],
  publisher: ['the-paper', ...slugs('times')],
  topic: ['bridges', ...slugs('topics')],
  claim: [claim, ...slugs('bridge-at-millford')],
  source: [source],
  to: ['2025-02-08', '2019', id],
  from: ['2025-02-08', '2025-02-09'],
  status: ['false', 'true', 'unverified'],
  anyStatus: ['mixed', 'unsupported'],
  stance: ['asserts', 'retracts', 'no_response'],
  kind: ['fact', 'promise', 'person', 'organization'],
  type: ['claim', 'statement', 'person', 'source'],
  state: ['published', 'draft', 'in_review', 'withdrawn'],
  language: ['en', 'fi', 'uk'],
  url: unpublishedStates.map((state) => `https://outlet.example.org/${CANARY}/${state}`),
  order: ['asc', 'desc'],
  limit: ['1', '100'],
  form: ['spreadsheet'],
  cursor: ['none'],
  asOf: [at],
  rev: ['1', '2', '3', '4'],
});

const encoded = (query: Record<string, string>) => (Object.keys(query).length ? `?${new URLSearchParams(query)}` : '');

/** An address with each of its parameters set in turn. Throws for a parameter that the matrix has no values for. */
function filtered(path: string, names: readonly string[], references: References, always: Record<string, string> = {}) {
  const values = probes(references);
  const queries = names.flatMap((name) => {
    if (!values[name]) throw new Error(`The matrix does not know what to ask of ?${name}= at ${path}`);
    return values[name].map((value) => ({ ...always, [name]: value }));
  });
  return [always, ...queries].map((query) => ({ path: `${path}${encoded(query)}` }));
}

const filled = (path: string, references: References, reference?: string): string =>
  path.replace(/[:{](\w+)\}?/g, (_, name: string) =>
    name === 'reference' ? reference! : references[name as keyof Hidden],
  );

function apiAddresses(route: Route, references: References): [string, Asked[]] {
  const mounted = `/api/v1${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
  const at = route.path.startsWith('/sources/') ? { ...references, id: references.source } : references;
  const path = `/api/v1${filled(route.path, at)}`;
  const body = (route as { path: string }).path === '/claims/match' ? matches : [{}];
  if (route.method !== 'get') return [`${route.method} ${mounted}`, body.map((one) => ({ path, body: one }))];
  const names = Object.keys((route.query as z.ZodObject).shape);
  const always = route.path === '/search' ? { q: 'bridge' } : ({} as Record<string, string>);
  const forms = formsOf(route as never).map((form) => ({ path: `${path}.${form}${encoded(always)}` }));
  return [`get ${mounted}{.:form}`, [...filtered(path, names, at, always), ...forms]];
}

const matches = [
  { text: 'The bridge at Millford was closed' },
  { text: `${CANARY} talossa`, language: 'fi' },
  { text: 'Kovalsky' },
  { text: 'Millfordissa', limit: 100 },
  ...slugs('speaker').map((person) => ({ text: 'The bridge', person })),
];

/** Which record the last part of a face's address names. */
const referenceIn = (path: string, references: References): string =>
  ({
    people: references.person,
    claims: references.claim,
    statements: references.id,
    topics: references.topic,
    sources: references.source,
  })[
    path.split('/').find((part) => ['people', 'claims', 'statements', 'topics', 'sources'].includes(part)) ?? 'people'
  ]!;

/** Addresses at which each route of the app is asked, by the route's name. A route without any is not known here. */
export function publicAddresses(references: References): Record<string, Asked[]> {
  const at = (path: string) => filled(path, references, referenceIn(path, references));
  const plain = (...paths: string[]) => paths.map((path) => ({ path }));
  const embedKinds = Object.entries(embeds).map(([kind, { query }]): [string, Asked[]] => [
    `/embed/${kind}/:reference`,
    [
      ...filtered(at(`/embed/${kind}/:reference`), query, references),
      ...plain(at(`/embed/${kind}/:reference?lang=de`)),
    ],
  ]);
  const embedded = Object.keys(embeds).map((kind) => at(`/${kind}/:reference`));
  const faces: Record<string, Asked[]> = {
    ...Object.fromEntries(
      Object.keys(feeds).flatMap((path) =>
        ['atom', 'json'].map((form) => [`${path}.${form}`, plain(at(`${path}.${form}`))]),
      ),
    ),
    ...Object.fromEntries(embedKinds),
    ...Object.fromEntries(pages.map(({ path, query }) => [path, filtered(at(path), query, references)])),
    ...Object.fromEntries(
      pages.filter(({ data }) => data).map(({ path }) => [`${path}.:form`, plain(at(`${path}.csv`))]),
    ),
    '/embed/code': embedded.flatMap((path) => {
      const [, kind, reference] = path.split('/');
      return plain(
        `/embed/code?kind=${kind}&reference=${reference}`,
        `/embed/code?kind=${kind}&reference=${reference}&pin=1`,
      );
    }),
    '/oembed': embedded.flatMap((path) =>
      plain(...['json', 'xml'].map((format) => `/oembed?format=${format}&url=${publicUrl}${path}`)),
    ),
    '/claims/:reference/card.png': plain(`/claims/${references.claim}/card.png`),
    '/sitemap.xml': plain('/sitemap.xml'),
    '/sitemaps/:of/:from.xml': plain(
      ...['people', 'claims', 'statements', 'topics'].map(
        (of) => `/sitemaps/${of}/00000000-0000-7000-8000-000000000000.xml`,
      ),
    ),
    '/v1alpha1/claims\\:search': [CANARY, 'bridge', 'Millfordissa', 'Kovalsky'].flatMap((query) =>
      plain(`/v1alpha1/claims:search?query=${query}`, `/v1alpha1/claims:search?query=${query}&languageCode=fi`),
    ),
    ...Object.fromEntries(
      ['/livez', '/readyz', '/api/v1/openapi.json', '/api/docs', '/embed.js', '/robots.txt', '/favicon.ico'].map(
        (path) => [path, plain(path)],
      ),
    ),
  };
  return {
    ...Object.fromEntries(routes.filter(({ desk }) => !desk).map((route) => apiAddresses(route, references))),
    ...Object.fromEntries(Object.entries(faces).map(([path, asked]) => [`get ${path}`, asked])),
  };
}
