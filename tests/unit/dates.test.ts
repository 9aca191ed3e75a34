import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateError, parseEdtf, parsePeriod, toSqlTimestamp } from '../../src/lib/dates.ts';

describe('the bounds of a date', () => {
  it.each([
    ['2025-02-08', '2025-02-08T00:00:00', '2025-02-09T00:00:00'],
    ['2024-02-29', '2024-02-29T00:00:00', '2024-03-01T00:00:00'],
    ['2025-02', '2025-02-01T00:00:00', '2025-03-01T00:00:00'],
    ['2025-12', '2025-12-01T00:00:00', '2026-01-01T00:00:00'],
    ['2025', '2025-01-01T00:00:00', '2026-01-01T00:00:00'],
    ['0023', '0023-01-01T00:00:00', '0024-01-01T00:00:00'],
    ['9999', '9999-01-01T00:00:00', '+10000-01-01T00:00:00'],
    ['-0043-03-15', '-0043-03-15T00:00:00', '-0043-03-16T00:00:00'],
    ['-0001', '-0001-01-01T00:00:00', '0000-01-01T00:00:00'],
  ])('%s covers its whole period', (edtf, from, until) => {
    expect(parseEdtf(edtf)).toMatchObject({ edtf, from, until, sort: from });
  });

  it.each([
    ['2025-02-09T14:30:00', '2025-02-09T14:30:00', '2025-02-09T14:30:01'],
    ['2025-02-09T14:30:00Z', '2025-02-09T14:30:00', '2025-02-09T14:30:01'],
    ['2025-02-09T14:30:00+03:00', '2025-02-09T14:30:00', '2025-02-09T14:30:01'],
    ['2025-12-31T23:59:59-04', '2025-12-31T23:59:59', '2026-01-01T00:00:00'],
    ['-0043-03-15T11:00:00Z', '-0043-03-15T11:00:00', '-0043-03-15T11:00:01'],
  ])('%s keeps the wall clock as written, for one second', (edtf, from, until) => {
    expect(parseEdtf(edtf)).toMatchObject({ from, until });
  });

  it.each([
    ['2025-02-08~', '2025-02-07T00:00:00', '2025-02-10T00:00:00'],
    ['2024-03-01%', '2024-02-29T00:00:00', '2024-03-03T00:00:00'],
    ['2025-01~', '2024-12-01T00:00:00', '2025-03-01T00:00:00'],
    ['2025%', '2024-01-01T00:00:00', '2027-01-01T00:00:00'],
    ['2025-21~', '2024-12-01T00:00:00', '2025-09-01T00:00:00'],
    ['-4712~', '-4712-01-01T00:00:00', '-4710-01-01T00:00:00'],
  ])('%s widens by one unit of its precision each way, within what PostgreSQL holds', (edtf, from, until) => {
    expect(parseEdtf(edtf)).toMatchObject({ from, until });
  });

  it('does not widen what is only uncertain', () => {
    expect(parseEdtf('2025-02-08?')).toMatchObject({ from: '2025-02-08T00:00:00', until: '2025-02-09T00:00:00' });
  });

  it.each([
    ['201X', '2010-01-01T00:00:00', '2020-01-01T00:00:00'],
    ['19XX', '1900-01-01T00:00:00', '2000-01-01T00:00:00'],
    ['2025-XX', '2025-01-01T00:00:00', '2026-01-01T00:00:00'],
    ['2025-02-XX', '2025-02-01T00:00:00', '2025-03-01T00:00:00'],
    ['2025-XX-XX', '2025-01-01T00:00:00', '2026-01-01T00:00:00'],
    ['-004X', '-0049-01-01T00:00:00', '-0039-01-01T00:00:00'],
    ['-000X', '-0009-01-01T00:00:00', '0000-01-01T00:00:00'],
    ['-00XX', '-0099-01-01T00:00:00', '0000-01-01T00:00:00'],
    ['00XX', '0000-01-01T00:00:00', '0100-01-01T00:00:00'],
  ])('%s spans all that its X can be', (edtf, from, until) => {
    expect(parseEdtf(edtf)).toMatchObject({ from, until });
  });

  it.each([
    ['2025-21', '2025-03-01T00:00:00', '2025-06-01T00:00:00'],
    ['2025-22', '2025-06-01T00:00:00', '2025-09-01T00:00:00'],
    ['2025-23', '2025-09-01T00:00:00', '2025-12-01T00:00:00'],
    ['2025-24', '2025-12-01T00:00:00', '2026-03-01T00:00:00'],
  ])('season %s lasts three months', (edtf, from, until) => {
    expect(parseEdtf(edtf)).toMatchObject({ from, until });
  });

  it.each([
    ['2025-02-08/2025-02-09', '2025-02-08T00:00:00', '2025-02-10T00:00:00', '2025-02-08T00:00:00'],
    ['2025-02/2025-02-09', '2025-02-01T00:00:00', '2025-02-10T00:00:00', '2025-02-01T00:00:00'],
    ['2025-02-08~/2025-03~', '2025-02-07T00:00:00', '2025-05-01T00:00:00', '2025-02-07T00:00:00'],
    ['2025-24/2026', '2025-12-01T00:00:00', '2027-01-01T00:00:00', '2025-12-01T00:00:00'],
    ['2025/..', '2025-01-01T00:00:00', null, '2025-01-01T00:00:00'],
    ['2025/', '2025-01-01T00:00:00', null, '2025-01-01T00:00:00'],
    ['../2025-02-08', null, '2025-02-09T00:00:00', '2025-02-08T00:00:00'],
    ['/2025-02-08~', null, '2025-02-10T00:00:00', '2025-02-07T00:00:00'],
  ])('interval %s runs from the first of its start to the last of its end', (edtf, from, until, sort) => {
    expect(parseEdtf(edtf)).toMatchObject({ edtf, from, until, sort });
  });
});

