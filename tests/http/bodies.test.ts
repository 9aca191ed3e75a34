import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { type Body, recordsOn, said } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson } = recordsOn(site);

/** A body byte by byte. */
const raw = (body: string | Buffer, headers: Record<string, string> = {}, path = 'people'): Test =>
  site
    .call('post', path, 'editor')
    .set({ 'content-type': 'application/json', ...headers })
    .serialize((it) => it as unknown as string)
    .send(body);
const pointers = ({ body }: Body): string[] => [...new Set<string>(body.errors.map((error: Body) => error.pointer))];
const ada = '{"name":"Ada Lovelace"}';

describe('a body', () => {
  it.each(['{"name":', '', 'undefined', "{'name': 'Ada'}", '{"name":"Ada",}', 'NaN'])(
    'that is not JSON is 400: %j',
    (body) => raw(body).expect(400),
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/json',
    'application/json; charset=latin1',
    'application/json;charset=utf-16',
  ])('of type %s is 415', (type) => raw(ada, { 'content-type': type }).expect(415));

  it('of no type is 415', async () => {
    await site.call('post', 'people', 'editor').unset('content-type').expect(415);
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'Application/JSON',
    'application/merge-patch+json',
  ])('of type %s is taken', (type) => raw(ada, { 'content-type': type }).expect(201));

  it('above 1 MB is 413, packed or not, also with no credentials', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(1_100_000) });
    await raw(large).expect(413);
    await raw(gzipSync(large), { 'content-encoding': 'gzip' }).expect(413);
    await site.call('post', 'people').set('content-type', 'application/json').send(large).expect(413);
  });

  it('may be packed, in an encoding that is known', async () => {
    await raw(gzipSync(ada), { 'content-encoding': 'gzip' }).expect(201);
    await raw(ada, { 'content-encoding': 'compress' }).expect(415);
    await raw(ada, { 'content-encoding': 'gzip' }).expect(400);
  });

  it.each(['[]', 'null', '"Ada"', '1', 'true', '[{"name":"Ada"}]'])(
    'that is no object is refused: %s',
    async (body) => {
      expect(pointers(await raw(body).expect(422))).toEqual(['']);
    },
  );
});

describe('text', () => {
  it.each([
    ['NUL', '{"name":"a\\u0000b"}', '/name'],
    ['a lone surrogate', '{"name":"a\\ud800b"}', '/name'],
    ['a lone low surrogate', '{"name":"\\udc00"}', '/name'],
    ['NUL deep inside', '{"name":"Ada","names":[{"name":"\\u0000","kind":"alias"}]}', '/names/0/name'],
    ['NUL in a map', '{"name":"Ada","externalIds":{"x":"\\u0000"}}', '/externalIds/x'],
    ['NUL in a reason', '{"name":"Ada","reason":"\\u0000"}', '/reason'],
    ['NUL in the name of a field', '{"name":"Ada","a\\u0000":1}', ''],
  ])('with %s is refused', async (_, body, pointer) => {
    expect(pointers(await raw(body).expect(422))).toEqual([pointer]);
  });

  it.each([
    ['an overlong slash', Buffer.from([0xc0, 0xaf])],
    ['half a character', Buffer.from([0xe2, 0x82])],
    ['Latin-1', Buffer.from('é', 'latin1')],
    ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80])],
  ])('that is not UTF-8 is refused: %s', async (_, bytes) => {
    const body = Buffer.concat([Buffer.from('{"name":"'), bytes, Buffer.from('"}')]);
    expect(pointers(await raw(body).expect(422))).toEqual(['']);
  });

  it('is refused below each field that a statement has', async () => {
    const bad = 'a\0b';
    const fields: [object, string][] = [
      [{ quote: bad }, '/statement/quote'],
      [{ original: bad }, '/statement/original'],
      [{ venue: bad }, '/statement/venue'],
      [{ language: bad }, '/statement/language'],
      [{ saidOn: bad }, '/statement/saidOn'],
      [{ person: { name: bad } }, '/statement/person/name'],
      [{ sources: [{ title: bad, role: 'primary' }] }, '/statement/sources/0/title'],
      [{ sources: [{ url: `https://a.example/${bad}`, role: 'primary' }] }, '/statement/sources/0/url'],
      [{ sources: [{ title: 'T', role: 'primary', excerpt: { exact: bad } }] }, '/statement/sources/0/excerpt/exact'],
    ];
    for (const [field, pointer] of fields) {
      const answer = await site
        .post('claims', { text: 'T', language: 'en', statement: { ...said(), ...field } })
        .expect(422);
      expect(pointers(answer)).toEqual([pointer]);
    }
  });

  it('is kept as it was given', async () => {
    const odd = '  é (NFD), 👩‍👩‍👧, \u202eright to left\u202c, tab\there,\r\nnew line, \uFFFD, \u{10FFFF} ';
    const { body } = await site.post('claims', { text: odd, language: 'en' }).expect(201);
    expect((await site.get(`claims/${body.id}`)).body.text).toBe(odd);
  });

  it('is counted in characters', async () => {
    await aPerson('😀'.repeat(500));
    expect(pointers(await site.post('people', { name: '😀'.repeat(501) }).expect(422))).toEqual(['/name']);
    await site.post('people', { name: ' \u00a0\n' }).expect(422);
  });
});

