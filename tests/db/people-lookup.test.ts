import { beforeAll, describe, expect, it } from '@jest/globals';
import { purgeRecord } from '../../src/domain/history/purge-record.ts';
import { lookUpPeople } from '../../src/domain/search/people-lookup.ts';
import { testDatabase } from '../support/database.ts';
import { acting } from './acting.ts';

const database = testDatabase();
const editor = acting(database);

const found = async (typed: string) =>
  (await lookUpPeople(database.db, typed, { audience: 'desk' })).map((person) => person.name);

beforeAll(async () => {
  await editor.addPerson({
    name: 'Volodymyr Zelenskyy',
    names: [
      { name: 'Володимир Зеленський', kind: 'transliteration', language: 'uk', script: 'Cyrl' },
      { name: 'Zelebsky', kind: 'misspelling' },
      { name: 'The President', kind: 'weak' },
    ],
  });
  await editor.addPerson({ name: 'Dmitry Peskov' });
  await editor.addPerson({ name: 'Dmitry Medvedev' });
  await editor.addPerson({ name: 'Dmitrov Council', kind: 'organization' });
});

describe('lookUpPeople()', () => {
  it.each([
    'Selenskyj',
    'Zelensky',
    'Зеленський',
    'zelen',
    'Зеленс',
    'Zelenskki',
    'zelebsky',
    'Wolodymyr Selenskyj',
    'ზელენსკი',
  ])('finds one person by any spelling, script, beginning or slip: %s', async (typed) => {
    expect(await found(typed)).toEqual(['Volodymyr Zelenskyy']);
  });

  it('puts whole names before beginnings, and these before what only sounds alike', async () => {
    expect((await found('Dmitry Medvedev'))[0]).toBe('Dmitry Medvedev');
    expect(await found('dmitr')).toEqual(['Dmitry Peskov', 'Dmitry Medvedev', 'Dmitrov Council']);
    expect((await found('Дмитрий Песков'))[0]).toBe('Dmitry Peskov');
  });

  it('finds by a weak name, but is not certain of it, nor of a misspelt one', async () => {
    const [weak] = await lookUpPeople(database.db, 'the president', { audience: 'desk' });
    expect(weak).toMatchObject({ name: 'Volodymyr Zelenskyy', certain: false });
    const [misspelt] = await lookUpPeople(database.db, 'zelebsky', { audience: 'desk' });
    expect(misspelt).toMatchObject({ name: 'Volodymyr Zelenskyy', certain: false });
  });

  it('finds nobody by signs, by a name that nobody bears, or, for the public, whom nothing published refers to', async () => {
    for (const typed of ['!', "'", '\\', '🙂', '%', 'Xanthippe', ':*', 'a&b|c']) expect(await found(typed)).toEqual([]);
    expect(await lookUpPeople(database.db, 'Peskov', { audience: 'public' })).toEqual([]);
  });

  it('finds whoever stands for a merged person by the names of both, once', async () => {
    const one = await editor.addPerson({ name: 'Angela Merkel' });
    const other = await editor.addPerson({ name: 'Angela Dorothea Kasner' });
    await editor.merge('people', other, one);
    expect(await found('kasner')).toEqual(['Angela Merkel']);
    expect(await found('angela')).toEqual(['Angela Merkel']);
  });

  it('finds by an initial, also one without a sound', async () => {
    await editor.addPerson({ name: 'H G Wells' });
    for (const typed of ['h', 'h g', 'H. G. Wells', 'wells h']) expect(await found(typed)).toContain('H G Wells');
  });

  it('finds a name as soon as it is given, and no more when it is erased', async () => {
    const id = await editor.addPerson({ name: 'Quintus Fabius' });
    await editor.editPerson(id, {
      names: [
        { name: 'Quintus Fabius', kind: 'primary' },
        { name: 'Cunctator', kind: 'alias' },
      ],
    });
    expect(await found('cunctator')).toEqual(['Quintus Fabius']);
    await editor.act('record.purge', (tx) => purgeRecord(tx, { noun: 'person', id, ground: 'A court ordered it.' }));
    expect(await found('cunctator')).toEqual([]);
    const kept = await database.db.selectFrom('names').select('keys').where('person_id', '=', id).execute();
    expect(kept).toEqual([]);
  });
});
