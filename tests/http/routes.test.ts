import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/db/types.ts';
import type { Route } from '../../src/web/api/route.ts';
import { routes } from '../../src/web/api/router.ts';
import { closedForSixDays } from '../support/examples.ts';
import { type Body, recordsOn, said } from '../support/records.ts';
import { type Method, testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aVerdict, anAttribution, aPerson, aResponse } = recordsOn(site);
const NOBODY = '01900000-0000-7000-8000-000000000000';
const { evidence } = closedForSixDays;

let claim: Body;
let verdict: Body;
let attribution: Body;
let source: Body;
let anImport: Body;
beforeAll(async () => {
  await aPerson('Ada Lovelace');
  claim = await aClaim({ by: 'ada-lovelace', topics: ['Bridges'] });
  await aResponse(claim);
  verdict = await aVerdict(claim);
  attribution = await anAttribution(claim.statement);
  anImport = (
    await site
      .call('post', 'imports?format=jsonl', 'editor')
      .set('content-type', 'application/jsonl')
      .send('{"type":"end","records":0}\n')
      .expect(201)
  ).body;
  source = (await site.get('sources').expect(200)).body.items[0];
});

interface Case {
  /** The address with everything in it on record, and one with something that is not. */
  path: () => string;
  unknown?: () => string;
  body?: () => object;
  /** A body that is refused, and at which field. */
  wrong?: [object, string];
  /** Roles that may not do it. */
  forbidden?: Role[];
  /** Who may; an editor unless told. */
  by?: Role;
  /** How the one who may is answered, where it is not 201 or, to a PATCH, 200. */
  status?: number;
}

const below = (noun: string, of: () => Body, end = ''): Pick<Case, 'path' | 'unknown'> => ({
  path: () => `${noun}/${of().id}${end}`,
  unknown: () => `${noun}/${NOBODY}${end}`,
});
const withQuery = (path: string) => `${path}${path.includes('?') ? '&' : '?'}`;
const theClaim = () => claim;
const theStatement = () => claim.statement;
const list = (path: string): Case => ({ path: () => path });
const published: Role[] = ['contributor', 'reviewer', 'admin'];

