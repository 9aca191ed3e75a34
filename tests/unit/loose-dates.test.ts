import { describe, expect, it } from '@jest/globals';
import { looseDate } from '../../src/lib/loose-dates.ts';

describe('a date as programs and sites write it', () => {
  it.each([
    ['2025-02-08', '2025-02-08'],
    ['2025-02-08 00:00:00', '2025-02-08'],
    ['2025-02-08 14:30:00.123 UTC', '2025-02-08T14:30:00Z'],
    ['2025-02-08T14:30+0100', '2025-02-08T14:30:00+01:00'],
    ['March 3, 2024', '2024-03-03'],
    ['3 Mar 2024', '2024-03-03'],
    ['25/12/2024', '2024-12-25'],
    ['12/25/2024', '2024-12-25'],
  ])('%s is %s', (text, edtf) => expect(looseDate(text)).toBe(edtf));

  it.each(['09/02/2025', '45/45/2025', 'yesterday', '3. März 2024', ''])('%s is not read', (text) =>
    expect(looseDate(text)).toBeUndefined(),
  );
});
