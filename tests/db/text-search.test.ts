import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();

async function one<T>(query: ReturnType<typeof sql<{ value: T }>>): Promise<T> {
  return (await query.execute(database.db)).rows[0]!.value;
}

/** Whether a text in a language is found by what somebody types, without knowing the language. */
const finds = (typed: string, language: string, words: string, unwanted = '') =>
  one(sql<{ value: boolean }>`
    select text_vector(${language}::text, ${words}::text)
      @@ text_query(array['en', ${language}]::text[], array[${typed}]::text[], array[${unwanted}]::text[]) as value`);

describe('text_vector() and text_query()', () => {
  it.each([
    ['en', 'He denied that the talks had ended', 'denies talk'],
    ['de', 'Die Wähler haben sich für den Präsidenten entschieden', 'Wählern Präsident'],
    ['fr', 'La ministre a déclarée la guerre terminée', 'déclarer guerres'],
    ['es', 'Las declaraciones del ministro sobre la elección', 'declaración elecciones'],
    ['pt', 'O presidente não confirmou as negociações', 'negociação presidentes'],
    ['uk', 'Росія не визнала, що війна триває', 'війною'],
    ['uk', 'Слова президента про мову', 'президент'],
    ['ru', 'Он заявил о переговорах', 'переговоры'],
    ['it', 'Le dichiarazioni del ministro', 'dichiarazione'],
  ])('finds words in any form: %s “%s” by “%s”', async (language, words, typed) => {
    expect(await finds(typed, language, words)).toBe(true);
  });

  it.each([
    ['fr', 'La ministre a été élue à Orléans', 'elue orleans'],
    ['de', 'Die Straße nach Köln', 'strasse koln'],
    ['es', 'La elección en España', 'eleccion espana'],
    ['ru', 'Всё ещё идёт', 'все еще идет'],
    ['en', 'A café in Malmö', 'CAFE malmo'],
    ['cs', 'Příliš žluťoučký kůň', 'zlutoucky kun'],
  ])('finds words without their accents and in any case: %s “%s” by “%s”', async (language, words, typed) => {
    expect(await finds(typed, language, words)).toBe(true);
  });

  it('finds a composed word by a decomposed one', async () => {
    expect(await finds('Zo\u00eb', 'en', 'It was Zoe\u0308 who said so')).toBe(true);
  });

  it('wants all the words, a phrase as it stands, and none of what is unwanted in any language', async () => {
    const text = 'The bridge was closed for a week';
    expect(await finds('bridge weeks', 'en', text)).toBe(true);
    expect(await finds('bridge month', 'en', text)).toBe(false);
    expect(await finds('"closed for a week"', 'en', text)).toBe(true);
    expect(await finds('"week closed"', 'en', text)).toBe(false);
    expect(await finds('bridge', 'en', text, 'closing')).toBe(false);
    expect(await finds('brücke', 'de', 'Die Brücke ist seit Wochen gesperrt', 'Woche')).toBe(false);
    expect(await finds('month OR week', 'en', text)).toBe(true);
  });

  it('never errs, whatever is typed', async () => {
    for (const typed of ['', '   ', "'", '\\', '!!! & | <-> :*', '"', '()', '-', 'or', 'a:*b', '🙂', 'the', '\u200b'])
      expect(await finds(typed, 'en', 'Nothing of the kind')).toBe(false);
  });

  it('has a configuration for every language tag, and keeps words as they are where it has no stemmer', async () => {
    const config = (language: string) => one(sql<{ value: string }>`select text_config(${language})::text as value`);
    expect(await config('pt-BR')).toBe('text_portuguese');
    expect(await config('EN')).toBe('text_english');
    expect(await config('cs')).toBe('text_simple');
    expect(await config('und')).toBe('text_simple');
  });
});
