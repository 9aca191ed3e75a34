import { beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/config.ts';
import { openApiDocument } from '../../src/web/api/document.ts';
import { routes } from '../../src/web/api/router.ts';
import { arbitraries } from '../support/arbitrary.ts';
import { publicUrl } from '../support/database.ts';
import { closedForSixDays, noAnswer, phoneCall } from '../support/examples.ts';
import { testSite } from '../support/site.ts';

/** More by hand: GENERATED_REQUESTS=20000 npm test -- tests/http/generated-requests */
const REQUESTS = Number(process.env.GENERATED_REQUESTS ?? 500);

type Json = Record<string, unknown>;
interface Operation {
  parameters: { name: string; in: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
}
const document = openApiDocument(routes, readConfig({ PUBLIC_URL: publicUrl })) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
};
const site = testSite();
const known = { ids: [] as string[], slugs: ['donald-trump', 'dmitry-peskov', 'kremlin', 'nobody-at-all'] };
const references: Record<string, string[]> = {};

beforeAll(async () => {
  const claim = await site.post('claims', phoneCall).expect(201);
  const statement = await site.post(`claims/${claim.body.id}/responses`, noAnswer(claim.body.statement.id)).expect(201);
  const verdict = await site.post(`claims/${claim.body.id}/verdicts`, closedForSixDays).expect(201);
  const found = { status: 'confirmed', evidence: closedForSixDays.evidence };
  const attribution = await site.post(`statements/${statement.body.id}/attributions`, found).expect(201);
  const source = await site.post('sources', { title: 'A source' }).expect(201);
  known.ids.push(claim.body.id, statement.body.id, verdict.body.id, source.body.id, statement.body.speaker.id);
  references.person = ['donald-trump', statement.body.speaker.id, 'kremlin'];
  references.claim = [claim.body.id, claim.body.slug];
  references.topic = ['russia-ukraine-war'];
  references.verdict = [verdict.body.id];
  references.attribution = [attribution.body.id];
  references.id = [statement.body.id, source.body.id];
});

it(
  'answers every generated request as the document says, and never with 5xx',
  async () => {
    const of = arbitraries(document, known);
    const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
    );
    const inPlace = (operation: Operation, place: string) => operation.parameters.filter((one) => one.in === place);
    const statuses = new Map<number, number>();
    let slowest = 0;
    const request = fc.constantFrom(...operations).chain(({ path, verb, operation }) =>
      fc.record({
        path: fc.constant(path),
        verb: fc.constant(verb as 'get' | 'post' | 'patch'),
        role: fc.constantFrom(undefined, 'contributor', 'reviewer', 'editor', 'editor', 'editor', 'admin'),
        version: fc.constantFrom('"1"', '"2-x"', 'W/"3"', '*', undefined),
        parameters: fc.record(
          Object.fromEntries(
            inPlace(operation, 'query').map((one) => [
              one.name,
              fc.option(of(one.schema), { nil: undefined, freq: 2 }),
            ]),
          ),
        ),
        references: fc.record(
          Object.fromEntries(
            inPlace(operation, 'path').map((one) => [
              one.name,
              fc.oneof(
                { weight: 9, arbitrary: fc.constantFrom(...references[one.name]!) },
                { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
              ),
            ]),
          ),
        ),
        body: operation.requestBody
          ? of(Object.values(operation.requestBody.content)[0]!.schema)
          : fc.constant(undefined),
      }),
    );
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        const path = one.path.replace(/\{(\w+)\}/g, (_: string, name: string) =>
          encodeURIComponent(String(one.references[name])),
        );
        const query = Object.entries(one.parameters).flatMap(([name, value]) =>
          value === undefined ? [] : [`${name}=${encodeURIComponent(wellFormed(value))}`],
        );
        const call = site.call(
          one.verb,
          `/api/v1${path}${query.length ? `?${query.join('&')}` : ''}`,
          one.role as 'editor',
        );
        if (one.version) call.set('if-match', one.version);
        const begun = performance.now();
        const answer = await (one.body === undefined
          ? call
          : call.set('content-type', 'application/json').send(JSON.stringify(one.body)));
        slowest = Math.max(slowest, performance.now() - begun);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        expect(answer.status).toBeLessThan(500);
      }),
      { seed: Number(process.env.GENERATED_SEED ?? 20250208), numRuns: REQUESTS, endOnFailure: REQUESTS > 1000 },
    );
    if (REQUESTS > 500)
      console.log(`${REQUESTS} requests, slowest ${Math.round(slowest)} ms`, Object.fromEntries([...statuses].sort()));
    expect(statuses.get(200)).toBeGreaterThan(0);
    // Few generated writes are acceptable in all of their fields, so some are only sure among many.
    if (REQUESTS > 500) expect(statuses.get(201)).toBeGreaterThan(0);
  },
  60_000 + REQUESTS * 50,
);

/** As a client writes it into a URL, which cannot carry half a character. */
function wellFormed(value: unknown): string {
  if (Array.isArray(value)) return value.map(wellFormed).join(',');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
