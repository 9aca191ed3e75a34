import { describe, expect, it } from '@jest/globals';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, amend } = recordsOn(site);

describe('a slug', () => {
  it.each([
    ['Зеленський', 'zelenskiy'],
    ['Лавров', 'lavrov'],
    ['王毅', 'wangyi'],
    ["O'Brien", 'obrien'],
    ['new', 'new-record'],
    ['01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-000000000000-record'],
    ['2025', '2025-record'],
  ])('of %s is %s', async (name, slug) => {
    const person = await aPerson(name);
    expect(person.slug).toBe(slug);
    expect((await site.get(`people/${slug}`, 'editor').expect(200)).body.id).toBe(person.id);
  });

  it.each(['🙃', '…', '？？'])('of %s stands on the id', async (name) => {
    const { id, slug } = await aPerson(name);
    expect(slug).toMatch(/^[a-z0-9-]+$/);
    if (name !== '🙃') expect(slug).toBe(`person-${id.slice(-8)}`);
  });

  it('of the second of a name ends in -2, of the third in -3', async () => {
    const slugs = [];
    for (let n = 0; n < 3; n++) slugs.push((await aPerson('Jane Doe')).slug);
    expect(slugs).toEqual(['jane-doe', 'jane-doe-2', 'jane-doe-3']);
  });

  it('of many long texts alike stays within 80 characters, and each has its own', async () => {
    const text = `${'a'.repeat(70)} ${'b'.repeat(6)} ${'c'.repeat(20)}`;
    const slugs = new Set<string>();
    for (let n = 0; n < 12; n++) slugs.add((await aClaim({ text })).slug);
    expect(slugs.size).toBe(12);
    expect(Math.max(...[...slugs].map((slug) => slug.length))).toBeLessThanOrEqual(80);
  });

  it('is the same for a person and a claim, as they are apart', async () => {
    await aPerson('The Bridge');
    expect((await aClaim({ text: 'The Bridge' })).slug).toBe('the-bridge');
  });

  it('stays when the text is edited', async () => {
    const claim = await aClaim({ text: 'The tunnel is open' });
    const edited = await amend(`claims/${claim.slug}`, { text: 'The tunnel is closed' });
    expect(edited).toMatchObject({ slug: 'the-tunnel-is-open', text: 'The tunnel is closed' });
  });

  it('may be chosen', async () => {
    expect((await aPerson('Ada Lovelace', { slug: 'countess' })).slug).toBe('countess');
    expect((await aClaim({ slug: 'c1' })).slug).toBe('c1');
  });

  it.each(['New Slug', 'new', 'a--b', '-a', 'ä', '12', '', 'x'.repeat(81)])('cannot be %j', async (slug) => {
    const { body } = await site.post('people', { name: 'Bad Slug', slug }).expect(422);
    expect(body.errors[0].pointer).toBe('/slug');
  });
});

describe('a slug that is changed', () => {
  it.each(['people', 'claims'])('of %s leads there for ever, the old one too', async (noun) => {
    const record = noun === 'people' ? await aPerson('Old Name') : await aClaim({ text: 'Old name' });
    await amend(`${noun}/old-name`, { slug: 'newer-name' });
    await amend(`${noun}/old-name`, { slug: 'newest-name' });
    for (const slug of ['old-name', 'newer-name', 'newest-name']) {
      const { body } = await site.get(`${noun}/${slug}`, 'editor').expect(200);
      expect([body.id, body.slug]).toEqual([record.id, 'newest-name']);
    }
  });

  it('is never another’s', async () => {
    const { id } = await aPerson('First Bearer');
    await amend(`people/${id}`, { slug: 'moved-on' });
    const taken = await site.post('people', { name: 'Second', slug: 'first-bearer' }).expect(409);
    expect(taken.body).toMatchObject({ code: 'person.slug_taken', others: [{ id }] });
    const other = await aPerson('Other');
    await site.patch(`people/${other.id}`, { slug: 'moved-on' }, '"1"').expect(409);
    expect((await aPerson('First Bearer')).slug).toBe('first-bearer-2');
  });

  it('may be taken back', async () => {
    const { id } = await aPerson('To And Fro');
    await amend(`people/${id}`, { slug: 'away' });
    expect((await amend(`people/${id}`, { slug: 'to-and-fro' })).slug).toBe('to-and-fro');
  });
});
