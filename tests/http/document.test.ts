import { beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { routes } from '../../src/web/api/router.ts';
import type { Body } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();

describe('/api/v1/openapi.json', () => {
  let document: Body;
  let operations: [string, Body][];
  beforeAll(async () => {
    document = (await site.get('openapi.json').expect(200)).body;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as object).map(([method, operation]): [string, Body] => [`${method} ${path}`, operation]),
    );
  });

  /** Every object in it, with where it stands. */
  function* objects(value: unknown, place = '#'): Generator<[string, Record<string, unknown>]> {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) yield [place, value as Record<string, unknown>];
    for (const [key, member] of Object.entries(value)) yield* objects(member, `${place}/${key}`);
  }

  it('is OpenAPI 3.1 of every route', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'On Record', version: '1.0.0' } });
    expect(document.servers).toEqual([{ url: 'http://record.test/api/v1' }]);
    expect(operations.map(([name]) => name).sort()).toEqual(
      routes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it('has no reference that leads nowhere, and no name of another kind of document', () => {
    for (const [place, object] of objects(document)) {
      expect([place, Object.keys(object).filter((key) => ['$defs', '$schema', 'definitions'].includes(key))]).toEqual([
        place,
        [],
      ]);
      if (typeof object.$ref !== 'string') continue;
      const target = object.$ref
        .split('/')
        .slice(1)
        .reduce<Body>((at, key) => at?.[key], document);
      expect([place, object.$ref, typeof target]).toEqual([place, object.$ref, 'object']);
    }
  });

  it('names each operation once, with its parameters, its body and its answers', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, operation] of operations) {
      const inPath = operation.parameters.filter((parameter: Body) => parameter.in === 'path');
      const named = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect([name, inPath.map((parameter: Body) => parameter.name)]).toEqual([name, named]);
      for (const parameter of operation.parameters)
        expect(parameter).toMatchObject({ name: expect.any(String), schema: expect.any(Object) });
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      for (const [status, response] of Object.entries<Body>(operation.responses)) {
        expect(response.description).toEqual(expect.any(String));
        if (status === '304') continue;
        const type = status < '300' ? 'application/json' : 'application/problem+json';
        expect([name, status, response.content?.[type]?.schema]).toEqual([name, status, expect.any(Object)]);
      }
      const writes = /^(post|patch)/.test(name);
      expect([name, Boolean(operation.requestBody)]).toEqual([name, writes && !name.endsWith('/undo')]);
      if (writes && name !== 'post /claims/match') expect(operation.security).toEqual([{ token: [] }]);
    }
  });

  it('says what bodies must have, and refuses what it does not know', () => {
    const body = (path: string) => document.paths[path].post.requestBody.content['application/json'].schema;
    expect(body('/claims')).toMatchObject({
      type: 'object',
      required: ['text', 'language'],
      additionalProperties: false,
    });
    expect(body('/claims').properties).toHaveProperty('reason');
    expect(document.paths['/people/{person}'].patch.requestBody.content).toHaveProperty([
      'application/merge-patch+json',
    ]);
  });
});

describe('/api/v1/vocabulary', () => {
  const allowed = async (table: string, column: string): Promise<string[]> => {
    const { rows } = await sql<{ rule: string }>`
      select pg_get_constraintdef(c.oid) as rule
        from pg_attribute as a left join pg_type as t on t.oid = a.atttypid and t.typtype = 'd'
        join pg_constraint as c on c.contypid = t.oid or (c.conrelid = a.attrelid and c.conkey = array[a.attnum])
       where a.attrelid = ${`versions.${table}`}::regclass and a.attname = ${column}
         and pg_get_constraintdef(c.oid) ~ '= ANY'`.execute(site.db);
    expect(rows).toHaveLength(1);
    return [...rows[0]!.rule.matchAll(/'(\w+)'::text/g)].map(([, word]) => word!);
  };

  it.each([
    ['verdictStatuses', 'verdicts', 'status'],
    ['stances', 'positions', 'stance'],
    ['attributionStatuses', 'attributions', 'status'],
    ['quoteKinds', 'statements', 'quote_kind'],
    ['claimKinds', 'claims', 'kind'],
    ['states', 'claims', 'state'],
    ['personKinds', 'people', 'kind'],
    ['nameKinds', 'names', 'kind'],
    ['citationRoles', 'citations', 'role'],
    ['relations', 'derivations', 'relation'],
    ['claimPersonRoles', 'claim_people', 'as'],
  ])('has in %s what the database allows in %s.%s', async (list, table, column) => {
    const { body } = await site.get('vocabulary').expect(200);
    expect(Object.keys(body[list])).toEqual(await allowed(table, column));
  });

  it('says what each word means, and what it counts as', async () => {
    const { body } = await site.get('vocabulary').expect(200);
    expect(Object.keys(body)).toHaveLength(13);
    for (const list of Object.values<Body>(body))
      for (const word of Object.values<Body>(list))
        expect(word).toMatchObject({
          label: expect.stringMatching(/^[A-Z]/),
          description: expect.stringMatching(/\.$/),
        });
    expect(body.stances).toMatchObject({
      denies: { polarity: -1 },
      neither_confirms_nor_denies: { polarity: 0 },
      confirms: { polarity: 1 },
    });
    const rated = Object.entries<Body>(body.verdictStatuses).filter(([, { ratingValue }]) => ratingValue !== null);
    expect(Object.fromEntries(rated.map(([status, { ratingValue }]) => [status, ratingValue]))).toEqual({
      true: 5,
      mostly_true: 4,
      mixed: 3,
      misleading: 2,
      mostly_false: 2,
      false: 1,
    });
  });
});

describe('/api/docs', () => {
  it('has nothing from another host', async () => {
    const { text, headers } = await site.get('/api/docs').expect(200);
    const addresses = [...text.matchAll(/(?:src|href|url)\s*[=:]\s*["']([^"']*)["']/g)].map(([, address]) => address!);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      expect(address).toMatch(/^(\/(?!\/)|data:,)/);
      if (address.startsWith('/')) await site.get(address).expect(200);
    }
    const policy = headers['content-security-policy']!;
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).not.toMatch(/https?:|\*|unsafe/);
  });
});
