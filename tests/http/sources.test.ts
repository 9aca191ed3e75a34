import { describe, expect, it } from '@jest/globals';
import { type Body, recordsOn, said } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aPerson, aStatement, amend } = recordsOn(site);
const at = (page: string) => `https://outlet.example.org/${page}`;

describe('a source with an address', () => {
  it('is found by its canonical form; blanks are filled, and what differs comes back', async () => {
    const first = await site
      .post('sources', { url: at('a'), title: 'Right', publisher: { name: 'Outlet' } })
      .expect(201);
    const url = 'http://www.outlet.example.org/a/?utm_source=x#top';
    const sent = { url, title: 'Wrong', publisher: { name: 'Never Made' }, author: 'Ada', publishedOn: '2025-02-09' };
    const second = await site.post('sources', sent).expect(200);
    expect(second.body).toMatchObject({
      id: first.body.id,
      url: at('a'),
      title: 'Right',
      author: 'Ada',
      publishedOn: { edtf: '2025-02-09' },
      version: 2,
    });
    expect(second.body.conflicts).toEqual([
      { field: 'title', onRecord: 'Right', sent: 'Wrong' },
      { field: 'publisher', onRecord: 'Outlet', sent: 'Never Made' },
    ]);
    expect(site.local(second.headers.location!)).toBe(`/api/v1/sources/${first.body.id}`);
  });

  it('is left as it is when nothing new comes', async () => {
    await site.post('sources', { url: at('same'), title: 'Same' }).expect(201);
    const again = await site.post('sources', { url: at('same'), title: ' Same ' }).expect(200);
    expect(again.body).toMatchObject({ version: 1, conflicts: [] });
  });

  it('is kept apart by what tells pages apart', async () => {
    const ids = new Set<string>();
    for (const page of ['p?id=1', 'p?id=2', 'P?id=1', 'p'])
      ids.add((await site.post('sources', { url: at(page) }).expect(201)).body.id);
    expect(ids.size).toBe(4);
  });

  it('cannot be given the address of another', async () => {
    const one = await site.post('sources', { url: at('one') }).expect(201);
    const two = await site.post('sources', { url: at('two') }).expect(201);
    const clash = await site.patch(`sources/${two.body.id}`, { url: at('one/') }, '"1"').expect(409);
    expect(clash.body.others).toEqual([{ id: one.body.id }]);
  });
});

describe('a source without an address', () => {
  it('is found by publisher, title and date, blanks being equal', async () => {
    const describe = { publisher: { name: 'TASS' }, title: 'Peskov on the call' };
    const one = await site.post('sources', describe).expect(201);
    expect((await site.post('sources', describe).expect(200)).body.id).toBe(one.body.id);
    const dated = await site.post('sources', { ...describe, publishedOn: '2025-02-09' }).expect(201);
    expect(dated.body.id).not.toBe(one.body.id);
    await site.post('sources', { publisher: { name: 'TASS' } }).expect(201);
    await site.post('sources', { publisher: { name: 'TASS' } }).expect(200);
    await site.post('sources', { title: 'Peskov on the call' }).expect(201);
  });

  it('cannot be made the same as another', async () => {
    await site.post('sources', { title: 'First' }).expect(201);
    const second = await site.post('sources', { title: 'Second' }).expect(201);
    await site.patch(`sources/${second.body.id}`, { title: 'First' }, '"1"').expect(409);
    const third = await site.post('sources', { title: 'First', url: at('first') }).expect(201);
    await site.patch(`sources/${third.body.id}`, { url: null }, '"1"').expect(409);
  });

  it('needs at least something, and keeps it', async () => {
    await site.post('sources', { language: 'en' }).expect(422);
    const { body } = await site.post('sources', { title: 'All there is' }).expect(201);
    await site.patch(`sources/${body.id}`, { title: null }, '"1"').expect(422);
  });
});

