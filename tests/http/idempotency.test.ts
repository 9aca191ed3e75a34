import { describe, expect, it } from '@jest/globals';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, etag } = recordsOn(site);

const post = (path: string, key: string, body: object, role: 'editor' | 'reviewer' = 'editor') =>
  site.post(path, body, role).set('idempotency-key', key);
const count = async (name: string) =>
  (await site.get(`people?q=${name}&limit=100`, 'editor').expect(200)).body.items.length;
const changes = async () =>
  Number(
    (
      await site.db
        .selectFrom('changes')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

describe('an Idempotency-Key', () => {
  it('makes one record of 100 identical requests at once, and answers all the same', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post('people', 'one', { name: 'Onceonly' }).expect(201)),
    );
    expect(new Set(answers.map(({ text, headers }) => `${text} ${headers.etag} ${headers.location}`)).size).toBe(1);
    expect(await count('Onceonly')).toBe(1);
  });

  it('gives the first answer again, even after the record changed', async () => {
    const first = await post('people', 'again', { name: 'Againer' }).expect(201);
    await site.patch(`people/${first.body.id}`, { description: 'Changed' }, first.headers.etag!).expect(200);
    const second = await post('people', 'again', { name: 'Againer' }).expect(201);
    expect(second.text).toBe(first.text);
    expect(second.headers.etag).toBe(first.headers.etag);
  });

  it('writes nothing the second time', async () => {
    await post('people', 'quiet', { name: 'Quiet' }).expect(201);
    const before = await changes();
    await post('people', 'quiet', { name: 'Quiet' }).expect(201);
    expect(await changes()).toBe(before);
  });

  it('is refused with another body', async () => {
    await post('people', 'body', { name: 'Body One' }).expect(201);
    const refused = await post('people', 'body', { name: 'Body Two' }).expect(422);
    expect(refused.body.detail).toMatch(/Idempotency-Key/);
    expect(await count('Body')).toBe(1);
  });

  it('is another one for another token and at another address', async () => {
    const name = 'Scoped';
    await post('people', 'scope', { name }).expect(201);
    await post('people', 'scope', { name }, 'reviewer').expect(201);
    expect(await count(name)).toBe(2);
    const claim = await aClaim();
    const other = await aClaim();
    const by: Body = { status: 'false', by: { name: 'Another Desk' } };
    await post(`claims/${claim.id}/verdicts`, 'scope', by).expect(201);
    await post(`claims/${other.id}/verdicts`, 'scope', by).expect(201);
    expect((await site.get(`claims/${other.id}/verdicts`)).body.items).toHaveLength(1);
  });

  it('is free again after a request that was refused', async () => {
    await post('people', 'refused', { name: '' }).expect(422);
    await post('people', 'refused', { name: 'Accepted' }).expect(201);
  });

  it('also remembers that nothing was new', async () => {
    const source = { url: 'https://outlet.example.org/known' };
    await site.post('sources', source).expect(201);
    await post('sources', 'known', source).expect(200);
    await post('sources', 'known', { url: 'https://outlet.example.org/other' }).expect(422);
  });

  it.each(['', 'with space', 'x'.repeat(256)])('has to be of 1 to 255 printable characters: not %j', async (key) => {
    await post('people', key, { name: 'Badkey' }).expect(400);
  });
});

describe('without one', () => {
  it('each request makes a record', async () => {
    await Promise.all([1, 2].map(() => site.post('people', { name: 'Twice' }).expect(201)));
    expect(await count('Twice')).toBe(2);
  });

  it('a PATCH goes by its If-Match, and a key changes nothing', async () => {
    const claim = await aClaim();
    const path = `claims/${claim.id}`;
    const version = await etag(path);
    const patch = () => site.patch(path, { language: 'uk' }, version).set('idempotency-key', 'patch');
    await patch().expect(200);
    await patch().expect(412);
  });
});
