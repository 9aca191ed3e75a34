import { type RawBuilder, sql } from 'kysely';
import { type Param, unseen } from '../../db/prepared.ts';
import { canonicalId } from '../people/person-json.ts';
import { isUnderTopic } from '../topics/is-under-topic.ts';
import { anyStatusIn, membersOf, ourStatus, verdictsOn } from '../verdicts/verdict-json.ts';
import { type Audience, isPublicSource, isVisible } from '../visibility.ts';

/** Records that are found, and counted. */
export const MOST_HITS = 5000;
/** Of each type, where what is looked for is in more claims alone; and of each that are counted where there are more. */
const FEW_HITS = 200;
/** Of these, the newest, it is told how well the words fit; a word that more have says little about any of them. */
const MOST_RANKED = 200;

export interface HitsShape {
  given: string[];
  audience: Audience;
  /** Whether more claims than are found have the words, by the last count of words. */
  isCommon: boolean;
}

type Values = Record<string, unknown>;

const mostOf = ({ isCommon }: HitsShape) => sql.lit((isCommon ? FEW_HITS : MOST_HITS) + 1);
const any = (param: RawBuilder<unknown>) => sql`any(${param}::text[])`;
const primary = (tag: RawBuilder<unknown>) => sql`lower(split_part(${tag}, '-', 1))`;

/** Filters that leave out whatever cannot have what they ask for. */
const NOT_OF_PEOPLE = ['from', 'to', 'status', 'anyStatus', 'stance', 'topic', 'language', 'publisher'];
const NOT_OF_SOURCES = ['status', 'anyStatus', 'stance', 'topic'];

/**
 * `asked` (the query, and `marks`, which finds each word of it by itself), `hits`: a row a record found, with its type and
 * score from 0 to 1, `all_found`: whether these are all, and `counted_hits`, those that are counted. PostgreSQL marks by way of every combination of what an OR has, so what is marked has no AND within an OR: of ten
 * words in eight languages there would be 10^8.
 */
export function hitsOf(shape: HitsShape, param: Param<Values>): RawBuilder<unknown> {
  const gives = (name: string) => shape.given.includes(name);
  const branches = [
    sql`select 'claim' as type, id, max(score) as score from (${claims(shape, param)}) as found group by id`,
    sql`select 'statement', id, max(score) from (${statements(shape, param)}) as found group by id`,
    ...(NOT_OF_PEOPLE.some(gives) ? [] : [people(shape, param)]),
    ...(NOT_OF_SOURCES.some(gives) ? [] : [sources(shape, param)]),
  ];
  return sql`
    asked as materialized (
      select text_query(${param('languages')}::text[], ${param('wanted')}::text[], ${param('unwanted')}::text[]) as query,
             text_query(${param('languages')}::text[], each.words, array_fill(''::text, array[cardinality(each.words)])) as marks
        from (select ${param('each')}::text[] as words) as each),
    meant as materialized (
      select member.id, max(meant.score) as score
        from unnest(${unseen(param('meantIds'), 'uuid[]')}, ${unseen(param('meantScores'), 'numeric[]')}) as meant (id, score)
        join people as member on member.canonical_id = meant.id group by member.id),
    hits as materialized (
      select hit.type, hit.id, round(hit.score::numeric, 4) as score
        from (${sql.join(branches, sql` union all `)}) as hit
       where ${gives('type') ? sql`hit.type = ${any(param('type'))}` : sql`true`}),
    all_found as materialized (select ${
      shape.isCommon
        ? sql`not exists (select from hits group by hits.type having count(*) > ${sql.lit(FEW_HITS)})`
        : sql`(select count(*) from hits) <= ${sql.lit(MOST_HITS)}`
    } as complete),
    counted_hits as materialized (
      select hits.type, hits.id from hits where (select all_found.complete from all_found)
      union all
      select hits.type, hits.id from (
        select hits.*, row_number() over (partition by hits.type order by hits.id desc) as n
          from hits where not (select all_found.complete from all_found)) as hits
       where hits.n <= ${sql.lit(FEW_HITS)})`;
}

const query = sql`(select asked.query from asked)`;

/** How well words fit: from 0 to 1, more where more of them stand closer together in a shorter text. */
const fits = (vector: RawBuilder<unknown>, n: RawBuilder<unknown>) => sql`
  case when ${n} > ${sql.lit(MOST_RANKED)} then 0 else (
    select ts_rank_cd(text.words, ${query}, 1 | 32) + ts_rank(text.words, ${query})
      from (select ${vector} as words offset 0) as text) end`;

