import { describe, expect, it } from '@jest/globals';
import { reportInWords } from '../../src/cli/report-in-words.ts';
import { reporter } from '../../src/domain/exchange/report.ts';

describe('the report of an import in words', () => {
  it('says little where there is little to say', () => {
    const { report } = reporter('published');
    report.rows.read = 1;
    report.records.made = { person: 2, claim: 1 };
    expect(reportInWords(report, {})).toBe(
      [
        'read           1 row',
        'made           2 people, 1 claim',
        'already there  nothing',
        'refused        0 rows',
      ].join('\n'),
    );
  });

  it('names each refusal, what to look at, and columns that were not taken; a dry run made nothing', () => {
    const { report, refuse, flag } = reporter('published');
    report.unreadColumns = ['rating', 'date'];
    const place = { line: 3 };
    refuse(place, 'it does not say which claim was reviewed');
    refuse(place, 'follows from it', true);
    flag({ path: '$[1]' }, { code: 'undated', detail: 'the review has no date that can be read' });
    flag({ line: 4 }, { code: 'unknown_label', detail: 'Hm' });
    expect(reportInWords(report, { dryRun: true }).split('\n').slice(1)).toEqual([
      'would make     nothing',
      'already there  nothing',
      'not taken      the columns rating, date',
      'refused        1 row',
      '  line 3: it does not say which claim was reviewed',
      'to look at     1 undated, 1 unknown_label',
      '  $[1]: undated: the review has no date that can be read',
      '  label "Hm", 1 time: kept, as unverified',
    ]);
  });

  it('counts what is not listed', () => {
    const { report, refuse } = reporter('published');
    for (let line = 1; line <= 1002; line++) refuse({ line }, 'no claim');
    expect(reportInWords(report, {})).toContain('  … and 2 more rows');
  });
});
