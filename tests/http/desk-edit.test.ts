import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { formIn } from '../support/form-in.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aPerson, aClaim, aStatement } = recordsOn(site);

let cookie: string;
beforeAll(async () => {
  ({ cookie } = await desk.signedIn('editor'));
});

const claimAt = (claim: Body) => `/desk/claims/${claim.slug}/edit`;
const formAt = async (path: string): Promise<Record<string, string>> =>
  formIn((await desk.get(path, cookie).expect(200)).text);
const save = (path: string, form: Record<string, string>) => desk.post(path, form, cookie);
const onRecord = async (noun: string, { id }: Body) => (await site.get(`${noun}/${id}`, 'editor').expect(200)).body;
/** What somebody else does meanwhile. */
const meanwhile = (noun: string, record: Body, change: object, version = 1) =>
  site.patch(`${noun}/${record.id}`, change, `"${version}"`).expect(200);

describe('editing at the desk', () => {
  it('changes nothing where a form is sent as it came', async () => {
    const person = await aPerson('Ada Moss');
    await aPerson('Ada Moss');
    const claim = await aClaim({
      by: person.id,
      kind: 'promise',
      dueOn: '2027~',
      topics: ['Bridges, roads', 'Rivers'],
      people: [{ person: person.id, as: 'addressee' }],
    });
    await save(claimAt(claim), await formAt(claimAt(claim))).expect(303);
    expect(await onRecord('claims', claim)).toEqual(await onRecord('claims', { ...claim }));
    expect((await onRecord('claims', claim)).version).toBe(1);
    const statement = await onRecord('statements', claim.statement);
    const path = `/desk/statements/${statement.id}/edit`;
    await save(path, await formAt(path)).expect(303);
    expect(await onRecord('statements', statement)).toEqual(statement);
  });

  it('saves what was changed, and takes away what was emptied', async () => {
    const claim = await aClaim({ kind: 'promise', dueOn: '2027', topics: ['Rivers'] });
    const form = await formAt(claimAt(claim));
    const edited = {
      ...form,
      text: 'The bridge opens in spring',
      dueOn: '',
      topics: '',
      'people/0/person': 'New Mayor',
    };
    const asked = await save(claimAt(claim), edited).expect(422);
    expect(asked.text).toContain('Nobody on record is called “New Mayor”');
    await save(claimAt(claim), {
      ...edited,
      'people/0/person.for': 'New Mayor',
      'people/0/person.is': 'somebody new',
      reason: 'Said again',
    }).expect(303);
    expect(await onRecord('claims', claim)).toMatchObject({
      text: 'The bridge opens in spring',
      dueOn: null,
      topics: [],
      people: [{ as: 'about', person: { name: 'New Mayor' } }],
      version: 2,
    });
    await save(claimAt(claim), { ...(await formAt(claimAt(claim))), text: ' ' }).expect(422);
  });

  it('edits what was said, where and when', async () => {
    const statement = await aStatement({ by: 'Ada Moss the Younger', saidOn: '2025-02-08', quote: 'Shut' });
    const path = `/desk/statements/${statement.id}/edit`;
    const form = { ...(await formAt(path)), quote: 'It is shut', venue: 'Council', saidOn: 'about 8 Feb 2025' };
    const asked = await save(path, form).expect(422);
    expect(asked.text).toContain('is understood as:');
    await save(path, { ...form, 'saidOn.for': form.saidOn, 'saidOn.is': '2025-02-08~' }).expect(303);
    expect(await onRecord('statements', statement)).toMatchObject({
      quote: 'It is shut',
      venue: 'Council',
      saidOn: { edtf: '2025-02-08~' },
      speaker: { name: 'Ada Moss the Younger' },
    });
  });

  it('of another’s draft is refused to who may not', async () => {
    const claim = await aClaim({ state: 'draft' });
    const other = await desk.signedIn('contributor');
    const form = formIn((await desk.get(claimAt(claim), other.cookie).expect(200)).text);
    const refused = await desk.post(claimAt(claim), { ...form, text: 'Mine now' }, other.cookie).expect(422);
    expect(refused.text).toContain('needs the role reviewer');
    expect((await onRecord('claims', claim)).version).toBe(1);
  });
});