describe('where a statement comes from', () => {
  const from = (name: string, ...derivedFrom: object[]) => ({ publisher: { name }, relation: 'quotes', derivedFrom });
  const citing = (page: string, name: string, ...derivedFrom: object[]) => ({
    url: at(page),
    publisher: { name },
    role: 'reports',
    derivedFrom,
  });
  const chains = (statement: Body) => statement.sources.map((source: Body) => source.chain);

  it('three outlets with one origin are one origin', async () => {
    const statement = await aStatement({ sources: ['X', 'Y', 'Z'].map((name) => citing(name, name, from('Agency'))) });
    expect(chains(statement)).toEqual([
      ['X', 'Agency'],
      ['Y', 'Agency'],
      ['Z', 'Agency'],
    ]);
    expect(statement).toMatchObject({ origins: ['Agency'], independentOrigins: 1 });
  });

  it('two ways to one origin are one origin, and the chain is the first', async () => {
    const statement = await aStatement({
      sources: [citing('d', 'Top', from('Left', from('Root')), from('Right', from('Root')))],
    });
    expect(chains(statement)).toEqual([['Top', 'Left', 'Root']]);
    expect(statement).toMatchObject({ origins: ['Root'], independentOrigins: 1 });
  });

  it('two origins are two', async () => {
    const statement = await aStatement({ sources: [citing('e', 'Top', from('Root One'), from('Root Two'))] });
    expect(statement).toMatchObject({ origins: ['Root One', 'Root Two'], independentOrigins: 2 });
  });

  it('two articles of one publisher are one origin, and context is none', async () => {
    const sources = [citing('f', 'Daily'), citing('g', 'Daily'), { ...citing('h', 'Background'), role: 'context' }];
    expect(await aStatement({ sources })).toMatchObject({ origins: ['Daily'], independentOrigins: 1 });
  });

  it('without publishers, sources are counted', async () => {
    const sources = ['i', 'j'].map((page) => ({ url: at(page), role: 'primary' }));
    expect(await aStatement({ sources })).toMatchObject({ independentOrigins: 2, origins: [at('i'), at('j')] });
  });

  it('first hand is the end of a path', async () => {
    const statement = await aStatement({
      sources: [
        { url: at('k'), publisher: { name: 'Kay' }, role: 'primary', derivedFrom: [{ relation: 'first_hand' }] },
      ],
    });
    expect(statement).toMatchObject({ origins: ['Kay'], independentOrigins: 1 });
    const both = { relation: 'first_hand', publisher: { name: 'Kay' } };
    await site.post('statements', said({ sources: [citing('k', 'Kay', both)] })).expect(422);
  });

  it('without sources there is no origin', async () => {
    expect(await aStatement()).toMatchObject({ sources: [], origins: [], independentOrigins: 0 });
  });

  it.each([
    ['itself', citing('l', 'Ell', { url: at('l'), relation: 'quotes' })],
    [
      'what has it from it',
      citing('l', 'Ell', { url: at('m'), relation: 'quotes', derivedFrom: [{ url: at('l'), relation: 'quotes' }] }),
    ],
    [
      'what has it from it by another citation',
      citing('l', 'Ell', { url: at('m'), relation: 'quotes' }),
      citing('m', 'Em', { url: at('l'), relation: 'translates' }),
    ],
  ])('no source has it from %s', async (_, ...sources) => {
    const { body } = await site.post('statements', said({ sources })).expect(422);
    expect(body.errors[0].pointer).toMatch(/^\/sources/);
  });

  it('a path is of one statement: the same article has another origin for another', async () => {
    const one = await aStatement({ sources: [citing('n', 'En', from('Agency One'))] });
    const two = await aStatement({ sources: [citing('n', 'En', from('Agency Two'))] });
    expect([one.origins, two.origins]).toEqual([['Agency One'], ['Agency Two']]);
    expect(one.sources[0].id).toBe(two.sources[0].id);
  });

  it('is amended as a whole', async () => {
    const statement = await aStatement({ sources: [citing('o', 'Oh', from('Agency'))] });
    const { sources, origins } = await amend(`statements/${statement.id}`, {
      sources: [{ id: statement.sources[0].id, role: 'reports' }],
    });
    expect([sources[0].chain, origins]).toEqual([['Oh'], ['Oh']]);
  });

  it('primary sources come first', async () => {
    const statement = await aStatement({
      sources: [
        citing('q', 'Reporter'),
        { ...citing('r', 'Recording'), role: 'primary', excerpt: { start: 61.5, end: 70 } },
      ],
    });
    expect(statement.sources.map((source: Body) => [source.publisher, source.excerpt])).toEqual([
      ['Recording', { start: 61.5, end: 70 }],
      ['Reporter', null],
    ]);
  });
});

