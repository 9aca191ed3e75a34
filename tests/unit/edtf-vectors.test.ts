import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DateError, parseEdtf } from '../../src/lib/dates.ts';

/*
 * The public suites of edtf.js and edtf-validate, where they lie beside the checkout. They disagree with each other;
 * src/lib/edtf.ts says what we keep. Here the same decisions stand as patterns: whatever we refuse although a suite
 * calls it level 0 or 1 must match one of REFUSED, whatever we take although it doesn't, one of TAKEN.
 */
const file = new URL('../../../shared/data/edtf/vectors.json', import.meta.url);
const REFUSED: [string, RegExp][] = [
  ['says nothing about when', /^(\.\.)?\/(\.\.)?$|^XXXX/],
  ['a century', /^-?\d\d$/],
  ['out of the years', /^Y-?\d|^-(4[89]|[5-9]\d)\d\d/],
  ['a fraction of a second', /:\d\d\.\d/],
  ['midnight as 24:00', /T24/],
  ['an offset without a colon', /[+-]\d{4}$/],
];
const TAKEN: [string, RegExp][] = [
  ['a qualified season', /^-?\d{4}-2[1-4][?~%]$/],
  ['seasons in an interval', /^\d{4}-2[1-4]\/\d{4}-2[1-4]$/],
];

type Vectors = {
  edtf_validate: Record<string, string[]>;
  edtfjs_accept: Record<string, number | null>;
  edtfjs_reject: string[];
};

const describeIfPresent = existsSync(file) ? describe : describe.skip;

describeIfPresent('the public EDTF suites', () => {
  const vectors: Vectors = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { edtf_validate: {}, edtfjs_accept: {}, edtfjs_reject: [] };
  const ofLevel = (...levels: (number | null)[]) =>
    Object.keys(vectors.edtfjs_accept).filter((text) => levels.includes(vectors.edtfjs_accept[text] ?? null));
  const named = (...names: string[]) => names.flatMap((name) => vectors.edtf_validate[name] ?? []);

  it('edtf-validate: levels 0 and 1 are taken, but for our profile', () => {
    expect(
      unexplained(
        named('Level0', 'Level1').filter((text) => !isTaken(text)),
        REFUSED,
      ),
    ).toEqual([]);
  });

  it('edtf-validate: level 2 and all invalid ones are refused, but for our profile', () => {
    const others = named('Level2', 'invalid_edtf_dates', 'invalid_edtf_intervals', 'invalid_edtf_datetimes');
    expect(unexplained(others.filter(isTaken), TAKEN)).toEqual([]);
  });

  it('edtf.js: levels 0 and 1 are taken, but for our profile', () => {
    expect(
      unexplained(
        ofLevel(0, 1, null).filter((text) => !isTaken(text)),
        REFUSED,
      ),
    ).toEqual([]);
  });

  it('edtf.js: level 2 and all invalid ones are refused, but for our profile', () => {
    expect(unexplained([...ofLevel(2), ...vectors.edtfjs_reject].filter(isTaken), TAKEN)).toEqual([]);
  });
});

function isTaken(text: string): boolean {
  try {
    parseEdtf(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(DateError);
    return false;
  }
}

function unexplained(texts: string[], reasons: [string, RegExp][]): string[] {
  return texts.filter((text) => !reasons.some(([, pattern]) => pattern.test(text)));
}
