import { describe, expect, it } from '@jest/globals';
import { DateError, parseInstant } from '../../src/lib/dates.ts';

const NOW = new Date('2025-03-01T12:00:00.500Z');

describe('the instant of an as-of question', () => {
  it.each([
    ['2025-02-12T12:00:00Z', '2025-02-12T12:00:00.000000Z'],
    ['2025-02-12T12:00:00.5Z', '2025-02-12T12:00:00.500000Z'],
    ['2025-02-12T12:00:00.123456Z', '2025-02-12T12:00:00.123456Z'],
    ['2025-02-12T12:00:00.123456+03:00', '2025-02-12T09:00:00.123456Z'],
    ['2025-02-12T22:00:00-05:00', '2025-02-13T03:00:00.000000Z'],
    ['2025-02-12T12:00+0530', '2025-02-12T06:30:00.000000Z'],
    ['2025-02-12T12:00-04', '2025-02-12T16:00:00.000000Z'],
    ['2025-02-12T12:00Z', '2025-02-12T12:00:00.000000Z'],
    ['2025-02-12', '2025-02-12T23:59:59.999999Z'],
    ['2025-02-28', '2025-02-28T23:59:59.999999Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text, NOW)).toBe(instant);
    expect(parseInstant(instant, NOW)).toBe(instant);
  });

  it('takes the present, whatever its microseconds', () => {
    expect(parseInstant('2025-03-01T12:00:00.500999Z', NOW)).toBe('2025-03-01T12:00:00.500999Z');
  });

  it.each([
    ['2025-03-01T12:00:00.501Z', 'future'],
    ['2025-03-01T12:00:01Z', 'future'],
    ['2025-03-02', 'future'],
    ['2025-03-01', 'not over yet'],
    ['2025-02-12T12:00:00', 'no time zone'],
    ['2025-02-12T12:00', 'no time zone'],
    ['2025-02-12T12:00:00 03:00', '%2B'],
    ['2025-02-12T12:00:00.1234567Z', 'six decimals'],
    ['2025-02-30', 'calendar'],
    ['2025-02-30T12:00:00Z', 'calendar'],
    ['2025-13-01', 'calendar'],
    ['2025-02', 'not an instant'],
    ['2025-02-12T25:00:00Z', 'not an instant'],
    ['2025-02-12T12:00:60Z', 'not an instant'],
    ['2025-02-08~', 'not an instant'],
    ['yesterday', 'not an instant'],
    ['', 'not an instant'],
    ['0000-01-01', 'year 1000'],
    ['2025-02-12T'.repeat(1000), 'at most 40'],
  ])('refuses “%.40s” with “%s”', (text, part) => {
    expect(() => parseInstant(text, NOW)).toThrow(DateError);
    expect(() => parseInstant(text, NOW)).toThrow(part);
  });
});
