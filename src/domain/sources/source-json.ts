import { type RawBuilder, sql } from 'kysely';
import { dateJson, jsonObject } from '../../db/json.ts';
import { collected } from '../people/collected-people.ts';
import { partyName, personRef } from '../people/person-json.ts';

/** What a source is called in a chain: its publisher, else its title, else its address. A row `source` is in scope. */
const label = sql<string>`coalesce(${partyName('source.publisher_id', collected)}, source.title, source.url, '[erased]')`;

/**
 * The sources of a statement `s` of a page, primary ones first, each with the first path from whoever told us to the
 * origin. This and `origins` read what `collectedOf` has collected for the page.
 */
export function statementSources() {
  const source = jsonObject({
    id: sql<string>`source.id`,
    url: sql<string | null>`source.url`,
    title: sql<string | null>`source.title`,
    publisher: partyName('source.publisher_id', collected),
    publishedOn: dateJson('source.published'),
    role: sql<string>`citation.role`,
    excerpt: excerptJson('citation'),
    chain: sql<string[]>`case when ${isDerived} then ${chain} else json_build_array(${label}) end`,
  });
  return sql`coalesce((
    select json_agg(${source} order by citation.role <> 'primary', citation.id)
      from citation join source on source.id = citation.source_id
     where citation.statement_id = s.id and source.purged_because is null), '[]'::json)`;
}

/** Whether any source of the statement `s` had it from another. */
const isDerived = sql<boolean>`exists (select from derivation as d where d.statement_id = s.id and d.from_source_id is not null)`;

/** From a source that nobody had it from, through the cited one, to the origin; of several steps always the first recorded. */
const chain = sql<string[]>`(
  with recursive told (source_id, step) as (
    select citation.source_id, 0
    union all
    select d.source_id, told.step - 1
      from told cross join lateral (
        select d.source_id from derivation as d
         where d.statement_id = s.id and d.from_source_id = told.source_id order by d.id limit 1) as d
  ), had (source_id, step) as (
    select citation.source_id, 0
    union all
    select d.from_source_id, had.step + 1
      from had cross join lateral (
        select d.from_source_id from derivation as d
         where d.statement_id = s.id and d.source_id = had.source_id and d.from_source_id is not null order by d.id limit 1) as d
  )
  select json_agg(${label} order by path.step)
    from (select * from told union select * from had) as path join source on source.id = path.source_id)`;

/** The names of the distinct publishers (else sources) at the ends of the paths from the sources of `s` that report it. */
export const origins = originsOf(sql`
  with recursive reached (source_id) as (
    select c.source_id from citation as c where c.statement_id = s.id and c.role in ('primary', 'reports')
    union
    select d.from_source_id from derivation as d join reached on reached.source_id = d.source_id
     where d.statement_id = s.id and d.from_source_id is not null
  )
  select reached.source_id from reached
   where not exists (select from derivation as d
                      where d.statement_id = s.id and d.source_id = reached.source_id and d.from_source_id is not null)`);

/** Names, each once, in the order in which the first of their sources came on record. */
function originsOf(ends: RawBuilder<unknown>): RawBuilder<string[]> {
  return sql`(
    select coalesce(json_agg(origin.label order by origin.first), '[]'::json)
      from (select min(${label}) as label, min(source.id::text) as first
              from (${ends}) as leaf join source on source.id = leaf.source_id
             group by coalesce(${collected.canonicalId('source.publisher_id')}, source.id)) as origin)`;
}

/** Evidence cited by a finding, in the order in which it was given; `condition` picks the citations. */
export function evidence(condition: RawBuilder<boolean>) {
  const source = jsonObject({
    id: sql<string>`source.id`,
    url: sql<string | null>`source.url`,
    title: sql<string | null>`source.title`,
    publisher: personRef('source.publisher_id'),
    role: sql<string>`citation.role`,
    excerpt: excerptJson('citation'),
  });
  return sql`coalesce((
    select json_agg(${source} order by citation.id)
      from citations as citation join sources as source on source.id = citation.source_id
     where ${condition} and source.purged_because is null), '[]'::json)`;
}

/** The excerpt of a citation: words, a time in a recording, or null. */
export function excerptJson(citation: string) {
  const column = (name: string) => sql.ref(`${citation}.${name}`);
  const words = jsonObject({
    exact: sql`${column('exact')}`,
    prefix: sql`${column('prefix')}`,
    suffix: sql`${column('suffix')}`,
  });
  const time = jsonObject({ start: sql`${column('starts_at')}`, end: sql`${column('ends_at')}` });
  return sql`case when ${column('exact')} is not null then ${words} when ${column('starts_at')} is not null then ${time} end`;
}