describe('a source', () => {
  const described = {
    url: 'https://paper.example.org/ferry',
    title: 'The fery',
    publisher: { name: 'The Ferry Paper' },
    publishedOn: '2025-02-08',
    author: 'A. Moss',
  };
  const cited = { ...described, role: 'primary' as const };

  it('is edited from the claim where it is cited, also where it archives to', async () => {
    const claim = await aClaim({ by: 'Ada Moss the Elder', sources: [cited] });
    const page = (await desk.get(`/desk/claims/${claim.slug}`, cookie).expect(200)).text;
    const [, path] = /href="(\/desk\/sources\/[^"]+\/edit)"/.exec(page)!;
    const form = await formAt(path!);
    const sent = { ...form, title: 'The ferry', author: '', archivedUrl: 'https://archive.example.org/ferry' };
    const saved = await save(path!, { ...sent, reason: 'A slip' }).expect(303);
    expect((await desk.get(saved.headers.location!, cookie).expect(200)).text).toContain('Saved.');
    const [source] = (await site.get('sources?publisher=the-ferry-paper').expect(200)).body.items;
    expect(source).toMatchObject({
      title: 'The ferry',
      author: null,
      publisher: { name: 'The Ferry Paper' },
      publishedOn: { edtf: '2025-02-08' },
      archivedUrl: 'https://archive.example.org/ferry',
      version: 2,
    });
  });

  it('says beside its field what is wrong, and what another has changed meanwhile', async () => {
    const { body: source } = await site.post('sources', { ...described, url: 'https://paper.example.org/road' });
    const path = `/desk/sources/${source.id}/edit`;
    const form = await formAt(path);
    const refused = await save(path, { ...form, url: 'nowhere', archivedHash: 'ABC' }).expect(422);
    expect(refused.text).toContain('id="url-mistake"');
    expect(refused.text).toContain('must be a SHA-256 in lower-case hexadecimal');
    const taken = await save(path, { ...form, url: described.url }).expect(422);
    expect(taken.text).toContain('Another source on record has this address.');
    await meanwhile('sources', source, { title: 'The road' });
    const shown = (await save(path, { ...form, title: 'A road' }).expect(422)).text;
    expect(shown).toContain('Somebody else has changed this meanwhile');
    await save(path, formIn(shown)).expect(303);
    expect((await onRecord('sources', source)).title).toBe('A road');
  });

  it('that is public is edited by editors alone', async () => {
    await aClaim({ by: 'Ada Moss the Elder', sources: [cited] });
    const [source] = (await site.get('sources?publisher=the-ferry-paper').expect(200)).body.items;
    const path = `/desk/sources/${source.id}/edit`;
    const other = await desk.signedIn('reviewer');
    const form = formIn((await desk.get(path, other.cookie).expect(200)).text);
    const refused = await desk.post(path, { ...form, title: 'Mine' }, other.cookie).expect(422);
    expect(refused.text).toContain('needs the role editor');
  });
});

