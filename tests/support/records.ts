import type { Site } from './site.ts';

type Fields = Record<string, unknown>;
/** An answer of the API. */
// biome-ignore lint/suspicious/noExplicitAny: what is in it is what the tests are about
export type Body = any;

const named = (who: unknown): unknown => (typeof who === 'string' && /[A-Z ]/.test(who) ? { name: who } : who);

/** Words said by someone: `by` and `onBehalfOf` are names (found or made), slugs or ids. */
export const said = ({ by, onBehalfOf, ...more }: Fields = {}): Fields => ({
  person: named(by ?? 'Somebody Else'),
  ...(onBehalfOf !== undefined && { onBehalfOf: named(onBehalfOf) }),
  quoteKind: 'verbatim',
  quote: 'These are the words.',
  language: 'en',
  saidOn: '2025-02-08',
  ...more,
});

const evidence = [{ url: 'https://evidence.example.org/minutes', publisher: { name: 'Council' }, role: 'supports' }];

/** Records made through the API by an editor, each with what a test does not care about filled in. */
export function recordsOn(site: Site) {
  let number = 0;
  const made = async (path: string, body: object): Promise<Body> => (await site.post(path, body).expect(201)).body;

  const etag = async (path: string): Promise<string> => (await site.get(path, 'editor').expect(200)).headers.etag!;

  return {
    aPerson: (name: string, more: Fields = {}) => made('people', { name, ...more }),
    /** A claim; with `by`, a first statement that asserts it, of which `saidOn`, `quote` and so on may be told. */
    aClaim: ({ by, saidOn, quote, quoteKind, sources, onBehalfOf, sequence, ...more }: Fields = {}) =>
      made('claims', {
        text: `The bridge was closed, part ${++number}`,
        language: 'en',
        ...(by !== undefined && {
          statement: said(defined({ by, saidOn, quote, quoteKind, sources, onBehalfOf, sequence })),
        }),
        ...more,
      }),
    /** A statement that takes no position unless `on` names a claim. */
    aStatement: ({ on, stance = 'asserts', repliesTo, repeatOfEarlier, positions, ...more }: Fields = {}) =>
      made('statements', {
        ...said(more),
        positions: positions ?? (on ? [defined({ claim: on, stance, repliesTo, repeatOfEarlier })] : []),
      }),
    aResponse: (claim: Body, { stance = 'denies', ...more }: Fields = {}) =>
      made(`claims/${claim.id}/responses`, { ...said(more), stance }),
    aVerdict: (claim: Body, more: Fields = {}) =>
      made(`claims/${claim.id}/verdicts`, {
        status: 'false',
        ...(more.by === undefined && { summary: 'It was open', evidence }),
        ...more,
        ...(more.by !== undefined && { by: named(more.by) }),
      }),
    anAttribution: (statement: Body, more: Fields = {}) =>
      made(`statements/${statement.id}/attributions`, { status: 'confirmed', evidence, ...more }),
    /** What a person's timeline says, in its items and around them. */
    timeline: async (person: string, query = ''): Promise<Body> =>
      (await site.get(`people/${person}/timeline${query && `?${query}`}`).expect(200)).body,
    /** The version of a record as If-Match wants it. */
    etag,
    amend: async (path: string, patch: object): Promise<Body> =>
      (await site.patch(path, patch, await etag(path)).expect(200)).body,
  };
}

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export const quotes = (timeline: Body): string[] => timeline.items.map((item: Body) => (item.statement ?? item).quote);
