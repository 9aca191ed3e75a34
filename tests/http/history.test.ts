import { describe, expect, it } from '@jest/globals';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aStatement, aVerdict, amend } = recordsOn(site);
const history = async (path: string, query = ''): Promise<Body[]> =>
  (await site.get(`${path}/history${query}`, 'contributor').expect(200)).body.items;
const fields = (entry: Body) => entry.fields.map(({ field, before, after }: Body) => [field, before, after]);
const restore = (path: string, change: string, version: number, more: object = {}) =>
  site.post(`${path}/restore`, { change, version, ...more });

describe('the history of a record', () => {
  it('says who changed what, when and why, newest first', async () => {
    const claim = await aClaim({ topics: ['Bridges'] });
    await amend(`claims/${claim.id}`, { text: 'The bridge was shut', topics: ['Roads'], reason: 'As the minutes say' });
    const [changed, logged] = await history(`claims/${claim.id}`);
    expect(changed).toMatchObject({ action: 'claim.edit', reason: 'As the minutes say', by: { name: 'editor' } });
    expect(fields(changed)).toEqual([
      ['text', claim.text, 'The bridge was shut'],
      ['claimTopics', { topic: { id: expect.any(String), label: 'Bridges' } }, null],
      ['claimTopics', null, { topic: { id: expect.any(String), label: 'Roads' } }],
    ]);
    expect(logged).toMatchObject({ action: 'claim.log', reason: null });
    expect(logged.at < changed.at).toBe(true);
    expect(fields(logged)).toContainEqual(['text', null, claim.text]);
  });

  it('tells sources, stances and dates of a statement, and names whom it speaks of', async () => {
    const claim = await aClaim();
    const source = { title: 'Minutes', role: 'primary' };
    const statement = await aStatement({ by: 'Ada Lovelace', on: claim.id, sources: [source] });
    const path = `statements/${statement.id}`;
    await amend(path, { saidOn: '2025-03', person: { name: 'Grace Hopper' }, sources: [] });
    const [changed] = await history(path);
    const told = fields(changed);
    expect(told).toHaveLength(3);
    expect(told).toContainEqual(['saidOn', '2025-02-08', '2025-03']);
    const [ada, grace] = [
      expect.objectContaining({ label: 'Ada Lovelace' }),
      expect.objectContaining({ label: 'Grace Hopper' }),
    ];
    expect(told).toContainEqual(['person', ada, grace]);
    const cited = { role: 'primary', source: expect.objectContaining({ label: 'Minutes' }) };
    expect(told).toContainEqual(['citations', expect.objectContaining(cited), null]);
  });

  it('of a verdict shows its moves', async () => {
    const claim = await aClaim();
    const verdict = await aVerdict(claim);
    const path = `claims/${claim.id}/verdicts/${verdict.id}`;
    await amend(path, { state: 'withdrawn', withdrawnBecause: 'Forged' });
    expect(fields((await history(path))[0])).toEqual([
      ['state', 'published', 'withdrawn'],
      ['withdrawnBecause', null, 'Forged'],
    ]);
  });

  it('comes in pages', async () => {
    const person = await aPerson('Mary Shelley');
    for (const description of ['a', 'b', 'c']) await amend(`people/${person.id}`, { description });
    const first = await site.get(`people/${person.id}/history?limit=3`, 'editor').expect(200);
    const second = await site.get(site.local(/<(.*?)>/.exec(first.headers.link!)![1]!), 'editor').expect(200);
    expect([...first.body.items, ...second.body.items]).toEqual(await history(`people/${person.id}`));
    expect(second.body.page.next).toBeNull();
  });

  it('is for those who work on the record alone', async () => {
    const claim = await aClaim();
    await site.get(`claims/${claim.id}/history`).expect(401);
  });

  it('is not told of a verdict below another claim', async () => {
    const [claim, other] = [await aClaim(), await aClaim()];
    const verdict = await aVerdict(claim);
    await site.get(`claims/${other.id}/verdicts/${verdict.id}/history`, 'editor').expect(404);
  });
});