/** What each route must be shown to do. A route without a case fails. */
const cases: Record<string, Case> = {
  'get /people': list('people'),
  'post /people': {
    path: () => 'people',
    body: () => ({ name: 'Grace Hopper' }),
    wrong: [{ name: '' }, '/name'],
    forbidden: ['admin'],
  },
  'get /people/{person}': { path: () => 'people/ada-lovelace', unknown: () => 'people/nobody' },
  'patch /people/{person}': {
    path: () => 'people/ada-lovelace',
    unknown: () => 'people/nobody',
    body: () => ({ description: 'Wrote the first program.' }),
    wrong: [{ names: [{ name: 'Ada', kind: 'pet' }] }, '/names/0/kind'],
    forbidden: published,
  },
  'get /people/{person}/timeline': {
    path: () => 'people/ada-lovelace/timeline',
    unknown: () => 'people/nobody/timeline',
  },
  'get /people/{person}/profile': {
    path: () => 'people/ada-lovelace/profile',
    unknown: () => 'people/nobody/profile',
  },
  'get /claims': list('claims'),
  'post /claims': {
    path: () => 'claims',
    body: () => ({ text: 'The bridge is open', language: 'en' }),
    wrong: [
      { text: 'The bridge is open', language: 'en', statement: said({ saidOn: '09/02/2025' }) },
      '/statement/saidOn',
    ],
    forbidden: ['admin'],
  },
  'get /claims/{claim}': below('claims', theClaim),
  'patch /claims/{claim}': {
    ...below('claims', theClaim),
    body: () => ({ topics: ['Rivers'] }),
    wrong: [{ kind: 'rumour' }, '/kind'],
    forbidden: published,
  },
  'get /claims/{claim}/responses': below('claims', theClaim, '/responses'),
  'post /claims/{claim}/responses': {
    ...below('claims', theClaim, '/responses'),
    body: () => ({ ...said(), stance: 'denies' }),
    wrong: [{ ...said(), stance: 'shrugs' }, '/stance'],
    forbidden: ['admin'],
  },
  'get /claims/{claim}/verdicts': below('claims', theClaim, '/verdicts'),
  'post /claims/{claim}/verdicts': {
    ...below('claims', theClaim, '/verdicts'),
    body: () => closedForSixDays,
    wrong: [{ ...closedForSixDays, evidence: [] }, '/evidence'],
    forbidden: ['admin'],
  },
  'get /claims/{claim}/verdicts/{verdict}': {
    path: () => `claims/${claim.slug}/verdicts/${verdict.id}`,
    unknown: () => `claims/${claim.id}/verdicts/${NOBODY}`,
  },
  'patch /claims/{claim}/verdicts/{verdict}': {
    path: () => `claims/${claim.slug}/verdicts/${verdict.id}`,
    unknown: () => `claims/${claim.id}/verdicts/${NOBODY}`,
    body: () => ({ state: 'withdrawn', withdrawnBecause: 'The minutes were forged' }),
    wrong: [{ state: 'gone' }, '/state'],
    forbidden: published,
  },
  'get /statements': list('statements'),
  'post /statements': {
    path: () => 'statements',
    body: () => said(),
    wrong: [said({ positions: [{ claim: 'nothing', stance: 'denies' }] }), '/positions/0/claim'],
    forbidden: ['admin'],
  },
  'get /statements/{id}': below('statements', theStatement),
  'patch /statements/{id}': {
    ...below('statements', theStatement),
    body: () => ({ venue: 'On the bridge' }),
    wrong: [{ quote: null }, '/quote'],
    forbidden: published,
  },
  'get /statements/{id}/attributions': below('statements', theStatement, '/attributions'),
  'post /statements/{id}/attributions': {
    ...below('statements', theStatement, '/attributions'),
    body: () => ({ status: 'disputed', evidence }),
    wrong: [{ status: 'disputed' }, '/evidence'],
    forbidden: ['admin'],
  },
  'get /statements/{id}/attributions/{attribution}': {
    path: () => `statements/${claim.statement.id}/attributions/${attribution.id}`,
    unknown: () => `statements/${claim.statement.id}/attributions/${NOBODY}`,
  },
  'patch /statements/{id}/attributions/{attribution}': {
    path: () => `statements/${claim.statement.id}/attributions/${attribution.id}`,
    unknown: () => `statements/${claim.statement.id}/attributions/${NOBODY}`,
    body: () => ({ state: 'published' }),
    wrong: [{ state: 'gone' }, '/state'],
    forbidden: published,
  },
  'get /sources': list('sources'),
  'post /sources': {
    path: () => 'sources',
    body: () => ({ url: 'https://outlet.example.org/a' }),
    wrong: [{ url: 'ftp://outlet.example.org/a' }, '/url'],
    forbidden: ['admin'],
  },
  'get /sources/{id}': below('sources', () => source),
  'patch /sources/{id}': {
    ...below('sources', () => source),
    body: () => ({ title: 'Minutes of the council' }),
    wrong: [{ publishedOn: '2025-13' }, '/publishedOn'],
    forbidden: published,
  },
  'get /topics': list('topics'),
  'get /topics/{topic}': { path: () => 'topics/bridges', unknown: () => 'topics/nothing' },
  'get /vocabulary': list('vocabulary'),
  ...historyCases(),
  'get /search': list('search?q=bridge'),
  'post /claims/match': {
    path: () => 'claims/match',
    body: () => ({ text: 'The bridge was closed, they say' }),
    wrong: [{ text: 'The bridge', limit: 0 }, '/limit'],
  },
  'get /settings': list('settings'),
  'patch /settings': {
    path: () => 'settings',
    body: () => ({ fourEyes: 'never' }),
    wrong: [{ fourEyes: 'two' }, '/fourEyes'],
    forbidden: ['contributor', 'reviewer', 'editor'],
    by: 'admin',
  },
  'get /imports': list('imports'),
  'post /imports': {
    path: () => 'imports?format=jsonl',
    body: () => ({ type: 'end', records: 0 }),
    forbidden: ['contributor', 'reviewer', 'admin'],
  },
  'get /imports/{id}': below('imports', () => anImport),
  'post /imports/{id}/undo': {
    ...below('imports', () => anImport, '/undo'),
    forbidden: ['contributor', 'reviewer', 'admin'],
  },
};

