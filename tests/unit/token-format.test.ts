import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newToken } from '../../src/domain/users/secrets.ts';
import { BASE62, isTokenShaped, tokenOf } from '../../src/domain/users/token-format.ts';

const RANDOM = '0123456789ABCDEFGHIJabcdefghij';

describe('an access token', () => {
  it('has a prefix, 30 random digits and a checksum that stays what it is', () => {
    expect(tokenOf(RANDOM)).toBe(`onr_${RANDOM}459nAx`);
    expect(newToken()).toMatch(/^onr_[0-9A-Za-z]{36}$/);
    expect(isTokenShaped(newToken())).toBe(true);
  });

  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 1000 }, newToken)).size).toBe(1000);
  });

  it('is told from one with a digit mistyped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 39 }), fc.constantFrom(...BASE62), (place, digit) => {
        const token = tokenOf(RANDOM);
        fc.pre(token[place] !== digit);
        expect(isTokenShaped(token.slice(0, place) + digit + token.slice(place + 1))).toBe(false);
      }),
    );
  });

  it.each([
    '',
    'onr_',
    tokenOf(RANDOM).slice(1),
    `${tokenOf(RANDOM)}x`,
    `${tokenOf(RANDOM)}\n`,
    tokenOf('short'),
    tokenOf(RANDOM).toUpperCase(),
  ])('is not %j', (text) => {
    expect(isTokenShaped(text)).toBe(false);
  });
});