describe('a date in words', () => {
  it.each([
    ['2025-02-08', '8 February 2025'],
    ['2025-02', 'February 2025'],
    ['2025', '2025'],
    ['2025-02-08~', 'about 8 February 2025'],
    ['2025-02-08?', 'possibly 8 February 2025'],
    ['2025-02%', 'possibly about February 2025'],
    ['2025-02-08/2025-02-09', 'between 8 and 9 February 2025'],
    ['2025-02-28/2025-03-01', 'between 28 February and 1 March 2025'],
    ['2024-12-31/2025-01-01', 'between 31 December 2024 and 1 January 2025'],
    ['2025-02/2025-03', 'between February and March 2025'],
    ['2025-21/2025-22', 'between spring and summer 2025'],
    ['2024/2025', 'between 2024 and 2025'],
    ['2025-02/2025-02-09', 'between February 2025 and 9 February 2025'],
    ['2025-02-08~/2025-02-10', 'between about 8 February 2025 and 10 February 2025'],
    ['2025-02-08/2025-02-08', '8 February 2025'],
    ['../2025-02-08', 'on or before 8 February 2025'],
    ['/2025-02', 'in or before February 2025'],
    ['2025-02-08/..', 'on or after 8 February 2025'],
    ['2025/', 'in or after 2025'],
    ['2025-21', 'spring 2025'],
    ['2025-24', 'winter 2025–26'],
    ['1999-24', 'winter 1999–2000'],
    ['2025-02-09T14:30:00+03:00', '9 February 2025, 14:30 (UTC+03:00)'],
    ['2025-02-09T14:30:15Z', '9 February 2025, 14:30:15 (UTC)'],
    ['2025-02-09T00:00:00', '9 February 2025, 00:00'],
    ['201X', 'the 2010s'],
    ['190X', 'between 1900 and 1909'],
    ['19XX', 'between 1900 and 1999'],
    ['2025-02-XX', 'some day in February 2025'],
    ['2025-XX', 'some month in 2025'],
    ['2025-XX-XX', 'some day in 2025'],
    ['-0043', '44 BC'],
    ['-0043-03-15', '15 March 44 BC'],
    ['0000', '1 BC'],
    ['0023', 'AD 23'],
    ['-004X', 'between 50 BC and 41 BC'],
  ])('%s reads “%s”', (edtf, text) => {
    expect(parseEdtf(edtf).text).toBe(text);
  });
});

