import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSlug, numbered, RESERVED, slugOf } from '../../src/lib/slugs.ts';

describe('a slug', () => {
  it.each([
    ['Donald Trump', 'donald-trump'],
    ['Дмитрий Песков', 'dmitriy-peskov'],
    ['Recep Tayyip Erdoğan', 'recep-tayyip-erdogan'],
    ['I’ve spoken with Putin', 'ive-spoken-with-putin'],
    ['Russia–Ukraine war', 'russia-ukraine-war'],
    ['  – ', 'person-1a2b3c4d'],
    ['new', 'new-record'],
    ['Timeline', 'timeline-record'],
    ['2025', '2025-record'],
    ['0195c6f0-1111-7222-8333-444455556666', '0195c6f0-1111-7222-8333-444455556666-record'],
    ['0195c6f0111172228333444455556666', '0195c6f0111172228333444455556666-record'],
  ])('of “%s” is %s', (text, slug) => {
    expect(slugOf(text, 'person-1a2b3c4d')).toBe(slug);
  });

  it('is cut between words at 80 characters', () => {
    const slug = slugOf('seventeen letters '.repeat(10), 'x');
    expect(slug).toBe('seventeen-letters-seventeen-letters-seventeen-letters-seventeen-letters');
  });

  it('cuts through a first word that is too long', () => {
    expect(slugOf('a'.repeat(100), 'x')).toBe('a'.repeat(80));
  });

  it('gets a number within 80 characters', () => {
    expect(numbered('donald-trump', 2)).toBe('donald-trump-2');
    expect(numbered('a'.repeat(80), 12)).toBe(`${'a'.repeat(77)}-12`);
  });

  it.each(['', 'A', 'a--b', '-a', 'a-', 'a_b', 'é', '12', 'new', 'a'.repeat(81)])('is not “%s”', (text) => {
    expect(isSlug(text)).toBe(false);
  });

  it('is one whatever the text, and numbered it still is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.stringMatching(/^[a-z0-9 -]{0,200}$/),
      fc.uuid(),
      fc.constantFrom(...RESERVED),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 99_999 }), (words, n) => {
        const slug = slugOf(words, '');
        expect(isSlug(slug)).toBe(true);
        expect(isSlug(numbered(slug, n))).toBe(true);
        expect(slugOf(slug, '')).toBe(slug);
      }),
    );
  });
});
