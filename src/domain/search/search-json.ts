import { type RawBuilder, sql } from 'kysely';
import { addressOf, dateJson, jsonObject } from '../../db/json.ts';
import { canonicalId, personRef } from '../people/person-json.ts';
import { membersOf, ourStatus, ourVerdict, verdictsOn } from '../verdicts/verdict-json.ts';
import { type Audience, isPublicPerson, isVisible } from '../visibility.ts';
import { HIT } from './snippet.ts';

/** Values of one facet that are told, those with the most records. */
const MOST_VALUES = 20;

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

/** How many hits have which type, person, status, topic, year, language and publisher, the most frequent first. */
export function facetsJson(audience: Audience): RawBuilder<unknown> {
  const onStatement = sql`join positions as p on p.statement_id = hits.id and hits.type = 'statement'
    join claims as m on m.id = p.claim_id join claims as claim on claim.id = m.canonical_id and ${isVisible('claim', audience)}`;
  const onClaim = sql`join claims as claim on claim.id = hits.id and hits.type = 'claim'`;
  const saying = sql`join statements as r on r.id = hits.id and hits.type = 'statement'`;
  const source = sql`join sources as source on source.id = hits.id and hits.type = 'source'`;
  const cited = (
    column: string,
  ) => sql`join citations as c on ${sql.ref(`c.${column}_id`)} = hits.id and hits.type = ${sql.lit(column)}
    join sources as source on source.id = c.source_id`;
  const values = [
    sql`select 'type', hits.type, type, id from hits`,
    sql`select 'status', ${ourStatus(membersOf('claim.id'))}, type, hits.id from hits ${onClaim}`,
    sql`select 'status', ${ourStatus(membersOf('claim.id'))}, type, hits.id from hits ${onStatement}`,
    sql`select 'topic', ct.topic_id::text, type, hits.id from hits ${onClaim} join claim_topics as ct on ct.claim_id = any(${membersOf('claim.id')})`,
    sql`select 'topic', ct.topic_id::text, type, hits.id from hits ${onStatement} join claim_topics as ct on ct.claim_id = any(${membersOf('claim.id')})`,
    sql`select 'person', id::text, type, id from hits where type = 'person'`,
    sql`select 'person', ${canonicalId('r.person_id')}::text, type, hits.id from hits ${saying}`,
    sql`select 'person', ${canonicalId('r.on_behalf_of_id')}::text, type, hits.id from hits ${saying}`,
    sql`select 'person', ${canonicalId('cp.person_id')}::text, type, hits.id from hits ${onClaim} join claim_people as cp on cp.claim_id = any(${membersOf('claim.id')})`,
    sql`select 'person', ${canonicalId('r.person_id')}::text, type, hits.id from hits ${onClaim}
      join positions as p on p.claim_id = any(${membersOf('claim.id')}) join statements as r on r.id = p.statement_id and ${isVisible('r', audience)}`,
    sql`select 'year', to_char(r.said_order, 'YYYY'), type, hits.id from hits ${saying} where isfinite(r.said_order)`,
    sql`select 'year', to_char(r.said_order, 'YYYY'), type, hits.id from hits ${onClaim}
      join positions as p on p.claim_id = any(${membersOf('claim.id')}) join statements as r on r.id = p.statement_id and ${isVisible('r', audience)} and isfinite(r.said_order)`,
    sql`select 'year', to_char(source.published_from, 'YYYY'), type, hits.id from hits ${source} where isfinite(source.published_from)`,
    sql`select 'language', lower(split_part(r.language, '-', 1)), type, hits.id from hits ${saying}`,
    sql`select 'language', lower(split_part(claim.language, '-', 1)), type, hits.id from hits ${onClaim}`,
    sql`select 'language', lower(split_part(source.language, '-', 1)), type, hits.id from hits ${source}`,
    sql`select 'publisher', ${canonicalId('source.publisher_id')}::text, type, hits.id from hits ${source}`,
    sql`select 'publisher', ${canonicalId('source.publisher_id')}::text, type, hits.id from hits ${cited('statement')}`,
    sql`select 'publisher', ${canonicalId('source.publisher_id')}::text, type, hits.id from hits ${cited('claim')}`,
    sql`select 'publisher', ${canonicalId('v.publisher_id')}::text, type, hits.id from hits ${onClaim}
      join verdicts as v on v.claim_id = any(${membersOf('claim.id')}) and v.state = 'published'`,
  ];
  const list = (facet: string, value: RawBuilder<unknown>) =>
    sql`coalesce((select json_agg(${value} order by counted.n desc, counted.value)
      from counted where counted.facet = ${sql.lit(facet)} and counted.place <= ${sql.lit(MOST_VALUES)}), '[]'::json)`;
  const plain = jsonObject({ value: sql`counted.value`, count: sql`counted.n` });
  const person = jsonObject({
    value: sql`counted.value`,
    count: sql`counted.n`,
    person: personRef('counted.value_id'),
  });
  const topic = jsonObject({
    value: sql`counted.value`,
    count: sql`counted.n`,
    topic: sql`(select ${jsonObject({ id: sql`topics.id`, slug: sql`topics.slug`, url: addressOf('topics', 'topics.slug'), name: sql`topics.name` })}
      from topics where topics.id = counted.value_id)`,
  });
  const byId = ['person', 'topic', 'publisher'].map((facet) => sql.lit(facet));
  const shown =
    audience === 'public'
      ? sql`(counted.facet not in ('person', 'publisher') or ${isPublicPerson('counted.value_id')})`
      : sql`true`;
  return sql`(
    with counted as materialized (
      select * from (
        select value.*, row_number() over (partition by value.facet order by value.n desc, value.value) as place,
               case when value.facet in (${sql.join(byId)}) then value.value::uuid end as value_id
          from (select facet, value, count(distinct (type, id)) as n
                  from (${sql.join(values, sql` union all `)}) as each (facet, value, type, id)
                 where value is not null group by facet, value) as value) as counted
       where counted.place <= ${sql.lit(MOST_VALUES)} and ${shown})
    select ${jsonObject({
      type: list('type', plain),
      person: list('person', person),
      status: list('status', plain),
      topic: list('topic', topic),
      year: list('year', plain),
      language: list('language', plain),
      publisher: list('publisher', person),
    })})`;
}
