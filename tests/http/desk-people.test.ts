import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { formIn } from '../support/form-in.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aPerson, aClaim } = recordsOn(site);
type User = Awaited<ReturnType<typeof desk.signedIn>>;

let editor: User;
beforeAll(async () => {
  editor = await desk.signedIn('editor');
});

const formOf = async (person: Body, who = editor): Promise<Record<string, string>> =>
  formIn((await desk.get(`/desk/people/${person.id}`, who.cookie).expect(200)).text);
const save = (person: Body, form: Record<string, string>, who = editor) =>
  desk.post(`/desk/people/${person.slug}`, form, who.cookie);
const onRecord = async (person: Body) => (await site.get(`people/${person.id}`, 'editor').expect(200)).body;

describe('people at the desk', () => {
  it('are found by a name in any spelling, for who is signed in', async () => {
    await aPerson('Володимир Зеленський');
    await desk.get('/desk/people').expect(303);
    expect((await desk.get('/desk/people?q=selenskyj', editor.cookie).expect(200)).text).toContain('Зеленський');
    expect((await desk.get('/desk/people?q=qqqq', editor.cookie).expect(200)).text).toContain('Nobody on record');
    await desk.get('/desk/people/nobody', editor.cookie).expect(404);
  });

  it('stay as they are where a form is sent as it came', async () => {
    const organization = await aPerson('Ministry of Roads', { kind: 'organization' });
    await aPerson('Ministry of Roads', { kind: 'organization' });
    const person = await aPerson('Anna Ferro', {
      description: 'Minister',
      names: [{ name: 'Анна Ферро', kind: 'transliteration', language: 'ru', script: 'Cyrl' }],
      roles: [{ title: 'Minister', organization: organization.id, from: '2020', to: '2024-05~' }],
      externalIds: { wikidata: 'Q1', 'gnd.id': '7' },
    });
    await save(person, await formOf(person)).expect(303);
    expect(await onRecord(person)).toMatchObject({ ...person, version: 1 });
  });

  it('get names and roles, lose some, and are displayed under another', async () => {
    const person = await aPerson('Jon Mil', {
      names: [{ name: 'Johnny', kind: 'alias' }],
      roles: [{ title: 'Clerk' }],
    });
    const form = await formOf(person);
    expect(form).toMatchObject({ 'names/0/name': 'Jon Mil', 'names/1/name': 'Johnny', 'names/2/kind': 'alias' });
    await save(person, {
      ...form,
      'names/0/kind': 'former',
      gone: 'names/1',
      'names/3/name': 'John Mill',
      'names/3/kind': 'primary',
      'names/3/language': 'en',
      shown: 'names/3',
      'roles/2/title': 'Mayor of Millford',
      'roles/2/from': 'May 2024',
      'roles/2/from.for': 'May 2024',
      'roles/2/from.is': '2024-05',
      description: 'Once a clerk',
      reason: 'As he is now called',
    }).expect(303);
    expect(await onRecord(person)).toMatchObject({
      name: 'John Mill',
      description: 'Once a clerk',
      names: [
        { name: 'John Mill', kind: 'primary', language: 'en' },
        { id: person.names[0].id, name: 'Jon Mil', kind: 'former' },
      ],
      roles: [
        { id: person.roles[0].id, title: 'Clerk' },
        { title: 'Mayor of Millford', from: '2024-05', to: null },
      ],
      version: 2,
    });
    const [change] = (await site.get(`people/${person.id}/history`, 'editor')).body.items;
    expect(change).toMatchObject({ reason: 'As he is now called' });
  });

  it.each([
    ['a displayed name that is not primary', { 'names/0/kind': 'alias' }, 'names/0/kind', 'must be primary'],
    ['no displayed name', { shown: '' }, 'names/0/name', 'Choose which of the names'],
    ['an emptied name', { 'names/0/name': '' }, 'names/0/name', 'must not be empty'],
    ['a script that is none', { 'names/0/script': 'latin' }, 'names/0/script', 'ISO 15924'],
    ['a role without a title', { 'roles/0/from': '2024' }, 'roles/0/title', ''],
    [
      'a role that ends before it begins',
      { 'roles/0/title': 'Clerk', 'roles/0/from': '2024', 'roles/0/to': '2020' },
      'roles/0/to',
      'before',
    ],
    ['an address that another has', { slug: 'taken' }, '', 'is, or was, another'],
  ])('say beside the field what is wrong with %s', async (_, wrong, field, words) => {
    if ('slug' in wrong) await aPerson('Taken', { slug: 'taken' });
    const person = await aPerson('Nora Vale');
    const { text } = await save(person, { ...(await formOf(person)), ...wrong }).expect(422);
    if (field) expect(text).toContain(`id="${field}-mistake"`);
    expect(text).toContain(words);
    expect((await onRecord(person)).version).toBe(1);
  });

  it('are never overwritten by whoever read an earlier version', async () => {
    const person = await aPerson('Read Twice');
    const form = await formOf(person);
    await save(person, { ...form, description: 'First' }).expect(303);
    const { text } = await save(person, { ...form, description: 'Second' }).expect(422);
    expect(text).toContain('Somebody else has changed this meanwhile');
    expect(text).toContain('Second');
    expect((await onRecord(person)).description).toBe('First');
  });

  it('are to be read, and not to be edited, by a contributor', async () => {
    const contributor = await desk.signedIn('contributor');
    const claim = await aClaim({ by: 'Only Read' });
    const person = claim.statement.speaker;
    const { text } = await desk.get(`/desk/people/${person.slug}`, contributor.cookie).expect(200);
    expect(text).toContain('1 statement');
    expect(text).not.toContain('name="names/0/name"');
    const form = { ...(await formOf(person)), form: contributor.form, description: 'Mine' };
    const refused = await save(person, form, contributor).expect(403);
    expect(refused.text).toContain('This needs the role editor');
  });
});
