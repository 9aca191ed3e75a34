import { describe, expect, it } from '@jest/globals';
import { fromSqlTimestamp, toSqlTimestamp } from '../../src/lib/dates.ts';

describe('a bound in PostgreSQL', () => {
  it.each([
    ['2025-02-08T14:30:00', '2025-02-08 14:30:00'],
    ['0001-01-01T00:00:00', '0001-01-01 00:00:00'],
    ['0000-01-01T00:00:00', '0001-01-01 00:00:00 BC'],
    ['-0043-03-15T00:00:00', '0044-03-15 00:00:00 BC'],
    ['-4712-01-01T00:00:00', '4713-01-01 00:00:00 BC'],
    ['+10000-01-01T00:00:00', '10000-01-01 00:00:00'],
  ])('%s is written %s, and read back', (iso, sql) => {
    expect(toSqlTimestamp(iso)).toBe(sql);
    expect(fromSqlTimestamp(sql)).toBe(iso);
  });

  it('takes nothing else', () => {
    expect(() => toSqlTimestamp('2025-02-08')).toThrow(RangeError);
    expect(() => fromSqlTimestamp('infinity')).toThrow(RangeError);
  });
});
