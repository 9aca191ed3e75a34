import { describe, expect, it } from '@jest/globals';
import {
  claimReview,
  type ReviewedClaim,
  type ReviewVerdict,
  verdictReview,
} from '../../src/domain/exchange/claim-review.ts';
import { verdictStatuses, words } from '../../src/domain/vocabulary.ts';
import { parseEdtf } from '../../src/lib/dates.ts';
import { isoWithin } from '../../src/lib/iso-within.ts';

const us = { name: 'Record Check', url: 'https://record.example.org' };
const party = { name: 'Ada Moss', kind: 'person', url: 'https://record.example.org/people/ada-moss', externalIds: {} };
const ours = (more: Partial<ReviewVerdict> = {}): ReviewVerdict => ({
  id: '0193a5c0-0000-7000-8000-000000000001',
  ours: true,
  by: { ...party, name: 'Record Check', kind: 'organization' },
  status: 'false',
  label: 'False',
  summary: 'It was open',
  explanation: null,
  url: null,
  decidedAt: parseEdtf('2026-03-20'),
  evidence: ['https://council.example.org/minutes'],
  ...more,
});
const claim = (...verdicts: ReviewVerdict[]): ReviewedClaim => ({
  id: '0193a5c0-0000-7000-8000-000000000000',
  url: 'https://record.example.org/claims/the-bridge',
  text: 'The bridge was closed',
  language: 'en',
  said: { on: parseEdtf('2026-03-14~'), by: party },
  appearances: ['https://council.example.org/14-march'],
  verdicts,
});

describe('the markup of a claim', () => {
  it('is a ClaimReview by our verdict that stands', () => {
    expect(claimReview(claim(ours()), us)).toEqual({
      '@type': 'ClaimReview',
      '@id': 'https://record.example.org/claims/the-bridge#verdict',
      identifier: 'urn:uuid:0193a5c0-0000-7000-8000-000000000001',
      url: 'https://record.example.org/claims/the-bridge',
      claimReviewed: 'The bridge was closed',
      inLanguage: 'en',
      author: { '@type': 'Organization', name: 'Record Check', url: 'https://record.example.org' },
      datePublished: '2026-03-20',
      reviewRating: { '@type': 'Rating', alternateName: 'False', ratingValue: 1, bestRating: 5, worstRating: 1 },
      name: 'It was open',
      citation: [{ '@type': 'CreativeWork', url: 'https://council.example.org/minutes' }],
      itemReviewed: {
        '@type': 'Claim',
        '@id': 'https://record.example.org/claims/the-bridge',
        identifier: 'urn:uuid:0193a5c0-0000-7000-8000-000000000000',
        url: 'https://record.example.org/claims/the-bridge',
        text: 'The bridge was closed',
        inLanguage: 'en',
        author: { '@type': 'Person', name: 'Ada Moss', url: party.url },
        datePublished: '2026-03',
        firstAppearance: { '@type': 'CreativeWork', url: 'https://council.example.org/14-march' },
        appearance: [{ '@type': 'CreativeWork', url: 'https://council.example.org/14-march' }],
      },
    });
  });

  it('is a Claim alone without a verdict of ours, whatever others found', () => {
    const theirs = ours({ ours: false, label: 'Pants on Fire!' });
    expect(claimReview(claim(theirs), us)).toMatchObject({ '@type': 'Claim', text: 'The bridge was closed' });
    expect(claimReview(claim(), us)).not.toHaveProperty('reviewRating');
  });

  it.each(words(verdictStatuses))('has a number for %s only where the vocabulary has one', (status) => {
    const { label, ratingValue } = verdictStatuses[status];
    const { reviewRating } = verdictReview(claim(), ours({ status, label }), us) as { reviewRating: object };
    expect(reviewRating).toEqual({
      '@type': 'Rating',
      alternateName: label,
      ...(ratingValue !== null && { ratingValue, bestRating: 5, worstRating: 1 }),
    });
  });

  it('gives others their own label and address, and no number', () => {
    const url = 'https://fact.example.com/bridge';
    const theirs = ours({ ours: false, by: { ...party, name: 'Fact Example' }, label: 'Pants on Fire!', url });
    expect(verdictReview(claim(), theirs, us)).toMatchObject({
      url,
      author: { name: 'Fact Example' },
      reviewRating: { '@type': 'Rating', alternateName: 'Pants on Fire!' },
    });
    expect(JSON.stringify(verdictReview(claim(), theirs, us))).not.toContain('ratingValue');
  });
});

describe('an imprecise date as plain ISO 8601', () => {
  it.each([
    ['2025-02-08', '2025-02-08'],
    ['2025-02', '2025-02'],
    ['2025', '2025'],
    ['2025-02-10~', '2025-02'],
    ['2025-02-08/2025-02-09', '2025-02'],
    ['2025-01-31~', '2025'],
    ['2025-22', '2025'],
    ['2025-02-09T14:30:00+03:00', '2025-02-09T14:30:00+03:00'],
    ['2024-12-31/2025-01-01', undefined],
    ['../2025-02-08', undefined],
    ['201X', undefined],
    ['-0044-03-15', undefined],
  ])('%s is within %s', (edtf, iso) => {
    expect(isoWithin(parseEdtf(edtf))).toBe(iso);
  });
});
