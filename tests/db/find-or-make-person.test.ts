import { describe, expect, it } from '@jest/globals';
import type { PersonReference } from '../../src/domain/fields.ts';
import { findOrMakePerson } from '../../src/domain/people/find-or-make-person.ts';
import { Conflict, Invalid } from '../../src/errors.ts';
import { newId } from '../../src/lib/ids.ts';
import { testDatabase } from '../support/database.ts';
import { acting } from './acting.ts';

const database = testDatabase();
const editor = acting(database);
const meant = (reference: PersonReference, otherwise: 'person' | 'organization' = 'person') =>
  editor.act('person.find', (tx) => findOrMakePerson(tx, reference, otherwise, ['person']));

describe('findOrMakePerson()', () => {
  it('makes one of ten that ask at once for the same new name', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => meant({ name: 'TASS' }, 'organization')));
    expect(new Set(ids).size).toBe(1);
    const made = await database.db
      .selectFrom('people')
      .select(['id', 'name', 'kind', 'slug'])
      .where('name', '=', 'TASS')
      .execute();
    expect(made).toEqual([{ id: ids[0], name: 'TASS', kind: 'organization', slug: 'tass' }]);
  });

  it('finds a name whatever its composition and the white space around it, and stores what was given', async () => {
    const decomposed = 'Zoe\u0308 Müller';
    const id = await meant({ name: ` ${decomposed}` });
    for (const name of [
      'Zo\u00eb Müller',
      decomposed,
      '  Zo\u00eb Müller ',
      '\tZo\u00eb Müller\n',
      '\u00a0Zo\u00eb Müller\u2003',
    ]) {
      expect([name, await meant({ name })]).toEqual([name, id]);
    }
    const row = await database.db.selectFrom('people').select('name').where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.name).toBe(` ${decomposed}`);
  });

  it('does not find what differs in letters, in case or in the white space inside', async () => {
    const id = await meant({ name: 'Anna Karin' });
    for (const name of ['anna karin', 'Anna  Karin', 'Anna Kárin', 'Anna', 'Anna Karin 2', 'Anna\u00a0Karin']) {
      expect([name, (await meant({ name })) === id]).toEqual([name, false]);
    }
  });

  it('finds by every kind of name but a weak one and a misspelling', async () => {
    const kinds = ['alias', 'former', 'transliteration', 'misspelling', 'weak'] as const;
    const id = await editor.addPerson({
      name: 'Dmitry Peskov',
      names: [
        ...kinds.map((kind) => ({ name: `Peskov ${kind}`, kind })),
        { name: 'Дмитрий Песков', kind: 'primary', language: 'ru' },
      ],
    });
    for (const name of ['Dmitry Peskov', 'Peskov alias', 'Peskov former', 'Peskov transliteration', 'Дмитрий Песков']) {
      expect([name, await meant({ name })]).toEqual([name, id]);
    }
    for (const name of ['Peskov misspelling', 'Peskov weak']) expect(await meant({ name })).not.toBe(id);
  });

  it('refuses to guess where several bear the name, and says who', async () => {
    const both = [
      await editor.addPerson({ name: 'John Smith' }),
      await editor.addPerson({ name: 'J. Smith', names: [{ name: 'John Smith', kind: 'alias' }] }),
    ];
    const error = await meant({ name: 'John Smith' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Conflict);
    expect(error).toMatchObject({
      code: 'person.ambiguous',
      others: both.map((id) => expect.objectContaining({ id })),
    });
    expect(await meant('john-smith')).toBe(both[0]);
  });

  it('tells a person from an organization of the same name where the kind is given', async () => {
    const organization = await meant({ name: 'Mercury', kind: 'organization' });
    const person = await editor.addPerson({ name: 'Mercury', kind: 'person' });
    expect(await meant({ name: 'Mercury', kind: 'organization' })).toBe(organization);
    expect(await meant({ name: 'Mercury', kind: 'person' })).toBe(person);
    await expect(meant({ name: 'Mercury' })).rejects.toThrow(Conflict);
  });

  it('finds the one that stands for merged ones, once, by any of their names', async () => {
    const [kept, merged] = [
      await editor.addPerson({ name: 'Kremlin', kind: 'organization' }),
      await editor.addPerson({ name: 'The Kremlin', names: [{ name: 'Kremlin', kind: 'alias' }] }),
    ];
    await editor.merge('people', merged, kept);
    expect(await meant({ name: 'Kremlin' })).toBe(kept);
    expect(await meant({ name: 'The Kremlin' })).toBe(kept);
    expect(await meant(merged)).toBe(kept);
    expect(await meant('the-kremlin')).toBe(kept);
  });

  it('finds by id and by slug, present or former, and never makes anyone for an unknown one', async () => {
    const id = await editor.addPerson({ name: 'Suspilne' });
    await editor.editPerson(id, { slug: 'suspilne-media' });
    for (const reference of [id, id.toUpperCase(), 'suspilne', 'suspilne-media'])
      expect(await meant(reference)).toBe(id);
    for (const reference of ['nobody', newId()]) await expect(meant(reference)).rejects.toThrow(Invalid);
    expect(await database.db.selectFrom('people').select('id').where('slug', '=', 'nobody').execute()).toEqual([]);
  });
});
