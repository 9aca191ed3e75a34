import { describe, expect, it } from '@jest/globals';
import { statusOf } from '../../src/domain/exchange/verdict-labels.ts';

describe('the status that a label means', () => {
  it.each([
    ['Pants on Fire!', 'false'],
    ['Four Pinocchios', 'false'],
    ['Half True', 'mixed'],
    ['Barely True', 'mostly_false'],
    ['FAUX', 'false'],
    ['C’est plus compliqué', 'mixed'],
    ['Falso', 'false'],
    ['Verdadeiro, mas', 'mostly_true'],
    ['Engañoso', 'misleading'],
    ['irreführend', 'misleading'],
    ['IRREFUHREND', 'misleading'],
    ['größtenteils falsch', 'mostly_false'],
    ['Неправда', 'false'],
    ['Impossível provar', 'unverifiable'],
    ['Promise Broken', 'broken'],
  ])('of “%s” is %s', (label, status) => {
    expect(statusOf(label)).toBe(status);
  });

  it.each(['Not really, charts say', '4', '1/5', '', '???'])('of “%s” is unknown', (label) => {
    expect(statusOf(label)).toBeUndefined();
  });
});