/** What is done with every record alike. */
function historyCases(): Record<string, Case> {
  const places: Record<string, Pick<Case, 'path' | 'unknown'>> = {
    '/people/{person}': { path: () => 'people/ada-lovelace', unknown: () => 'people/nobody' },
    '/claims/{claim}': below('claims', theClaim),
    '/statements/{id}': below('statements', theStatement),
    '/sources/{id}': below('sources', () => source),
    '/claims/{claim}/verdicts/{verdict}': {
      path: () => `claims/${claim.slug}/verdicts/${verdict.id}`,
      unknown: () => `claims/${claim.id}/verdicts/${NOBODY}`,
    },
    '/statements/{id}/attributions/{attribution}': {
      path: () => `statements/${claim.statement.id}/attributions/${attribution.id}`,
      unknown: () => `statements/${claim.statement.id}/attributions/${NOBODY}`,
    },
  };
  const each = (verb: string, of: string[], end: string, more: Partial<Case> = {}) =>
    Object.fromEntries(
      of.map((place) => {
        const { path, unknown } = places[place]!;
        const ended: Case = { path: () => `${path()}/${end}`, unknown: () => `${unknown!()}/${end}`, ...more };
        return [`${verb} ${place}/${end}`, ended];
      }),
    );
  const [person, aClaim_, statement, aSource, aVerdict_, anAttribution_] = Object.keys(places) as string[];
  const merge = { forbidden: ['contributor', 'reviewer', 'admin'] as Role[], body: () => ({}) };
  const into = { ...merge, wrong: [{ into: '?' }, '/into'] as [object, string], status: 200 };
  return {
    ...each('get', Object.keys(places), 'history'),
    // Which change restores what: tests/http/history.test.ts.
    ...each('post', [person!, aClaim_!, statement!, aSource!], 'restore', {
      body: () => ({ change: NOBODY, version: 1 }),
      wrong: [{ change: NOBODY, version: 0 }, '/version'],
      forbidden: ['contributor', 'admin'],
      // Somebody changed it before, or the change is not one of its own.
      status: 4,
    }),
    // A person approves, not a token: tests/http/sign-in.test.ts.
    ...each('post', [aClaim_!, statement!, aVerdict_!, anAttribution_!], 'approval', {
      body: () => ({ version: 1 }),
      wrong: [{ version: 'one' }, '/version'],
      forbidden: ['contributor', 'admin'],
      status: 4,
    }),
    ...each('post', [person!], 'merge', { ...into, body: () => ({ into: 'ada-lovelace' }) }),
    ...each('post', [person!], 'unmerge', { ...merge, wrong: [{ reason: 7 }, '/reason'], status: 409 }),
    ...each('post', [aClaim_!], 'merge', { ...into, body: () => ({ into: claim.id }) }),
    ...each('post', [aClaim_!], 'unmerge', { ...merge, wrong: [{ reason: 7 }, '/reason'], status: 409 }),
    'post /erasures': {
      path: () => 'erasures',
      body: () => ({ noun: 'person', id: NOBODY, ground: 'GDPR Art. 17' }),
      wrong: [{ noun: 'person', id: NOBODY, ground: '' }, '/ground'],
      forbidden: ['contributor', 'reviewer', 'editor'],
      by: 'admin',
      status: 404,
    },
  };
}

const nameOf = (route: Route) => `${route.method} ${route.path}`;
const call = (route: Route, path: string, role?: Role) => site.call(route.method as Method, path, role);
const pointers = ({ body }: Body): string[] => body.errors.map((error: Body) => error.pointer);

it('has a case for every route, and no other', () => {
  expect(Object.keys(cases)).toEqual(routes.map(nameOf));
});

describe.each(routes.filter((route) => 'read' in route).map((route) => [nameOf(route), route] as const))(
  '%s',
  (name, route) => {
    const { path, unknown } = cases[name]!;

    it(
      route.desk ? 'answers who holds a key alone' : 'answers without a key, and the same to whoever holds one',
      async () => {
        const open = await call(route, path()).expect(route.desk ? 401 : 200);
        const signedIn = await call(route, path(), 'contributor').expect(200);
        if (!route.desk) expect(signedIn.body).toEqual(open.body);
      },
    );

    it('refuses a token that is none', async () => {
      await call(route, path()).set('authorization', 'Bearer onr_nonsense').expect(401);
    });

    it('names a parameter that it does not know', async () => {
      expect(pointers(await call(route, `${withQuery(path())}colour=red`, route.desk && 'editor').expect(422))).toEqual(
        ['/colour'],
      );
    });

    if (unknown)
      it('says 404 of what is not on record', () => call(route, unknown(), route.desk && 'editor').expect(404));
  },
);

