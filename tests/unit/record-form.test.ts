import { describe, expect, it } from '@jest/globals';
import { recordForms } from '../../src/domain/exchange/record-form.ts';

const id = (n: number) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

describe('the exchange form', () => {
  it('takes records that refer to each other by id, as our exports do', () => {
    const statement = {
      type: 'statement',
      id: id(1),
      person: id(2),
      quoteKind: 'verbatim',
      quote: 'The bridge is closed.',
      language: 'en',
      saidOn: '2025-02-08~',
      sources: [{ citationId: id(3), id: id(4), role: 'primary', excerpt: { start: 12.5, end: null } }],
      derivations: [{ id: id(5), source: id(4), from: id(6), relation: 'quotes' }],
      positions: [{ id: id(7), claim: id(8), stance: 'asserts', repliesTo: null, repeatOfEarlier: true }],
      state: 'withdrawn',
      withdrawnBecause: 'It was another bridge.',
    };
    expect(recordForms.statement.parse(statement)).toMatchObject(statement);
  });

  it('takes records that refer to each other by the keys of where they come from', () => {
    const verdict = {
      type: 'verdict',
      key: 'https://checker.example.org/review/1',
      claim: { key: 'https://checker.example.org/claim/1' },
      by: { name: 'A Checker', kind: 'organization' },
      status: 'false',
      nativeLabel: 'Pants on fire',
    };
    expect(recordForms.verdict.parse(verdict)).toEqual({ ...verdict, evidence: [] });
  });

  it('refuses what it does not know, by name', () => {
    const { error } = recordForms.topic.safeParse({ type: 'topic', name: 'Roads', colour: 'red' });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['colour'] }]);
  });
});
