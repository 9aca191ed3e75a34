import { type RawBuilder, sql } from 'kysely';
import { addressOf, jsonObject } from '../../db/json.ts';
import { personRef } from '../people/person-json.ts';
import { type Audience, isPublicPerson, isPublished, isVisible } from '../visibility.ts';

/** Values of one facet that are told, those with the most records. */
const MOST_VALUES = 20;

/** Years of one date that are counted, as a date may span centuries. */
const MOST_YEARS = 100;

const idsOf = (type: string) =>
  sql`array(select counted_hits.id from counted_hits where counted_hits.type = ${sql.lit(type)})`;
/** A claim and the one that it was merged into, its own id where it was not. */
const member = sql`m.id, m.canonical_id as claim, m.state, m.purged_because, m.language`;
const said = sql`r.id, r.person_id, r.on_behalf_of_id, r.said_from, r.said_until, r.said_order`;

/**
 * What `counted_hits` (type, id) have in common, as parts of a `with`: each table is read once for all of them, by all ids
 * at once, as in `statement-items.ts`. `facet_values` are facet, value and id, each once, so that a value has as many records
 * as the filter of its name would leave.
 */
export function facetParts(audience: Audience): RawBuilder<unknown> {
  return sql`
    facet_said as materialized (
      select ${said}, r.language from statements as r where r.id = any(${idsOf('statement')})),
    facet_positions as materialized (
      select p.statement_id, p.claim_id from positions as p where p.statement_id = any(${idsOf('statement')})),
    facet_named as materialized (
      select ${member} from claims as m
       where m.id = any(array(select facet_positions.claim_id from facet_positions) || ${idsOf('claim')})),
    facet_members as materialized (
      select m.*, m.claim in (select counted_hits.id from counted_hits where counted_hits.type = 'claim') as found
        from (select * from facet_named
              union select ${member} from claims as m
                where m.canonical_id <> m.id and m.canonical_id = any(array(select facet_named.claim from facet_named))
              union select ${member} from claims as m
                where m.id = any(array(select facet_named.claim from facet_named where facet_named.claim <> facet_named.id))) as m),
    facet_claims as materialized (
      select counted_hits.id, counted_hits.id as claim from counted_hits where counted_hits.type = 'claim'
      union select p.statement_id, claim.id from facet_positions as p join facet_named as m on m.id = p.claim_id
        join facet_members as claim on claim.id = m.claim and ${isVisible('claim', audience)}),
    facet_verdicts as materialized (
      select m.claim, m.found, v.id, v.ours, v.status, v.publisher_id, v.decided_from, v.decided_until
        from verdicts as v join facet_members as m on m.id = v.claim_id
       where v.claim_id = any(array(select facet_members.id from facet_members)) and ${isPublished('v')}),
    facet_ours as materialized (
      select distinct on (v.claim) v.claim, v.status from facet_verdicts as v where v.ours
       order by v.claim, v.decided_from desc, v.id desc),
    facet_on_claims as materialized (
      select m.claim, ${said} from positions as p join facet_members as m on m.id = p.claim_id
        join statements as r on r.id = p.statement_id and ${isVisible('r', audience)}
       where p.claim_id = any(array(select facet_members.id from facet_members where facet_members.found))),
    facet_sources as materialized (
      select source.id, source.publisher_id, source.language, source.published_from, source.published_until
        from sources as source where source.id = any(${idsOf('source')})),
    facet_cited as materialized (
      select coalesce(c.statement_id, c.claim_id) as id, source.publisher_id
        from (select c.statement_id, c.claim_id, c.source_id from citations as c where c.statement_id = any(${idsOf('statement')})
              union all
              select c.statement_id, c.claim_id, c.source_id from citations as c where c.claim_id = any(${idsOf('claim')})) as c
        join sources as source on source.id = c.source_id),
    facet_people as materialized (
      select 'person' as facet, facet_said.person_id as person, facet_said.id from facet_said
      union all select 'person', facet_said.on_behalf_of_id, facet_said.id from facet_said
      union all select 'person', r.person_id, r.claim from facet_on_claims as r
      union all select 'person', r.on_behalf_of_id, r.claim from facet_on_claims as r
      union all select 'person', cp.person_id, m.claim from claim_people as cp join facet_members as m on m.id = cp.claim_id
        where cp.claim_id = any(array(select facet_members.id from facet_members where facet_members.found))
      union all select 'person', counted_hits.id, counted_hits.id from counted_hits where counted_hits.type = 'person'
      union all select 'person', s.publisher_id, s.id from facet_sources as s
      union all select 'person', r.person_id, c.source_id from citations as c
        join statements as r on r.id = c.statement_id and ${isVisible('r', audience)} where c.source_id = any(${idsOf('source')})
      union all select 'publisher', s.publisher_id, s.id from facet_sources as s
      union all select 'publisher', c.publisher_id, c.id from facet_cited as c
      union all select 'publisher', v.publisher_id, v.claim from facet_verdicts as v where v.found),
    facet_canonical as materialized (
      select people.id, people.canonical_id from people
       where people.id = any(array(select distinct facet_people.person from facet_people where facet_people.person is not null))),
    facet_times as materialized (
      select facet_said.id, said_from as since, said_until as until, said_order as place from facet_said
      union all select r.claim, r.said_from, r.said_until, r.said_order from facet_on_claims as r
      union all select v.claim, v.decided_from, v.decided_until, v.decided_from from facet_verdicts as v
        where v.found and v.claim not in (select r.claim from facet_on_claims as r)
      union all select s.id, s.published_from, s.published_until, s.published_from from facet_sources as s),
    facet_values as materialized (
      select 'type' as facet, counted_hits.type as value, count(*) as n from counted_hits group by 1, 2
      union all
      select facet, person::text, count(*)
        from (select distinct p.facet, who.canonical_id as person, p.id from facet_people as p
                join facet_canonical as who on who.id = p.person) as each group by facet, person
      union all
      select 'status', status, count(*)
        from (select distinct coalesce(facet_ours.status, 'unverified') as status, c.id from facet_claims as c
                left join facet_ours on facet_ours.claim = c.claim) as each group by status
      union all
      select 'topic', topic_id::text, count(*)
        from (select distinct ct.topic_id, c.id from claim_topics as ct join facet_members as m on m.id = ct.claim_id
                join facet_claims as c on c.claim = m.claim
               where ct.claim_id = any(array(select facet_members.id from facet_members))) as each group by topic_id
      union all
      select 'year', lpad(year::text, 4, '0'), count(*)
        from (select distinct t.id, generate_series(t.first, least(t.last, t.first + ${sql.lit(MOST_YEARS)})) as year
                from (select t.id, extract(year from case when isfinite(t.since) then t.since else t.place end)::int as first,
                             extract(year from case when isfinite(t.until) then t.until - interval '1 microsecond' else t.place end)::int as last
                        from facet_times as t where isfinite(t.place)) as t where t.first > 0) as each group by year
      union all
      select 'language', language, count(*)
        from (select lower(split_part(facet_said.language, '-', 1)) as language from facet_said
              union all select lower(split_part(m.language, '-', 1)) from facet_members as m where m.found and m.id = m.claim
              union all select lower(split_part(facet_sources.language, '-', 1)) from facet_sources) as each
       where language is not null group by language)`;
}

