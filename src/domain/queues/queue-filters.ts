import { type RawBuilder, sql } from 'kysely';
import { type Param, preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { type Asking, type QueueName, queued } from './queued.ts';

/** What of a queue is wanted. */
export interface QueueFilters extends Record<string, unknown> {
  noun?: string | undefined;
  /** Id of a topic of the claim. */
  topic?: string | undefined;
  /** Id of somebody who said something on the claim, or whom it is about. */
  person?: string | undefined;
  /** Id of who wrote it. */
  by?: string | undefined;
  /** Id of who is to work on it, or `NOBODY`. */
  assignee?: string | undefined;
  /** Days for which it has waited at least. */
  days?: number | undefined;
}

export const NOBODY = 'nobody';

export type Shape = readonly (keyof QueueFilters)[];

export const shapeOf = (filters: QueueFilters): Shape =>
  Object.keys(filters).filter((name) => filters[name] !== undefined);

/** The claim that the record `x` of a queue is about; of merged ones the one that stands for all. */
export const claimIn = sql<string>`(
  select c.canonical_id from claims as c where c.id = case x.noun
    when 'claim' then x.id
    when 'comment' then (select o.claim_id from comments as o where o.id = x.id)
    when 'proposal' then coalesce(
      (select c.id from proposals as o join claims as c on c.id = o.record_id where o.id = x.id),
      (select p.claim_id from positions as p join proposals as o on o.record_id = p.statement_id where o.id = x.id order by p.id limit 1))
    when 'verdict' then (select v.claim_id from verdicts as v where v.id = x.id)
    else (select p.claim_id from positions as p where p.statement_id = ${statementIn()} order by p.id limit 1) end)`;

function statementIn() {
  return sql`case x.noun when 'statement' then x.id else (select a.statement_id from attributions as a where a.id = x.id) end`;
}

const members = sql`(select m.id from claims as m where m.canonical_id = ${claimIn})`;

/** Ids of the topics of the claim, and of everybody who has to do with the record `x`. */
const topics = sql`select ct.topic_id from claim_topics as ct where ct.claim_id in ${members}`;
const people = sql`
  select p.canonical_id from people as p where p.id in (
    select cp.person_id from claim_people as cp where cp.claim_id in ${members}
    union all
    select s.person_id from positions as o join statements as s on s.id = o.statement_id where o.claim_id in ${members}
    union all
    select s.person_id from statements as s where s.id = ${statementIn()})`;
const assignee = sql`(select a.user_id from assignments as a where a.record_id = x.id)`;

/** On `x`, whatever of the filters is in the shape. */
export function conditions<V extends QueueFilters>(shape: Shape, param: Param<V>): RawBuilder<unknown> {
  const is = (name: keyof QueueFilters & string) => param(name as never);
  const all: Record<string, () => RawBuilder<unknown>> = {
    noun: () => sql`x.noun = ${is('noun')}::text`,
    topic: () => sql`${is('topic')}::uuid in (${topics})`,
    person: () => sql`${is('person')}::uuid in (${people})`,
    by: () => sql`x.created_by = ${is('by')}::uuid`,
    assignee: () => sql`coalesce(${assignee}::text, ${sql.lit(NOBODY)}) = ${is('assignee')}::text`,
    days: () => sql`x.since < ${is('today')}::date - ${is('days')}::integer`,
  };
  return sql.join(
    shape.map((name) => sql`and ${all[name]!()}`),
    sql` `,
  );
}

export interface Option {
  id: string;
  label: string;
}

/** By what a queue can be filtered, so that something is left. */
export interface QueueFacets {
  topics: Option[];
  people: Option[];
  authors: Option[];
  assignees: Option[];
}

/** Of a queue so many are looked at, for what they have. */
const MOST_LOOKED_AT = 1000;

export async function queueFacets(db: Reader, name: QueueName, asking: Asking): Promise<QueueFacets> {
  const [row] = await facets(db, { name }, asking);
  return row!;
}

const facets = preparedByShape<{ name: QueueName }, Asking, QueueFacets>(({ name }) => (param) => {
  const options = (table: string, ids: RawBuilder<unknown>) => sql`
    array(select json_build_object('id', t.id, 'label', t.name) from ${sql.table(table)} as t
           where t.id in (${ids}) order by lower(t.name), t.id limit 200)`;
  const each = (ids: RawBuilder<unknown>) => sql`select found.id from x cross join lateral (${ids}) as found (id)`;
  return sql`
    with x as materialized (select * from (${queued[name](param)}) as x limit ${sql.lit(MOST_LOOKED_AT)})
    select ${options('topics', each(topics))} as topics, ${options('people', each(people))} as people,
           ${options('users', sql`select created_by from x`)} as authors,
           ${options('users', each(sql`select ${assignee}`))} as assignees`;
});