describe.each(routes.filter((route) => 'act' in route).map((route) => [nameOf(route), route] as const))(
  '%s',
  (name, route) => {
    const { path, unknown, body, wrong, forbidden, by = 'editor', status } = cases[name]!;
    const patching = route.method === 'patch';
    const send = async (role: Role | undefined, address: string, what: object) => {
      const version = patching ? ((await site.get(address, 'editor')).headers.etag ?? '"1"') : '';
      return call(route, address, role)
        .set(patching ? { 'if-match': version } : {})
        .send(what);
    };

    it('refuses who is signed out', async () => {
      const answer = await send(undefined, path(), body!());
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    });

    it.each(forbidden!)('forbids it to a %s', async (role) => {
      expect((await send(role, path(), body!())).status).toBe(403);
    });

    it('names the field that is not acceptable', async () => {
      const answer = await send(by, path(), wrong![0]);
      expect(answer.status).toBe(422);
      expect(pointers(answer)).toEqual([wrong![1]]);
    });

    it('names a field that it does not know', async () => {
      const answer = await send(by, path(), { ...body!(), colour: 'red' });
      expect(pointers(answer)).toEqual(['/colour']);
    });

    if (unknown) {
      it('says 404 of what is not on record', async () => {
        expect((await send(by, unknown(), body!())).status).toBe(404);
      });
    }

    it(`${status && status >= 300 ? 'understands' : 'does'} it for an ${by}`, async () => {
      const answered = (await send(by, path(), body!())).status;
      if (status === 4) expect([403, 409, 412, 422]).toContain(answered);
      else expect(answered).toBe(status ?? (patching ? 200 : 201));
    });
  },
);

describe.each(routes.filter((route) => 'reply' in route).map((route) => [nameOf(route), route] as const))(
  '%s',
  (name, route) => {
    const { path, body, wrong } = cases[name]!;
    const send = (what: object, role?: Role) => call(route, path(), role).send(what);

    it('answers without a key, and the same to whoever holds one', async () => {
      const open = await send(body!()).expect(200);
      expect((await send(body!(), 'contributor').expect(200)).body).toEqual(open.body);
    });

    it('refuses a token that is none', () => send(body!()).set('authorization', 'Bearer onr_nonsense').expect(401));

    it('names the field that is not acceptable, and one that it does not know', async () => {
      expect(pointers(await send(wrong![0]).expect(422))).toEqual([wrong![1]]);
      expect(pointers(await send({ ...body!(), colour: 'red' }).expect(422))).toEqual(['/colour']);
    });
  },
);

describe.each(routes.filter((route) => 'perform' in route).map((route) => [nameOf(route), route] as const))(
  '%s',
  (name, route) => {
    const { path, unknown, body, forbidden } = cases[name]!;
    const send = (role: Role | undefined, address: string) => {
      const request = call(route, address, role);
      return body ? request.set('content-type', 'application/x-ndjson').send(JSON.stringify(body())) : request;
    };

    it('refuses who is signed out', () => send(undefined, path()).expect(401));

    it.each(forbidden!)('forbids it to a %s', (role) => send(role, path()).expect(403));

    it('names a parameter that it does not know', async () => {
      const address = `${path()}${path().includes('?') ? '&' : '?'}colour=red`;
      expect(pointers(await send('editor', address).expect(422))).toEqual(['/colour']);
    });

    if (body)
      it('refuses a type that it does not take', () =>
        send('editor', path()).set('content-type', 'image/png').expect(415));

    if (unknown) it('says 404 of what is not on record', () => send('editor', unknown()).expect(404));

    it('does it for an editor', async () => {
      expect((await send('editor', path())).status).toBe(body ? 201 : 200);
    });
  },
);

describe('an address that cannot be one', () => {
  it.each(['people/Ada Lovelace', 'people/%00', 'claims/-', 'statements/12', 'sources/ada-lovelace'])(
    'says 404 of %s',
    (path) => site.get(encodeURI(decodeURI(path))).expect(404),
  );

  it('says 404 of a verdict below another claim, and of an attribution below another statement', async () => {
    const other = await aClaim({ by: 'Ada Lovelace' });
    await site.get(`claims/${other.id}/verdicts/${verdict.id}`, 'editor').expect(404);
    await site.get(`claims/nothing/verdicts/${verdict.id}`, 'editor').expect(404);
    await site.patch(`claims/${other.id}/verdicts/${verdict.id}`, { state: 'published' }, '"2"').expect(404);
    await site.get(`statements/${other.statement.id}/attributions/${attribution.id}`).expect(404);
  });
});
