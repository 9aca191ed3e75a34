import { describe, expect, it } from '@jest/globals';
import { answersTyped, FOUND, nameKeys, saysName, typedName } from '../../src/lib/name-keys.ts';
import { LIKELY_SAME, nameSimilarity, nameWords, soundsOf } from '../../src/lib/names.ts';

describe('nameWords()', () => {
  it.each([
    ['Зеленський, Володимир', 'zelenskiy volodimir'],
    ['Recep Tayyip ERDOĞAN', 'recep tayyip erdogan'],
    ['Κυριάκος Μητσοτάκης', 'kyriakos mitsotakis'],
    ['ბარაკ ობამა', 'barak obama'],
    ['Բարակ Օբամա', 'barak obama'],
    ['باراك أوباما', 'barak aubama'],
    ['习近平', 'xi jinping'],
    ['Darragh O’Brien', 'darragh obrien'],
    ['🙂 !?', ''],
  ])('%s: %s', (name, words) => {
    expect(nameWords(name).join(' ')).toBe(words);
  });
});

describe('soundsOf()', () => {
  it('hears one sound in all spellings of a word', () => {
    for (const word of ['zelenskyy', 'selenskyj', 'zelensky', 'zelenskiy']) expect(soundsOf(word)).toEqual(['slnsk']);
  });

  it('hears two where letters are spoken in two ways', () => {
    expect(soundsOf('michael')).toEqual(['msl', 'mkl']);
  });
});

describe('nameSimilarity()', () => {
  it.each([
    ['Володимир Зеленський', 'Wolodymyr Selenskyj'],
    ['Дмитрий Песков', 'Dmitry Peskov'],
    ['PESKOV, Dmitri', 'Dmitry Peskov'],
    ['Andriy Yermak', 'Andrii Jermak'],
    ['Barack Obama', 'Барак Обама'],
    ['Angela Merkle', 'Dr. Angela Merkel'],
  ])('takes %s and %s for likely the same', (one, other) => {
    expect(nameSimilarity(one, other)).toBeGreaterThanOrEqual(LIKELY_SAME);
    expect(nameSimilarity(other, one)).toBeCloseTo(nameSimilarity(one, other), 10);
  });

  it.each([
    ['Dmitry Medvedev', 'Dmitry Peskov'],
    ['Michelle Obama', 'Barack Obama'],
    ['Ada Moss', 'Ben Ruiz'],
    ['🙂', 'Ada Moss'],
  ])('takes %s and %s for different', (one, other) => {
    expect(nameSimilarity(one, other)).toBeLessThan(LIKELY_SAME);
  });

  it('is 1 for the same words in another order, and never more', () => {
    expect(nameSimilarity('Smith, John', 'John Smith')).toBe(1);
  });
});

describe('answersTyped()', () => {
  const answers = (typed: string, name: string) => answersTyped(typedName(typed)!.words, name);

  it('is best for the whole name, then for its beginning, then for another spelling', () => {
    const scores = ['Dmitry Peskov', 'Peskov', 'pesk', 'Pieskow'].map((typed) => answers(typed, 'Dmitry Peskov'));
    expect(scores[0]).toBe(1);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.at(-1)).toBeGreaterThanOrEqual(FOUND);
  });

  it('finds by the beginning of another spelling, in any order, and with a word too many', () => {
    for (const typed of ['selens', 'Зелен', 'zelen volod', 'Volodymyr Oleksandrovych Zelensky'])
      expect(answers(typed, 'Volodymyr Zelenskyy')).toBeGreaterThanOrEqual(FOUND);
  });

  it('is 0 where a word typed is not in the name', () => {
    expect(answers('Dmitry Medvedev', 'Dmitry Peskov')).toBe(0);
  });
});

describe('keys of names', () => {
  it('are words, their sounds, and sounds short of a consonant', () => {
    expect(nameKeys('Ada Moss')).toBe('ada moss adamoss =at =ms =atms ~at ~ms');
    expect(nameKeys('Peskov')).toBe('peskov =pskf ~pskf ~skf ~pkf ~psf ~psk');
  });

  it('are none of what has no sound', () => {
    expect(nameKeys('H G Wells').split(' ')).not.toContain('');
    expect(nameKeys('h')).toBe('h');
    expect(Object.values(typedName('h g')!).join()).not.toContain("''");
  });

  it('are none of signs alone', () => {
    expect(nameKeys('— !')).toBe('');
    expect(typedName('— !')).toBeUndefined();
  });
});

describe('saysName()', () => {
  it.each([
    ['Selenskyj', 'Volodymyr Zelenskyy', 'spelt'],
    ['Зеленський', 'Volodymyr Zelenskyy', 'spelt'],
    ['Zeleskyy', 'Volodymyr Zelenskyy', 'spelt'],
    ['Trmp', 'Donald Trump', 'spelt'],
    ['strange', 'Luther Strange', 'spelt'],
    ['Дмитрий Песков', 'Dmitry Peskov', 'spelt'],
    ['war', 'Elizabeth Warren', 'begun'],
    ['Зелен', 'Володимир Зеленський', 'begun'],
    ['стран', 'Luther Strange', 'sounds'],
    ['Зелен', 'Volodymyr Zelenskyy', 'sounds'],
  ])('takes “%s” for %s: %s', (typed, name, said) => {
    expect(saysName(typed, name)).toBe(said);
  });
});
