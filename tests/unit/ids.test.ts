import { describe, expect, it } from '@jest/globals';
import { isId, newId, shortId } from '../../src/lib/ids.ts';

describe('an id', () => {
  it('is a UUID of version 7 that sorts after the one before', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(ids.every(isId)).toBe(true);
    expect(ids.every((id) => id[14] === '7')).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('in short differs between ids made together', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(new Set(ids.map(shortId)).size).toBeGreaterThan(990);
    expect(shortId('0195C6F0-1111-7222-8333-4444ABCDEF12')).toBe('abcdef12');
  });

  it.each(['', 'donald-trump', '0195c6f0-1111-7222-8333-44445555666', '0195c6f0111172228333444455556666', '1'])(
    'is not “%s”',
    (text) => {
      expect(isId(text)).toBe(false);
    },
  );
});
