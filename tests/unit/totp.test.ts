import { describe, expect, it } from '@jest/globals';
import { Secret } from 'otpauth';
import { isTotpSecret, newTotpSecret, stepOf, totpAddress } from '../../src/domain/users/totp.ts';

// RFC 6238, appendix B, of which the last six digits are a code of six.
const secret = Secret.fromLatin1('12345678901234567890').base32;

describe('a code', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('of the RFC at %i s is of the step of then', (seconds, code) => {
    expect(stepOf(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
  });

  it('counts half a minute before and after, no longer, and with a space in its middle', () => {
    const at = (seconds: number) => stepOf(secret, '005 924', new Date(seconds * 1000));
    const step = Math.floor(1234567890 / 30);
    expect([at(1234567860), at(1234567890), at(1234567920)]).toEqual([step, step, step]);
    expect([at(1234567829), at(1234567951)]).toEqual([undefined, undefined]);
    expect(['', 'abcdef', '00592', '0059244'].map((code) => stepOf(secret, code, new Date(1234567890e3)))).toEqual(
      Array(4).fill(undefined),
    );
  });
});

describe('a secret', () => {
  it('is another each time, and goes into an address that apps take', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).not.toBe(other);
    expect([one, other].every(isTotpSecret)).toBe(true);
    expect(totpAddress(one, 'On Record', 'Ada Moss')).toBe(
      `otpauth://totp/On%20Record:Ada%20Moss?issuer=On%20Record&secret=${one}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
