import { describe, expect, it } from '@jest/globals';
import { SourceDescription } from '../../src/domain/fields.ts';
import { findOrMakeSource } from '../../src/domain/sources/find-or-make-source.ts';
import { findOrMakeTopic } from '../../src/domain/topics/find-or-make-topic.ts';
import { Invalid } from '../../src/errors.ts';
import { testDatabase } from '../support/database.ts';
import { acting } from './acting.ts';

const database = testDatabase();
const editor = acting(database);
const meant = (source: object) =>
  editor.act('source.find', (tx) => findOrMakeSource(tx, SourceDescription.parse(source), []));
const idOf = async (source: object) => (await meant(source)).id;

describe('findOrMakeSource()', () => {
  it('makes one of ten that ask at once for the same address, and one for the same publisher', async () => {
    for (const source of [{ url: 'https://a.example.org/x' }, { publisher: { name: 'TASS' } }, { title: 'Leaflet' }]) {
      const found = await Promise.all(Array.from({ length: 10 }, () => meant(source)));
      expect(new Set(found.map(({ id }) => id)).size).toBe(1);
      expect(found.filter(({ made }) => made)).toHaveLength(1);
    }
  });

  it('compares addresses in their canonical form, however long', async () => {
    const id = await idOf({ url: 'https://www.Example.org/a?b=1&utm_source=x#top' });
    for (const url of ['https://www.example.org/a?b=1', 'HTTPS://WWW.EXAMPLE.ORG/a?b=1'])
      expect([url, await idOf({ url })]).toEqual([url, id]);
    expect(await idOf({ url: 'https://www.example.org/a?b=2' })).not.toBe(id);
    const long = `https://example.org/${'é'.repeat(300)}`;
    expect(await idOf({ url: long })).toBe(await idOf({ url: long }));
  });

  it('compares one without an address by publisher, title and date, where nothing is the same as nothing', async () => {
    const publisher = { name: 'Gazette' };
    const all = [
      { publisher },
      { publisher, title: 'Minutes' },
      { publisher, title: 'Minutes', publishedOn: '2025-02' },
      { publisher, publishedOn: '2025-02' },
      { title: 'Minutes' },
      { title: 'Minutes', publishedOn: '2025-02' },
    ];
    const ids = [];
    for (const source of all) ids.push(await idOf(source));
    expect(new Set(ids).size).toBe(all.length);
    for (const [index, source] of all.entries()) expect([source, await idOf(source)]).toEqual([source, ids[index]]);
    expect(await idOf({ publisher, url: 'https://gazette.example.org/' })).not.toBe(ids[0]);
    expect(await idOf({ publisher })).toBe(ids[0]);
  });

  it('compares titles whatever their composition and the white space around them', async () => {
    const publisher = { name: 'Journal' };
    const id = await idOf({ publisher, title: 'Cafe\u0301' });
    for (const title of ['Caf\u00e9', ' Cafe\u0301\u00a0', '\tCaf\u00e9'])
      expect([title, await idOf({ publisher, title })]).toEqual([title, id]);
    expect(await idOf({ publisher, title: 'café' })).not.toBe(id);
  });

  it('fills what was blank, and says what differs without changing it', async () => {
    const url = 'https://b.example.org/x';
    await meant({ url, title: 'First' });
    const found = await meant({ url, title: 'Second', author: 'Ann', publishedOn: '2025-02' });
    expect(found).toMatchObject({
      made: false,
      filled: true,
      conflicts: [{ field: 'title', onRecord: 'First', sent: 'Second' }],
    });
    const row = await database.db
      .selectFrom('sources')
      .selectAll()
      .where('id', '=', found.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      title: 'First',
      author: 'Ann',
      published_on: '2025-02',
      published_text: 'February 2025',
      version: 2,
    });
    expect(await meant({ url, title: ' First' })).toMatchObject({ filled: false, conflicts: [] });
  });

  it('needs something to know a source by', async () => {
    await expect(meant({ author: 'Ann' })).rejects.toThrow(Invalid);
  });
});

describe('findOrMakeTopic()', () => {
  const topic = (name: string) => editor.act('topic.find', (tx) => findOrMakeTopic(tx, name));

  it('makes one of ten that ask at once, and finds it by name, slug and id', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => topic('Russia–Ukraine war')));
    expect(new Set(ids).size).toBe(1);
    for (const name of [' Russia–Ukraine war\t', 'russia-ukraine-war', ids[0]!])
      expect([name, await topic(name)]).toEqual([name, ids[0]]);
    expect(await topic('russia–ukraine War')).not.toBe(ids[0]);
  });

  it('finds a name whatever its composition', async () => {
    expect(await topic('Me\u0301xico')).toBe(await topic('M\u00e9xico'));
  });
});