describe('restoring', () => {
  it('a claim makes its words, topics and people what they were, as a new change, and leaves its state', async () => {
    const claim = await aClaim({
      topics: ['Bridges', 'Roads'],
      people: [{ person: { name: 'Ada' } }],
      kind: 'promise',
      dueOn: '2030',
    });
    const [{ change }] = await history(`claims/${claim.id}`);
    await amend(`claims/${claim.id}`, { text: 'Spoilt', topics: ['Spoilt'], people: [], kind: 'fact', dueOn: null });
    await amend(`claims/${claim.id}`, { state: 'withdrawn' });
    const { body } = await restore(`claims/${claim.id}`, change, 3, { reason: 'Vandalism' }).expect(200);
    for (const field of ['text', 'kind', 'dueOn', 'topics', 'people', 'slug'])
      expect(body[field]).toEqual(claim[field]);
    expect(body).toMatchObject({ state: 'withdrawn', version: 4 });
    expect((await history(`claims/${claim.id}`))[0]).toMatchObject({ action: 'record.restore', reason: 'Vandalism' });
  });

  it('a statement brings back its stances and sources with the way by which they came', async () => {
    const claim = await aClaim();
    const derivedFrom = [{ publisher: { name: 'TASS' }, relation: 'quotes' }];
    const source = { title: 'Report', publisher: { name: 'Suspilne' }, role: 'reports', derivedFrom };
    const statement = await aStatement({ by: 'Peskov', on: claim.id, stance: 'denies', sources: [source] });
    const path = `statements/${statement.id}`;
    const [{ change }] = await history(path);
    await amend(path, { quote: 'Spoilt', sources: [], positions: [], person: { name: 'Nobody' } });
    const { body } = await restore(path, change, 2).expect(200);
    const { version: _, updatedAt: __, ...before } = statement;
    expect(body).toMatchObject(before);
  });

  it('a person brings back names and roles; a source what it said of itself', async () => {
    const person = await aPerson('Ada Lovelace', { roles: [{ title: 'Countess', from: '1838' }] });
    const [{ change }] = await history(`people/${person.id}`);
    await amend(`people/${person.id}`, {
      name: 'A. Lovelace',
      names: [{ name: 'A. Lovelace', kind: 'primary' }],
      roles: [],
    });
    const restored = await restore(`people/${person.id}`, change, 2).expect(200);
    expect(restored.body).toMatchObject({ name: person.name, names: person.names, roles: person.roles });
    const source = (await site.post('sources', { title: 'Minutes of May', author: 'Clerk' }).expect(201)).body;
    const [added] = await history(`sources/${source.id}`);
    await amend(`sources/${source.id}`, { title: 'Spoilt', author: null });
    expect((await restore(`sources/${source.id}`, added.change, 2).expect(200)).body).toMatchObject({
      title: 'Minutes of May',
      author: 'Clerk',
    });
  });

  it('what is so already changes nothing; a change of another record, or another version, is refused', async () => {
    const [claim, other] = [await aClaim(), await aClaim()];
    const [{ change }] = await history(`claims/${claim.id}`);
    expect((await restore(`claims/${claim.id}`, change, 1).expect(200)).body.version).toBe(1);
    expect(await history(`claims/${claim.id}`)).toHaveLength(1);
    await restore(`claims/${other.id}`, change, 1).expect(422);
    await restore(`claims/${claim.id}`, change, 2).expect(412);
  });
});