describe('a text that is not a date of ours', () => {
  it.each(['09/02/2025', '9.2.2025', '09-02-2025'])('names both readings of %s', (text) => {
    const detail = refusalOf(text);
    expect(detail).toContain('9 February 2025 (2025-02-09)');
    expect(detail).toContain('2 September 2025 (2025-09-02)');
  });

  it.each([
    ['25/12/2024', '2024-12-25'],
    ['12.25.2024', '2024-12-25'],
    ['02/02/2025', '2025-02-02'],
    ['8 Feb 2025', '2025-02-08'],
    ['February 8th, 2025', '2025-02-08'],
    ['8th of February 2025', '2025-02-08'],
    ['about Sept. 2025', '2025-09~'],
    ['circa 2025', '2025~'],
    ['spring 2025', '2025-21'],
    ['the 2010s', '201X'],
    ['44 BC', '-0043'],
    ['2025/02/08', '2025-02-08'],
    ['2025-2-8', '2025-02-08'],
    ['20250208', '2025-02-08'],
    [' 2025-02-08 ', '2025-02-08'],
    ['2025-02-08/09', '2025-02-08/2025-02-09'],
    ['2025-02-09 14:30', '2025-02-09T14:30:00'],
    ['2025-02-09T14:30', '2025-02-09T14:30:00'],
    ['2025-02-09T14:30:00.5+03:00', '2025-02-09T14:30:00+03:00'],
    ['2025-02-09T14:30:00z', '2025-02-09T14:30:00Z'],
    ['2025-02-09T14:30:00+0330', '2025-02-09T14:30:00+03:30'],
    ['2025-02-09T14:30:00−04:00', '2025-02-09T14:30:00-04:00'],
    ['19', '19XX'],
    ['193', '193X'],
    ['2005/2004', '2004/2005'],
  ])('tells who writes “%s” to write %s', (text, right) => {
    expect(refusalOf(text)).toContain(right);
    expect(() => parseEdtf(right)).not.toThrow();
  });

  it.each([
    ['2025-02-30', '01 to 28'],
    ['2025-02-29', '01 to 28'],
    ['2025-04-31T10:00:00Z', '01 to 30'],
    ['2025-02-00', '01 to 28'],
    ['2025-13', '01 to 12'],
    ['99/99/2025', 'not in the calendar'],
    ['-4713', '-4712 to 9999'],
    ['-47XX', '-4712 to 9999'],
    ['Y20000', '-4712 to 9999'],
    ['', 'empty'],
    ['soon', 'not a date in EDTF'],
    ['../..', 'nothing about when'],
    ['/', 'nothing about when'],
    ['2025/2026/2027', 'more than one slash'],
    ['2025-02-08/2025-02', 'as exactly as the start'],
    ['2025-02-08T10:00:00Z/2025-02-09', 'without times'],
    ['2025-XX/2026', 'X digits in intervals'],
    ['2025-02-09T24:00:00', '00 to 23'],
    ['2025-02-09T14:30:60', '23:59:59'],
    ['2025-02-09T14:30:00+15:00', '+14:00'],
    ['x'.repeat(10_000), 'at most 80'],
  ])('refuses “%.30s” with “%s”', (text, part) => {
    expect(refusalOf(text)).toContain(part);
  });

  it.each([
    '[2025-02-08..2025-02-10]',
    '{2024,2025}',
    '2025-02~-08',
    '?2025',
    '2025-25',
    'Y17E3',
    '1950S2',
    'XXXX',
    'XXXX-12',
    '1XX3',
    '2025-XX-08',
    '201X~',
  ])('refuses %s: level 2', (text) => {
    expect(refusalOf(text)).toContain('not');
  });
});

