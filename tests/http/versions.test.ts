import { describe, expect, it } from '@jest/globals';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aStatement, aResponse, amend, etag } = recordsOn(site);
const changes = async () =>
  (await site.db.selectFrom('changes').select('id').orderBy('at', 'desc').execute()).map((row) => row.id);

describe('If-Match', () => {
  it('lets exactly one of 50 amendments of a version through', async () => {
    const claim = await aClaim();
    const version = await etag(`claims/${claim.id}`);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        site.patch(`claims/${claim.id}`, { text: `The bridge, draft ${n}` }, version),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(49);
    expect((await site.get(`claims/${claim.id}`)).body.version).toBe(2);
  });

  it('is required', async () => {
    const claim = await aClaim();
    const answer = await site.call('patch', `claims/${claim.id}`, 'editor').send({ language: 'uk' });
    expect(answer.status).toBe(428);
    expect(answer.body.detail).toMatch(/If-Match/);
  });

  it.each(['nonsense', '*', '""', '"x-1"', '1.5'])('must be an ETag of ours: not %s', async (header) => {
    const claim = await aClaim();
    await site.patch(`claims/${claim.id}`, { language: 'uk' }, header).expect(428);
  });

  it.each(['W/"1-hash"', '"1"', '"1-of an older rendering"', ' "1-x" '])(
    'compares the version alone: %s is taken',
    async (header) => {
      const claim = await aClaim();
      const { body, headers } = await site.patch(`claims/${claim.id}`, { language: 'uk' }, header).expect(200);
      expect(body.version).toBe(2);
      expect(headers.etag).toBe(await etag(`claims/${claim.id}`));
    },
  );

  it('says what the version is now', async () => {
    const claim = await aClaim();
    await amend(`claims/${claim.id}`, { language: 'uk' });
    const stale = await site.patch(`claims/${claim.id}`, { language: 'de' }, '"1"').expect(412);
    expect(stale.body).toMatchObject({ code: 'claim.stale', detail: expect.stringContaining('version 2') });
  });
});

describe('an amendment that changes nothing', () => {
  it.each([
    ['people', { name: 'No Op', kind: 'person', description: null, slug: 'no-op' }],
    ['claims', { language: 'en', kind: 'fact', topics: ['Bridges'] }],
    ['statements', { quote: 'These are the words.', saidOn: '2025-02-08', venue: null }],
    ['sources', { url: 'https://outlet.example.org/noop', publisher: { name: 'Outlet' } }],
  ])('of %s writes nothing', async (noun, patch) => {
    const records: Record<string, () => Promise<Body>> = {
      people: () => aPerson('No Op'),
      claims: () => aClaim({ topics: ['Bridges'] }),
      statements: () => aStatement(),
      sources: async () => (await site.post('sources', patch)).body,
    };
    const { id } = await records[noun]!();
    const before = await changes();
    const { body } = await site.patch(`${noun}/${id}`, { ...patch, reason: 'Only looking' }, '"1"').expect(200);
    expect(body.version).toBe(1);
    expect(await changes()).toEqual(before);
  });

  it('is an empty one, too', async () => {
    const { id } = await aClaim();
    expect((await amend(`claims/${id}`, {})).version).toBe(1);
  });
});