describe('whom a reference means', () => {
  it('ten at once who name TASS make one', async () => {
    const posts = Array.from({ length: 10 }, (_, n) =>
      site.post('sources', { url: at(`tass-${n}`), publisher: { name: 'ITAR-TASS' } }).expect(201),
    );
    const ids = (await Promise.all(posts)).map(({ body }) => body.publisher.id);
    expect(new Set(ids).size).toBe(1);
  });

  it('is whoever bears the name, by any spelling that is not wrong or weak', async () => {
    const { id } = await aPerson('Andrii Yermak', {
      names: [
        { name: 'Андрій Єрмак', kind: 'primary', language: 'uk' },
        { name: 'Andriy Yermak', kind: 'transliteration' },
        { name: 'Yermack', kind: 'misspelling' },
        { name: 'Andrii', kind: 'weak' },
      ],
    });
    for (const name of ['Andriy Yermak', ' Андрій Єрмак ', 'Андрій Єрмак'.normalize('NFD')])
      expect((await aStatement({ by: undefined, person: { name } })).speaker.id).toBe(id);
    for (const name of ['yermak', 'Yermack', 'єрмак']) {
      const { body } = await site.get(`people?q=${encodeURIComponent(name)}`, 'editor').expect(200);
      expect(body.items.map((person: Body) => person.name)).toEqual(['Andrii Yermak']);
    }
    for (const name of ['Yermack', 'Andrii', 'andrii yermak'])
      expect((await aStatement({ by: undefined, person: { name } })).speaker.id).not.toBe(id);
  });

  it('is not guessed where several bear the name: they are listed', async () => {
    const [one, two] = [await aPerson('John Smith'), await aPerson('John Smith')];
    const { body } = await site.post('statements', said({ by: 'John Smith' })).expect(409);
    expect(body.others.map((other: Body) => other.slug)).toEqual([one.slug, two.slug]);
    expect((await aStatement({ by: two.slug })).speaker.id).toBe(two.id);
  });

  it('is of the kind asked for', async () => {
    await aPerson('Bloomberg');
    const { body } = await site
      .post('sources', { title: 'Of a firm', publisher: { name: 'Bloomberg', kind: 'organization' } })
      .expect(201);
    expect(body.publisher.slug).toBe('bloomberg-2');
  });

  it.each([
    ['person', said({ by: 'nobody-known' }), '/person'],
    ['onBehalfOf', said({ onBehalfOf: 'nobody-known' }), '/onBehalfOf'],
    ['publisher', said({ sources: [{ publisher: 'nobody-known', role: 'reports' }] }), '/sources/0/publisher'],
    [
      'id of a source',
      said({ sources: [{ id: '01900000-0000-7000-8000-000000000000', role: 'reports' }] }),
      '/sources/0/id',
    ],
  ])('is never a silent new one, where a %s is unknown', async (_, body, pointer) => {
    const refused = await site.post('statements', body).expect(422);
    expect(refused.body.errors[0].pointer).toBe(pointer);
  });
});