/** The values of each facet that most records have, with how many have it. `facet_values` is in scope. */
export function facetsJson(audience: Audience): RawBuilder<unknown> {
  const plain = { value: sql`counted.value`, count: sql`counted.n` };
  const list = (facet: string, fields: Record<string, RawBuilder<unknown>> = {}) =>
    sql`coalesce((select json_agg(${jsonObject({ ...plain, ...fields })} order by counted.n desc, counted.value)
      from counted where counted.facet = ${sql.lit(facet)}), '[]'::json)`;
  const person = { person: personRef('counted.record') };
  const topic = {
    topic: sql`(select ${jsonObject({ id: sql`topics.id`, slug: sql`topics.slug`, url: addressOf('topics', 'topics.slug'), name: sql`topics.name` })}
      from topics where topics.id = counted.record)`,
  };
  const shown =
    audience === 'public'
      ? sql`and (counted.facet not in ('person', 'publisher') or ${isPublicPerson('counted.record')})`
      : sql``;
  return sql`(
    with counted as materialized (
      select * from (
        select v.facet, v.value, v.n, row_number() over (partition by v.facet order by v.n desc, v.value) as place,
               case when v.facet in ('person', 'topic', 'publisher') then v.value::uuid end as record
          from facet_values as v) as counted
       where counted.place <= ${sql.lit(MOST_VALUES)} ${shown})
    select ${jsonObject({
      type: list('type'),
      person: list('person', person),
      status: list('status'),
      topic: list('topic', topic),
      year: list('year'),
      language: list('language'),
      publisher: list('publisher', person),
    })})`;
}