describe('JSON Merge Patch', () => {
  it('keeps what is absent and empties what is null', async () => {
    const { id } = await aPerson('Ada Lovelace', { description: 'A writer', externalIds: { wikidata: 'Q7259' } });
    const patched = await amend(`people/${id}`, { description: null });
    expect(patched).toMatchObject({ name: 'Ada Lovelace', description: null, externalIds: { wikidata: 'Q7259' } });
  });

  it('does not empty what a record must have', async () => {
    const { id } = await aClaim({ by: 'Ada Lovelace' });
    for (const field of ['text', 'language', 'kind', 'topics', 'state', 'slug'])
      await site.patch(`claims/${id}`, { [field]: null }, '"1"').expect(422);
  });

  it('makes no translation of words whose language is corrected', async () => {
    const { id } = await aStatement({ language: 'en' });
    expect(await amend(`statements/${id}`, { language: 'uk' })).toMatchObject({
      language: 'uk',
      originalLanguage: 'uk',
    });
    expect(await amend(`statements/${id}`, { originalLanguage: 'ru' })).toMatchObject({ originalLanguage: 'ru' });
    expect(await amend(`statements/${id}`, { language: 'en' })).toMatchObject({ originalLanguage: 'ru' });
  });

  it('turns a quote into a silence and back', async () => {
    const { id } = await aStatement();
    const silent = await amend(`statements/${id}`, { quoteKind: 'silence', quote: null, askedOn: '2025-02-07' });
    expect(silent).toMatchObject({ quote: null, askedOn: { edtf: '2025-02-07' } });
    await site.patch(`statements/${id}`, { quoteKind: 'verbatim', quote: 'At last' }, '"2"').expect(422);
    const said = await amend(`statements/${id}`, { quoteKind: 'verbatim', quote: 'At last', askedOn: null });
    expect(said).toMatchObject({ quote: 'At last', askedOn: null });
  });

  it('keeps the ids of the members of a list, adds those without, and drops the absent', async () => {
    const { id, names, roles } = await aPerson('Andrii Yermak', {
      names: [{ name: 'Andriy Yermak', kind: 'alias' }],
      roles: [{ title: 'Head of the Office', from: '2020-02-11' }],
    });
    const [primary, alias] = names;
    const patched = await amend(`people/${id}`, {
      names: [primary, { ...alias, kind: 'transliteration' }, { name: 'Yermack', kind: 'misspelling' }],
      roles: [{ id: roles[0].id, title: 'Head of the Presidential Office', from: '2020-02-11' }, { title: 'Adviser' }],
    });
    expect(patched.names.map((name: Body) => name.id)).toEqual([primary.id, alias.id, expect.any(String)]);
    expect(patched.roles.map((role: Body) => [role.id === roles[0].id, role.title])).toEqual([
      [false, 'Adviser'],
      [true, 'Head of the Presidential Office'],
    ]);
    expect((await amend(`people/${id}`, { names: [primary] })).names).toEqual([primary]);
  });

  it('knows no member of another record', async () => {
    const { names } = await aPerson('Somebody');
    const { id } = await aPerson('Nobody');
    const answer = await site.patch(`people/${id}`, { names: [{ ...names[0], kind: 'alias' }] }, '"1"').expect(422);
    expect(answer.body.errors[0].pointer).toBe('/names/0/id');
  });

  it('lets two names swap which of them is the primary one', async () => {
    const { id, names } = await aPerson('Volodymyr Zelenskyy', {
      names: [
        { name: 'Volodymyr Zelenskyy', kind: 'primary', language: 'en' },
        { name: 'Volodymyr Zelensky', kind: 'alias', language: 'en' },
        { name: 'Володимир Зеленський', kind: 'primary', language: 'uk' },
      ],
    });
    const [english, ukrainian, alias] = names;
    const patched = await amend(`people/${id}`, {
      name: 'Volodymyr Zelensky',
      names: [
        { ...alias, kind: 'primary' },
        { ...english, kind: 'alias', language: 'uk' },
        { ...ukrainian, language: 'en', kind: 'alias' },
      ],
    });
    expect(patched).toMatchObject({ name: 'Volodymyr Zelensky', slug: 'volodymyr-zelenskyy', version: 2 });
  });

  it('keeps the old name findable when a person is renamed', async () => {
    const { id } = await aPerson('Chelsea Old');
    const renamed = await amend(`people/${id}`, { name: 'Chelsea New' });
    expect(renamed.names.map(({ name, kind }: Body) => `${name}: ${kind}`)).toEqual([
      'Chelsea New: primary',
      'Chelsea Old: former',
    ]);
  });

  it('does not take away a role that a statement names, or a position that is replied to', async () => {
    const person = await aPerson('Rolf Held', { roles: [{ title: 'Minister' }] });
    await aStatement({ by: person.id, role: 'Minister' });
    await site.patch(`people/${person.id}`, { roles: [] }, '"1"').expect(409);
    const claim = await aClaim({ by: 'Grace Hopper' });
    await aResponse(claim, { repliesTo: claim.statement.id });
    await site.patch(`statements/${claim.statement.id}`, { positions: [] }, '"1"').expect(409);
  });

  it('keeps positions by their ids, and swaps their claims', async () => {
    const [one, two] = [await aClaim(), await aClaim()];
    const positions = [one, two].map((claim) => ({ claim: claim.id, stance: 'asserts' }));
    const statement = await aStatement({ by: 'Grace Hopper', positions });
    const ids = statement.positions.map((position: Body) => position.id);
    const swapped = await amend(`statements/${statement.id}`, {
      positions: [
        { id: ids[0], claim: two.slug, stance: 'denies' },
        { id: ids[1], claim: one.slug, stance: 'asserts' },
      ],
    });
    expect(swapped.positions.map((p: Body) => [p.id, p.claim.id, p.stance])).toEqual([
      [ids[0], two.id, 'denies'],
      [ids[1], one.id, 'asserts'],
    ]);
  });
});