describe('an edit of what somebody else has changed meanwhile', () => {
  it('shows both versions field by field, and writes nothing until its writer has chosen', async () => {
    const claim = await aClaim({ text: 'The bridge is shut', topics: ['Rivers'] });
    const form = await formAt(claimAt(claim));
    await meanwhile('claims', claim, { text: 'The old bridge is shut', topics: ['Roads'], kind: 'promise' });
    const mine = { ...form, text: 'The new bridge is shut', language: 'en-GB' };
    const shown = (await save(claimAt(claim), mine).expect(422)).text;
    expect(shown).toContain('Somebody else has changed this meanwhile');
    for (const words of ['The new bridge is shut', 'The old bridge is shut', 'Rivers', 'Roads', 'promise'])
      expect(shown).toContain(words);
    expect(await onRecord('claims', claim)).toMatchObject({ text: 'The old bridge is shut', version: 2 });
    // What its writer has not touched is ticked already: only what both changed is to be thought about.
    const ticked = [...shown.matchAll(/<input type="checkbox" name="take" value="(\w+)"( checked)?/g)];
    expect(ticked.map(([, name, checked]) => [name, checked !== undefined])).toEqual(
      expect.arrayContaining([
        ['text', false],
        ['topics', true],
        ['kind', true],
        ['language', false],
      ]),
    );
    const again = new URLSearchParams({ ...formIn(shown) });
    again.delete('take');
    for (const name of ['topics', 'kind']) again.append('take', name);
    await desk.post(claimAt(claim), again.toString() as never, cookie).expect(303);
    expect(await onRecord('claims', claim)).toMatchObject({
      text: 'The new bridge is shut',
      language: 'en-GB',
      kind: 'promise',
      topics: [{ name: 'Roads' }],
      version: 3,
    });
  });

  it('says nothing of a field that the record does not tell', async () => {
    const statement = await aStatement({ by: 'Ada Moss the Elder', quote: 'Shut' });
    const path = `/desk/statements/${statement.id}/edit`;
    const form = { ...(await formAt(path)), role: 'Mayor' };
    await meanwhile('statements', statement, { venue: 'Council' });
    const shown = (await save(path, form).expect(422)).text;
    const takes = [...shown.matchAll(/name="take" value="([^"]+)"/g)].map(([, name]) => name);
    expect(takes).toEqual(['venue']);
    expect(formIn(shown).role).toBe('Mayor');
  });

  it('asks again where it is changed once more', async () => {
    const claim = await aClaim({ text: 'The ferry runs' });
    const form = { ...(await formAt(claimAt(claim))), text: 'The ferry runs daily' };
    await meanwhile('claims', claim, { text: 'A ferry runs' });
    const shown = (await save(claimAt(claim), form).expect(422)).text;
    await meanwhile('claims', claim, { text: 'One ferry runs' }, 2);
    const second = await save(claimAt(claim), formIn(shown)).expect(422);
    expect(second.text).toContain('One ferry runs');
    await save(claimAt(claim), { ...formIn(second.text), take: 'text' }).expect(303);
    expect((await onRecord('claims', claim)).text).toBe('One ferry runs');
  });

  it('says so where it is in no field of the form', async () => {
    const claim = await aClaim({ text: 'The road is open', state: 'draft' });
    const form = await formAt(claimAt(claim));
    await meanwhile('claims', claim, { state: 'in_review' });
    const shown = (await save(claimAt(claim), form).expect(422)).text;
    expect(shown).toContain('It is not in these fields');
    await save(claimAt(claim), formIn(shown)).expect(303);
  });

  it('matches names by their ids, and takes or keeps whole rows', async () => {
    const person = await aPerson('Jon Mil', { names: [{ name: 'Johnny', kind: 'alias' }] });
    const path = `/desk/people/${person.slug}`;
    const form = await formAt(path);
    const [jon, johnny] = (await onRecord('people', person)).names;
    await meanwhile('people', person, {
      names: [
        { ...jon, name: 'Jonathan Mil' },
        johnny,
        { name: 'Ян Мил', kind: 'alias', language: 'ru', script: 'Cyrl' },
      ],
      name: 'Jonathan Mil',
    });
    const free = Object.keys(form).filter((name) => /^names\/\d+\/name$/.test(name)).length;
    expect(free).toBeGreaterThan(2);
    const shown = (await save(path, { ...form, description: 'A clerk' }).expect(422)).text;
    expect(shown).toContain('Jonathan Mil');
    expect(shown).toContain('Ян Мил');
    const takes = [...shown.matchAll(/name="take" value="([^"]+)"/g)].map(([, name]) => name!);
    const again = new URLSearchParams(formIn(shown));
    again.delete('take');
    for (const name of takes.filter((one) => one.startsWith('names/'))) again.append('take', name);
    await desk.post(path, again.toString() as never, cookie).expect(303);
    const after = await onRecord('people', person);
    expect(after).toMatchObject({ name: 'Jonathan Mil', description: 'A clerk' });
    expect(after.names.map(({ name }: Body) => name).sort()).toEqual(['Johnny', 'Jonathan Mil', 'Ян Мил']);
  });
});
