import { type RawBuilder, sql } from 'kysely';
import { addressOf, dateJson, jsonObject } from '../../db/json.ts';
import { personRef } from '../people/person-json.ts';
import { membersOf, ourVerdict, verdictsOn } from '../verdicts/verdict-json.ts';
import { HIT } from './snippet.ts';

const hit = { type: sql<string>`s.type`, score: sql<number>`s.score::float8` };
const marked = (language: string, words: string) =>
  sql<
    string | null
  >`text_marked(coalesce(${sql.ref(language)}, 'und'), ${sql.ref(words)}, asked.marks, ${sql.lit(HIT.start)}, ${sql.lit(HIT.end)})`;

/** A hit `s` with its record as others refer to it; `marked` is for `segmentsOf`. `asked` is in scope. */
export const hitJson: RawBuilder<unknown> = sql`case s.type
  when 'claim' then (select ${jsonObject({
    ...hit,
    id: sql`claim.id`,
    slug: sql`claim.slug`,
    url: addressOf('claims', 'claim.slug'),
    text: sql`claim.text`,
    language: sql`claim.language`,
    verdict: ourVerdict(verdictsOn(membersOf('claim.id'))),
    marked: marked('claim.language', 'claim.text'),
  })} from claims as claim where claim.id = s.id)
  when 'statement' then (select ${jsonObject({
    ...hit,
    id: sql`statement.id`,
    slug: sql`null`,
    url: addressOf('statements', 'statement.id'),
    quote: sql`statement.quote`,
    quoteKind: sql`statement.quote_kind`,
    language: sql`statement.language`,
    saidOn: dateJson('statement.said'),
    speaker: personRef('statement.person_id'),
    marked: sql`case when text_vector(statement.original_language, statement.original) @@ asked.query
        and not coalesce(text_vector(statement.language, statement.quote) @@ asked.query, false)
      then ${marked('statement.original_language', 'statement.original')}
      else ${marked('statement.language', 'statement.quote')} end`,
  })} from statements as statement where statement.id = s.id)
  when 'person' then (select ${jsonObject({
    ...hit,
    id: sql`person.id`,
    slug: sql`person.slug`,
    url: addressOf('people', 'person.slug'),
    name: sql`person.name`,
    kind: sql`person.kind`,
    marked: marked('person.language', 'person.name'),
  })} from (select people.*, 'und' as language from people) as person where person.id = s.id)
  else (select ${jsonObject({
    ...hit,
    id: sql`source.id`,
    slug: sql`null`,
    url: addressOf('sources', 'source.id'),
    title: sql`source.title`,
    language: sql`source.language`,
    publisher: personRef('source.publisher_id'),
    publishedOn: dateJson('source.published'),
    marked: marked('source.language', 'source.title'),
  })} from sources as source where source.id = s.id) end`;