function claims(shape: HitsShape, param: Param<Values>): RawBuilder<unknown> {
  const person = sql`${param('person')}::uuid`;
  const position = (condition: RawBuilder<unknown>) => sql`exists (
    select from positions as p join statements as r on r.id = p.statement_id
     where p.claim_id = any(${membersOf('s.id')}) and ${isVisible('r', shape.audience)} and ${condition})`;
  const gives = (name: string) => shape.given.includes(name);
  const within = (prefix: string) => [
    ...(gives('from') ? [sql`${sql.ref(`${prefix}_until`)} > ${param('from')}::timestamp`] : []),
    ...(gives('to') ? [sql`${sql.ref(`${prefix}_from`)} < ${param('to')}::timestamp`] : []),
  ];
  const when = [...within('r.said'), ...(gives('stance') ? [sql`p.stance = ${any(param('stance'))}`] : [])];
  // On what nobody has said anything, it counts when it was judged.
  const judged = sql`(not ${position(sql`true`)} and exists (
    select from ${verdictsOn(membersOf('s.id'))} and ${sql.join(within('v.decided'), sql` and `)}))`;
  const filters: Record<string, RawBuilder<unknown>> = {
    status: sql`${ourStatus(membersOf('s.id'))} = ${any(param('status'))}`,
    anyStatus: anyStatusIn(membersOf('s.id'), sql`${param('anyStatus')}`),
    topic: isUnderTopic('s.id', param),
    language: sql`${primary(sql`s.language`)} = ${any(param('language'))}`,
    person: sql`(exists (select from claim_people as cp where cp.claim_id = any(${membersOf('s.id')}) and ${canonicalId('cp.person_id')} = ${person})
      or ${position(sql`(${canonicalId('r.person_id')} = ${person} or ${canonicalId('r.on_behalf_of_id')} = ${person})`)})`,
    publisher: sql`(exists (select from verdicts as v where v.claim_id = any(${membersOf('s.id')}) and v.state = 'published' and ${canonicalId('v.publisher_id')} = ${param('publisher')}::uuid)
      or exists (select from citations as c join sources as source on source.id = c.source_id
                  where c.claim_id = s.id and ${canonicalId('source.publisher_id')} = ${param('publisher')}::uuid))`,
  };
  const conditions = [
    isVisible('s', shape.audience),
    sql`s.purged_because is null`,
    ...given(shape, filters),
    ...(when.length
      ? [sql`(${position(sql.join(when, sql` and `))} ${gives('stance') ? sql`` : sql`or ${judged}`})`]
      : []),
  ];
  const vector = sql`text_vector(found.language, found.text)`;
  // Looked up one by one: where the planner knows little of new records, it may else find all of `m` again for each.
  const canonical = sql`cross join lateral (
    select s.id from claims as s where s.id = m.canonical_id and ${sql.join(conditions, sql` and `)} offset 0) as s`;
  return sql`
    select found.id, 0.55 + 0.4 * least(1, ${fits(vector, sql`found.n`)}) as score
      from (select f.*, row_number() over (order by f.id desc) as n
              from (select s.id, m.language, m.text
                      from (select * from claims where text_vector(language, text) @@ ${query} limit ${mostOf(shape)}) as m ${canonical}) as f) as found
    union all
    (select s.id, 0.45 * meant.score
       from meant cross join lateral (
         select cp.claim_id from claim_people as cp where cp.person_id = meant.id order by cp.claim_id desc limit ${mostOf(shape)}) as cp
       join claims as m on m.id = cp.claim_id ${canonical} limit ${mostOf(shape)})`;
}