describe('merging', () => {
  const get = async (path: string) => (await site.get(path, 'editor').expect(200)).body;

  it('people makes one stand for both, its old addresses lead there, and unmerging restores both exactly', async () => {
    const [kept, merged] = [await aPerson('Volodymyr Zelenskyy'), await aPerson('Wolodymyr Selenskyj')];
    await aStatement({ by: merged.slug, quote: 'Selenskyj speaks' });
    const before = [await get(`people/${kept.id}`), await get(`people/${merged.id}`)];
    const { body } = await site.post(`people/${merged.slug}/merge`, { into: kept.slug, reason: 'One man' }).expect(200);
    expect(body.id).toBe(kept.id);
    expect(body.names.map(({ name }: Body) => name)).toContain('Wolodymyr Selenskyj');
    for (const reference of [merged.slug, merged.id]) expect((await get(`people/${reference}`)).id).toBe(kept.id);
    expect((await get(`people/${kept.slug}/timeline`)).items).toHaveLength(1);
    await site.post(`people/${merged.slug}/unmerge`, { reason: 'Two men' }).expect(200);
    const after = [await get(`people/${kept.id}`), await get(`people/${merged.id}`)];
    expect(after.map(({ updatedAt: _, ...rest }) => rest)).toEqual(before.map(({ updatedAt: _, ...rest }) => rest));
    expect((await get(`people/${kept.slug}/timeline`)).items).toEqual([]);
    await site.post(`people/${merged.slug}/unmerge`, {}).expect(409);
  });

  it('one that stands for others takes them along, and back again but for who was set apart since', async () => {
    const [a, b, c, d] = [
      await aPerson('Ann A'),
      await aPerson('Ann B'),
      await aPerson('Ann C'),
      await aPerson('Ann D'),
    ];
    const standsFor = async (person: Body) => (await get(`people/${person.id}`)).id;
    await site.post(`people/${a.id}/merge`, { into: b.id }).expect(200);
    await site.post(`people/${d.id}/merge`, { into: b.id }).expect(200);
    await site.post(`people/${b.id}/merge`, { into: c.id }).expect(200);
    expect([await standsFor(a), await standsFor(b), await standsFor(d)]).toEqual([c.id, c.id, c.id]);
    await site.post(`people/${d.id}/unmerge`, {}).expect(200);
    await site.post(`people/${b.id}/unmerge`, {}).expect(200);
    expect([await standsFor(a), await standsFor(b), await standsFor(c), await standsFor(d)]).toEqual([
      b.id,
      b.id,
      c.id,
      d.id,
    ]);
  });

  it('claims shares what is on them, and gives it back', async () => {
    const [kept, merged] = [await aClaim({ by: 'Ada' }), await aClaim({ by: 'Ada', quote: 'Again' })];
    await aVerdict(merged, { status: 'mixed' });
    expect((await site.post(`claims/${merged.id}/merge`, { into: kept.id }).expect(200)).body).toMatchObject({
      id: kept.id,
      statementCount: 2,
      verdict: { status: 'mixed' },
    });
    expect((await site.post(`claims/${merged.slug}/unmerge`, {}).expect(200)).body).toMatchObject({
      id: merged.id,
      statementCount: 1,
    });
    expect(await get(`claims/${kept.id}`)).toMatchObject({ statementCount: 1, verdict: { status: 'unverified' } });
  });

  it('is refused for a person and an organization, and for what is not on record', async () => {
    const [person, organization] = [
      await aPerson('Kremlin Man'),
      await aPerson('Kremlin Inc', { kind: 'organization' }),
    ];
    await site.post(`people/${person.id}/merge`, { into: organization.id }).expect(422);
    await site.post(`people/${person.id}/merge`, { into: 'nobody-at-all' }).expect(422);
    await site.post('people/nobody-at-all/merge', { into: person.id }).expect(404);
  });
});

describe('erasing', () => {
  it('is an administrator’s, with its ground, and final', async () => {
    const person = await aPerson('Erased Person');
    const erasure = { noun: 'person', id: person.id, ground: 'GDPR Art. 17' };
    await site.post('erasures', erasure).expect(403);
    await site.post('erasures', { ...erasure, ground: undefined }, 'admin').expect(422);
    expect((await site.post('erasures', erasure, 'admin').expect(200)).body).toEqual(erasure);
    expect((await site.get(`people/${person.slug}`).expect(410)).body.detail).toContain('GDPR Art. 17');
    await site.get(`people/${person.id}/history`, 'editor').expect(410);
    await site.post('erasures', erasure, 'admin').expect(410);
  });

  it('leaves nothing to restore and nothing to merge', async () => {
    const claim = await aClaim({ by: 'Ada' });
    const other = await aClaim();
    const [{ change }] = await history(`claims/${claim.id}`);
    await site.post('erasures', { noun: 'claim', id: claim.id, ground: 'Court order' }, 'admin').expect(200);
    await restore(`claims/${claim.id}`, change, 2).expect(410);
    await site.post(`claims/${other.id}/merge`, { into: claim.id }).expect(422);
  });
});
