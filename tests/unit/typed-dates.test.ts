import { describe, expect, it } from '@jest/globals';
import { DateError } from '../../src/lib/dates.ts';
import { readTypedDate } from '../../src/lib/typed-dates.ts';

/** A Thursday. */
const TODAY = '2025-02-13';

describe('a date as people type it', () => {
  it.each([
    ['2025-02-08~', '2025-02-08~'],
    [' 2025-02-08 ', '2025-02-08'],
    ['2025-02-09 14:30', '2025-02-09T14:30:00'],
    ['8 Feb 2025', '2025-02-08'],
    ['about 8 February 2025', '2025-02-08~'],
    ['February 8th, 2025', '2025-02-08'],
    ['Feb 2025', '2025-02'],
    ['spring 2025', '2025-21'],
    ['early 2024', '2024-01/2024-04'],
    ['mid-2024', '2024-05/2024-08'],
    ['late 2024', '2024-09/2024-12'],
    ['early Feb 2024', '2024-02-01/2024-02-10'],
    ['Late February 2024', '2024-02-21/2024-02-29'],
    ['today', '2025-02-13'],
    ['Yesterday', '2025-02-12'],
    ['the day before yesterday', '2025-02-11'],
    ['3 days ago', '2025-02-10'],
    ['on Monday', '2025-02-10'],
    ['last Thursday', '2025-02-06'],
    ['25/12/2024', '2024-12-25'],
  ])('%s is %s', (typed, edtf) => expect(readTypedDate(typed, TODAY)).toEqual([edtf]));

  it('can be read in two ways, of which none is chosen', () =>
    expect(readTypedDate('09/02/2025', TODAY)).toEqual(['2025-02-09', '2025-09-02']));

  it.each(['soon', '', '31/31/2025', '30 February 2025', 'early soon', '2025-02-30'])('%s is none', (typed) =>
    expect(() => readTypedDate(typed, TODAY)).toThrow(DateError),
  );
});