describe('structure', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  it.each([70, 10_000, 100_000])('nested %d levels deep is refused', async (levels) => {
    const { body } = await raw(deep(levels)).expect(422);
    expect(body.detail).toMatch(/levels/);
  });

  it('nested deep in a chain of sources is refused or kept, never a failure', async () => {
    const chain = (levels: number): object =>
      levels === 0 ? {} : { derivedFrom: [{ title: `T${levels}`, relation: 'quotes', ...chain(levels - 1) }] };
    const statement = (levels: number) => ({
      ...said(),
      sources: [{ title: 'Top', role: 'primary', ...chain(levels) }],
    });
    const { body } = await site.post('statements', statement(20)).expect(201);
    expect(body.sources[0].chain).toHaveLength(21);
    await site.post('statements', statement(40)).expect(422);
  });

  it.each([
    ['{"name":"Ada","__proto__":{"kind":"organization"}}', ['/__proto__']],
    ['{"name":"Ada","constructor":{}}', ['/constructor']],
    ['{"name":"Ada","externalIds":{"__proto__":"x"}}', ['/externalIds/__proto__']],
    ['{"name":"Ada","names":{}}', ['/names']],
    ['{"name":"Ada","names":[[]]}', ['/names/0']],
    ['{"name":["Ada"]}', ['/name']],
    ['{"name":{"toString":1}}', ['/name']],
    ['{"name":"Ada","externalIds":[]}', ['/externalIds']],
    ['{"name":"Ada","roles":[null]}', ['/roles/0']],
    ['{}', ['/name']],
    ['{"name":"","kind":"robot"}', ['/name', '/kind']],
  ])('%s is refused at %j', async (body, expected) => {
    expect(pointers(await raw(body).expect(422))).toEqual(expected);
  });

  it.each([
    [{ sequence: 1.5 }, '/sequence'],
    [{ sequence: 1e300 }, '/sequence'],
    [{ sequence: '1' }, '/sequence'],
    [{ sources: [{ title: 'T', role: 'primary', excerpt: { start: 5, end: 5 } }] }, '/sources/0/excerpt/end'],
    [{ sources: [{ title: 'T', role: 'primary', excerpt: { exact: 'a', start: 1 } }] }, '/sources/0/excerpt'],
    [{ sources: [{ title: 'T', role: 'primary', excerpt: { start: 1.0001, end: 1.0002 } }] }, '/sources/0/excerpt/end'],
    [{ sources: Array.from({ length: 51 }, () => ({ title: 'T', role: 'primary' })) }, '/sources'],
    [{ saidOn: '10000-01-01' }, '/saidOn'],
    [{ saidOn: 'Y-17E7' }, '/saidOn'],
    [{ saidOn: undefined }, '/saidOn'],
    [{ language: undefined }, '/language'],
    [{ quoteKind: 'silence' }, '/quote'],
    [{ askedOn: '2025' }, '/askedOn'],
    [{ person: { name: 'A', role: 'B' } }, '/person/role'],
    [
      { sources: [{ title: 'T', role: 'primary', derivedFrom: [{ title: 'U' }] }] },
      '/sources/0/derivedFrom/0/relation',
    ],
  ])('%j in a statement is refused at %s', async (field, pointer) => {
    expect(pointers(await site.post('statements', { ...said(), ...field }).expect(422))).toEqual([pointer]);
  });

  it('of a response is judged by what it means to be', async () => {
    const claim = await aClaim();
    expect(
      pointers(await site.post(`claims/${claim.id}/responses`, { id: 'x', stance: 'denies' }).expect(422)),
    ).toEqual(['/id']);
    const both = { ...said(), id: claim.id, stance: 'denies' };
    expect(pointers(await site.post(`claims/${claim.id}/responses`, both).expect(422))).toContain('/person');
    expect(pointers(await site.post(`claims/${claim.id}/responses`, { ...said() }).expect(422))).toEqual(['/stance']);
  });
});