describe('the period of a filter', () => {
  it('includes the whole of both ends', () => {
    expect(parsePeriod('2025-02-09', '2025-03')).toEqual({ from: '2025-02-09T00:00:00', until: '2025-04-01T00:00:00' });
  });

  it('takes an end that is wider than the start', () => {
    expect(parsePeriod('2025-02-09', '2025-02').until).toBe('2025-03-01T00:00:00');
  });

  it('is open where nothing is given', () => {
    expect(parsePeriod()).toEqual({ from: null, until: null });
    expect(parsePeriod('2025')).toEqual({ from: '2025-01-01T00:00:00', until: null });
    expect(parsePeriod(undefined, '2025')).toEqual({ from: null, until: '2026-01-01T00:00:00' });
  });

  it('finds what was said about 8 February from the 9th', () => {
    const said = parseEdtf('2025-02-08~');
    const period = parsePeriod('2025-02-09');
    expect(said.until! > period.from!).toBe(true);
  });

  it('refuses to end before it begins', () => {
    expect(() => parsePeriod('2025', '2024')).toThrow('ends before it begins');
    expect(() => parsePeriod('0001', '-0001')).toThrow('ends before it begins');
  });

  it('refuses an end that says nothing', () => {
    expect(() => parsePeriod('../2025')).toThrow('no beginning');
    expect(() => parsePeriod('2024', '2025/..')).toThrow('no end');
  });
});

describe('any date', () => {
  const part = (max: number, min = 1) => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));
  const year = fc
    .integer({ min: -4711, max: 9998 })
    .map((n) => `${n < 0 ? '-' : ''}${String(Math.abs(n)).padStart(4, '0')}`);
  const plain = fc.oneof(
    year,
    fc.tuple(year, part(12)).map((p) => p.join('-')),
    fc.tuple(year, part(12), part(28)).map((p) => p.join('-')),
    fc.tuple(year, part(24, 21)).map((p) => p.join('-')),
  );
  const qualified = fc.tuple(plain, fc.constantFrom('', '?', '~', '%')).map((p) => p.join(''));

  it('has ordered bounds that begin its list position, and reads the same again', () => {
    fc.assert(
      fc.property(qualified, (edtf) => {
        const date = parseEdtf(edtf);
        expect(order(date.from!)).toBeLessThan(order(date.until!));
        expect(date.sort).toBe(date.from);
        expect(parseEdtf(date.edtf)).toEqual(date);
      }),
    );
  });

  it('has bounds that PostgreSQL reads', () => {
    fc.assert(
      fc.property(qualified, (edtf) => {
        const { from, until } = parseEdtf(edtf);
        for (const bound of [from, until]) expect(toSqlTimestamp(bound!)).toMatch(/^\d{4,5}-\d\d-\d\d 00:00:00( BC)?$/);
      }),
    );
  });

  it('makes an interval from its earlier to its later', () => {
    fc.assert(
      fc.property(qualified, qualified, (a, b) => {
        const [first, last] = order(parseEdtf(bare(a)).from!) <= order(parseEdtf(bare(b)).from!) ? [a, b] : [b, a];
        expect(parseEdtf(`${first}/${last}`)).toMatchObject({
          from: parseEdtf(first).from,
          until: parseEdtf(last).until,
        });
      }),
    );
  });

  it('is a date or a DateError, whatever is typed', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'0123456789-/.X~?%T:Z+[]{} ESY'), maxLength: 30 });
    fc.assert(
      fc.property(keys, (text) => {
        try {
          parseEdtf(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DateError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function refusalOf(text: string): string {
  try {
    parseEdtf(text);
  } catch (error) {
    if (error instanceof DateError) return error.detail;
    throw error;
  }
  throw new Error(`“${text}” was taken`);
}

function bare(edtf: string): string {
  return edtf.replace(/[?~%]$/, '');
}

/** A number that orders bounds, years before 0 and after 9999 included. */
function order(iso: string): number {
  const [, year = '', rest = ''] = /^([+-]?\d+)(-.*)$/.exec(iso) ?? [];
  return Number(year) * 10_000_000_000 + Number(rest.replace(/\D/g, ''));
}
