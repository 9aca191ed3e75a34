import { beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '../../src/web/api/router.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { type Method, testSite } from '../support/site.ts';

const site = testSite();
const { aClaim } = recordsOn(site);
let claim: Body;
beforeAll(async () => {
  claim = await aClaim({ by: 'Ada Lovelace' });
});

describe('methods', () => {
  const fill = (path: string) => path.slice(1).replace(/\{\w+\}/g, 'x');
  const paths = [...new Set(routes.map(({ path }) => path))];

  it.each(paths)('that %s does not take are 405, and it says which it takes', async (path) => {
    const taken = routes.filter((route) => route.path === path).map(({ method }) => method);
    const allow = taken.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ');
    for (const method of ['post', 'patch', 'put', 'delete'] as Method[]) {
      if (taken.includes(method as never)) continue;
      const answer = await site.call(method, fill(path), 'editor').expect(405);
      expect(answer.headers.allow).toBe(allow);
    }
  });

  it('HEAD gives what GET gives, without a body', async () => {
    for (const path of ['claims', `claims/${claim.id}`, 'people/ada-lovelace/timeline']) {
      for (const time of ['first', 'remembered']) {
        const head = await site.call('head', path).expect(200);
        const get = await site.get(path).set('accept-encoding', 'identity').expect(200);
        const { date: _, ...headers } = head.headers as Record<string, string>;
        expect([time, get.headers]).toEqual([time, expect.objectContaining(headers)]);
        expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(get.text));
        expect(head.text).toBeUndefined();
      }
    }
    await site.call('head', 'claims/nothing').expect(404);
  });
});

describe('addresses', () => {
  it.each(['/api/v1/nothing', '/api/v1', '/api/v2/people', '/nothing', '/api/v1/PEOPLE', '/api/v1/people/a/b/c'])(
    '%s leads nowhere: 404',
    (path) => site.get(path).expect(404),
  );

  it.each(['/api/v1/people/%E0%A4%A', '/api/v1/people/%zz', '/api/v1/claims/%', '/people/%FF'])(
    '%s is badly encoded: 400',
    (path) => site.get(path).expect(400),
  );

  it('within a body are the same in capitals, too', async () => {
    const { statement } = claim;
    const own = (await site.get(`statements/${statement.id}`)).body.positions[0];
    const send = (more: object) =>
      site.patch(
        `statements/${statement.id}`,
        { positions: [{ id: own.id.toUpperCase(), claim: claim.id.toUpperCase(), stance: 'asserts', ...more }] },
        '"1"',
      );
    expect((await send({}).expect(200)).body).toMatchObject({ version: 1, positions: [{ id: own.id }] });
    const { body } = await send({ repliesTo: statement.id.toUpperCase() }).expect(422);
    expect(body.errors[0].pointer).toBe('/positions/0/repliesTo');
  });

  it('with an id in capitals are the same', async () => {
    expect((await site.get(`claims/${claim.id.toUpperCase()}`).expect(200)).body.id).toBe(claim.id);
    expect((await site.get(`statements/${claim.statement.id.toUpperCase()}`).expect(200)).body.id).toBe(
      claim.statement.id,
    );
  });
});

describe('other origins', () => {
  it('may read every answer, with its ETag and its links', async () => {
    for (const path of ['claims', `claims/${claim.id}`, 'claims/nothing', 'openapi.json', `claims/${claim.id}`]) {
      const { headers } = await site.get(path).set('origin', 'https://paper.example.org');
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['access-control-expose-headers']).toMatch(/ETag.*Link/);
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    }
  });

  it('may ask before they write with a token', async () => {
    const { headers, status } = await site.call('options', 'claims').set({
      origin: 'https://paper.example.org',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,if-match,idempotency-key,content-type',
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': 'authorization,if-match,idempotency-key,content-type',
    });
  });
});

describe('credentials', () => {
  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'onr_x', 'Bearer a b', `Bearer onr_${'a'.repeat(36)}`])(
    'that are none are 401, on reads too: %s',
    async (header) => {
      const answer = await site.get('claims').set('authorization', header).expect(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('are told of in no answer', async () => {
    const { headers, text } = await site.get('claims', 'editor').expect(200);
    expect(JSON.stringify(headers) + text).not.toContain(site.tokens.editor);
    expect(headers['x-powered-by']).toBeUndefined();
  });
});