function statements(shape: HitsShape, param: Param<Values>): RawBuilder<unknown> {
  const person = sql`${param('person')}::uuid`;
  const ofPosition: Record<string, RawBuilder<unknown>> = {
    stance: sql`p.stance = ${any(param('stance'))}`,
    status: sql`${ourStatus(membersOf('claim.id'))} = ${any(param('status'))}`,
    anyStatus: anyStatusIn(membersOf('claim.id'), sql`${param('anyStatus')}`),
    topic: isUnderTopic('claim.id', param),
  };
  const position = given(shape, ofPosition);
  const filters: Record<string, RawBuilder<unknown>> = {
    from: sql`s.said_until > ${param('from')}::timestamp`,
    to: sql`s.said_from < ${param('to')}::timestamp`,
    language: sql`${primary(sql`s.language`)} = ${any(param('language'))}`,
    person: sql`(${canonicalId('s.person_id')} = ${person} or ${canonicalId('s.on_behalf_of_id')} = ${person})`,
    publisher: sql`exists (select from citations as c join sources as source on source.id = c.source_id
      where c.statement_id = s.id and ${canonicalId('source.publisher_id')} = ${param('publisher')}::uuid)`,
  };
  const takesPosition = sql`exists (
    select from positions as p join claims as m on m.id = p.claim_id join claims as claim on claim.id = m.canonical_id
     where p.statement_id = s.id and ${isVisible('claim', shape.audience)} and ${sql.join(position, sql` and `)})`;
  const conditions = sql.join(
    [
      isVisible('s', shape.audience),
      sql`s.purged_because is null`,
      ...given(shape, filters),
      ...(position.length ? [takesPosition] : []),
    ],
    sql` and `,
  );
  const byWords = (language: string, words: string) => {
    const [tag, text] = [sql.ref(`found.${language}`), sql.ref(`found.${words}`)];
    return sql`
      select found.id, 0.5 + 0.4 * least(1, ${fits(sql`text_vector(${tag}, ${text})`, sql`found.n`)}) as score
        from (select f.*, row_number() over (order by f.id desc) as n
                from (select s.* from statements as s
                       where text_vector(${sql.ref(`s.${language}`)}, ${sql.ref(`s.${words}`)}) @@ ${query}
                         and ${sql.ref(`s.${words}`)} is not null and ${conditions} limit ${mostOf(shape)}) as f) as found`;
  };
  // Each person's own newest: else the planner may read all statements from the newest on to find those of few people.
  const bySpeaker = (column: string) => sql`
    (select said.id, 0.4 * meant.score from meant cross join lateral (
       select s.id, s.said_order from statements as s where ${sql.ref(`s.${column}`)} = meant.id and ${conditions}
        order by s.said_order desc, s.said_until desc, s.sequence desc, s.id desc limit ${mostOf(shape)}) as said
      order by said.said_order desc, said.id desc limit ${mostOf(shape)})`;
  return sql`${byWords('language', 'quote')} union all ${byWords('original_language', 'original')}
    union all ${bySpeaker('person_id')} union all ${bySpeaker('on_behalf_of_id')}`;
}

/** People were found by their names before. */
function people(shape: HitsShape, param: Param<Values>): RawBuilder<unknown> {
  const person = shape.given.includes('person') ? sql`where named.id = ${param('person')}::uuid` : sql``;
  return sql`select 'person', named.id, named.score
    from unnest(${unseen(param('namedIds'), 'uuid[]')}, ${unseen(param('namedScores'), 'numeric[]')}) as named (id, score) ${person}`;
}

function sources(shape: HitsShape, param: Param<Values>): RawBuilder<unknown> {
  const person = sql`${param('person')}::uuid`;
  const filters: Record<string, RawBuilder<unknown>> = {
    from: sql`s.published_until > ${param('from')}::timestamp`,
    to: sql`s.published_from < ${param('to')}::timestamp`,
    language: sql`${primary(sql`s.language`)} = ${any(param('language'))}`,
    publisher: sql`${canonicalId('s.publisher_id')} = ${param('publisher')}::uuid`,
    person: sql`(${canonicalId('s.publisher_id')} = ${person} or exists (
      select from citations as c join statements as r on r.id = c.statement_id
       where c.source_id = s.id and ${isVisible('r', shape.audience)} and ${canonicalId('r.person_id')} = ${person}))`,
  };
  const conditions = [
    sql`s.purged_because is null`,
    shape.audience === 'public' ? isPublicSource('s.id') : sql`true`,
    ...given(shape, filters),
  ];
  return sql`
    select 'source', found.id, 0.45 + 0.4 * least(1, ${fits(sql`text_vector(coalesce(found.language, 'und'), found.title)`, sql`found.n`)})
      from (select f.*, row_number() over (order by f.id desc) as n
              from (select s.id, s.language, s.title from sources as s
                     where text_vector(coalesce(s.language, 'und'), s.title) @@ ${query} and s.title is not null
                       and ${sql.join(conditions, sql` and `)} limit ${mostOf(shape)}) as f) as found`;
}

const given = (shape: HitsShape, filters: Record<string, RawBuilder<unknown>>) =>
  shape.given.flatMap((name) => filters[name] ?? []);
