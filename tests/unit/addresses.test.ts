import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AddressError, canonicalAddress, parseAddress } from '../../src/lib/addresses.ts';

describe('the canonical address', () => {
  it.each([
    ['https://bbc.com/news/a', 'http://www.BBC.com:80/news/a/'],
    ['https://bbc.com/news/a', 'https://bbc.com/news/a?utm_source=x&UTM_Medium=y&fbclid=1&gclid=2#comments'],
    ['https://bbc.com/news/a', 'https://bbc.com/news/a#:~:text=spoken'],
    ['https://bbc.com/a?x=1&y=2', 'https://bbc.com/a?y=2&x=1'],
    ['https://bbc.com', 'https://bbc.com/'],
    ['https://ru.wikipedia.org/wiki/Песков', 'https://ru.wikipedia.org/wiki/%d0%9f%d0%b5%d1%81%d0%ba%d0%be%d0%b2'],
    ['https://кремль.рф/a', 'https://xn--e1ajeds9e.xn--p1ai/a'],
  ])('is one for %s and %s', (a, b) => {
    expect(canonicalAddress(a)).toBe(canonicalAddress(b));
  });

  it.each([
    ['https://bbc.com/A', 'https://bbc.com/a'],
    ['https://bbc.com/a?id=1', 'https://bbc.com/a?id=2'],
    ['https://bbc.com/a?x=1&x=2', 'https://bbc.com/a?x=2&x=1'],
    ['https://m.bbc.com/a', 'https://bbc.com/a'],
    ['https://bbc.com:8443/a', 'https://bbc.com/a'],
    ['http://bbc.com:8080/a', 'https://bbc.com:8080/a'],
    ['https://bbc.com/a/index.html', 'https://bbc.com/a'],
    ['https://app.example/#/a', 'https://app.example/#/b'],
    ['https://app.example/#!a', 'https://app.example/#!b'],
    ['https://bbc.com/a%252Fb', 'https://bbc.com/a%2Fb'],
    ['https://bbc.com/a?ref=x', 'https://bbc.com/a'],
    ['https://bbc.com/?path=/a/', 'https://bbc.com/?path=/a'],
    ['https://site.ru/?id=%E0', 'https://site.ru/?id=%E5'],
    ['https://web.archive.org/web/2020/http://bbc.com/a', 'https://web.archive.org/web/2021/http://bbc.com/a'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(canonicalAddress(a)).not.toBe(canonicalAddress(b));
  });

  it('stands beside the address as it was given', () => {
    expect(parseAddress('http://www.bbc.com/a#x')).toEqual({
      original: 'http://www.bbc.com/a#x',
      canonical: 'https://bbc.com/a',
    });
  });

  it.each([
    ['bbc.com/a', 'begin with https://'],
    ['ftp://bbc.com/a', 'begin with https://'],
    ['javascript:alert(1)', 'begin with https://'],
    ['', 'begin with https://'],
    ['https://', 'cannot be read'],
    ['https://bbc.com:99999/', 'cannot be read'],
    ['https://user:secret@bbc.com/', 'password'],
    ['https://user@bbc.com/', 'password'],
    ['https://bbc.com/a b', 'a space'],
    ['https://bbc.com/a\u0000', 'control character'],
    ['https://bbc.com/a%0Ab', 'line break'],
    [`https://bbc.com/${'a'.repeat(2048)}`, 'at most 2048'],
    [`https://bbc.com/${'я'.repeat(1000)}`, 'at most 2048'],
  ])('refuses “%.40s” with “%s”', (text, part) => {
    expect(() => canonicalAddress(text)).toThrow(AddressError);
    expect(() => canonicalAddress(text)).toThrow(part);
  });

  it('is the same when taken again', () => {
    const url = fc.webUrl({ withQueryParameters: true, withFragments: true }).filter((text) => !/%0[9ad]/i.test(text));
    fc.assert(
      fc.property(url, (text) => {
        const canonical = canonicalAddress(text);
        expect(canonicalAddress(canonical)).toBe(canonical);
      }),
      { numRuns: 1000 },
    );
  });

  it('loses no parameter and no value', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab&=?#%+ /я'), maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            word.map((name) => `n${name}`),
            word,
          ),
          { maxLength: 4 },
        ),
        (pairs) => {
          const asked = new URLSearchParams(pairs);
          const kept = new URL(canonicalAddress(`https://bbc.com/a?${asked}`)).searchParams;
          asked.sort();
          expect([...kept]).toEqual([...asked]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
