import { describe, expect, it } from '@jest/globals';
import { badText, key, sameText } from '../../src/lib/text.ts';

describe('a text', () => {
  it.each([
    ['a\0b', 'has a NUL character at position 2'],
    ['ab\uD83D', 'has half a character (a lone surrogate) at position 3'],
    ['\uDE00a', 'has half a character (a lone surrogate) at position 1'],
    ['😀\uD83Da', 'has half a character (a lone surrogate) at position 3'],
  ])('%j %s', (text, wrong) => {
    expect(badText(text)).toBe(wrong);
  });

  it.each(['', 'Песков', '😀', 'line\nbreak', '\uFFFD'])('%j is fine', (text) => {
    expect(badText(text)).toBeUndefined();
  });

  it('is the same composed or not, with spaces around or not', () => {
    expect(sameText(' Erdog\u0306an', 'Erdo\u011Fan\u00A0')).toBe(true);
    expect(key('  Donald  Trump ')).toBe('Donald  Trump');
  });

  it('is another in another case', () => {
    expect(sameText('TASS', 'Tass')).toBe(false);
  });
});
