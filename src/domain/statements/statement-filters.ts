import { type RawBuilder, sql } from 'kysely';
import type { Place } from '../../db/page.ts';
import type { Param } from '../../db/prepared.ts';
import { parsePeriod } from '../../lib/dates.ts';
import { isId } from '../../lib/ids.ts';
import { lower, upper } from '../date-columns.ts';
import { anyStatusIn, ourStatus } from '../verdicts/verdict-json.ts';
import { type Audience, isVisible } from '../visibility.ts';
import { timeOrder } from './statement-json.ts';

/** Which statements: those that satisfy all of these, those of stance, status and topic by one and the same position. */
export interface StatementFilters {
  /** EDTF, whole periods inclusive; a statement is found when its time overlaps. */
  from?: string | undefined;
  to?: string | undefined;
  status?: string[] | undefined;
  anyStatus?: string[] | undefined;
  stance?: string[] | undefined;
  /** Ids or slugs. */
  topic?: string[] | undefined;
  claim?: string | undefined;
  /** Words that all occur in the quote, the original or the text of a claim. */
  q?: string | undefined;
}

export type Order = 'asc' | 'desc';

export interface StatementPage {
  filters: StatementFilters;
  order: Order;
  limit: number;
  after: Place | null;
}

/** What decides the words of the query; all else are its values. */
export interface StatementShape {
  given: string[];
  words: number;
  order: Order;
  limit: number;
  continued: boolean;
  audience: Audience;
}

export type StatementValues = Record<string, unknown>;

export function shapeOf({ filters, order, limit, after }: StatementPage, audience: Audience): StatementShape {
  const given = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return { given: given.sort(), words: wordsOf(filters.q).length, order, limit, continued: after !== null, audience };
}

export function valuesOf({ filters, after }: StatementPage): StatementValues {
  const period = parsePeriod(filters.from, filters.to);
  return {
    ...filters,
    from: lower(period.from),
    to: upper(period.until),
    ...Object.fromEntries(wordsOf(filters.q).map((word, index) => [`word${index}`, `%${word.replace(/[\\%_]/g, '\\$&')}%`])),
    ...Object.fromEntries((after ?? []).map((part, index) => [`after${index}`, part])),
    topicIds: filters.topic?.filter(isId),
  };
}

/** The conditions on a statement `s`. */
export function conditions(shape: StatementShape, param: Param<StatementValues>): RawBuilder<unknown> {
  const given = (name: keyof StatementFilters) => shape.given.includes(name);
  const all: RawBuilder<unknown>[] = [];
  // A date overlaps the period when it begins before the end and ends after the beginning.
  if (given('from')) all.push(sql`s.said_until > ${param('from')}::timestamp`);
  if (given('to')) all.push(sql`s.said_from < ${param('to')}::timestamp`);
  const position = positionConditions(shape, param);
  if (position.length) {
    all.push(sql`exists (
      select from positions as p join claims as m on m.id = p.claim_id join claims as claim on claim.id = m.canonical_id
       where p.statement_id = s.id and ${isVisible('claim', shape.audience)} and ${sql.join(position, sql` and `)})`);
  }
  for (let word = 0; word < shape.words; word++) {
    const like = sql`ilike ${param(`word${word}`)}`;
    all.push(sql`(s.quote ${like} or s.original ${like} or exists (
      select from positions as p join claims as m on m.id = p.claim_id join claims as claim on claim.id = m.canonical_id
       where p.statement_id = s.id and ${isVisible('claim', shape.audience)} and claim.text ${like}))`);
  }
  if (shape.continued) all.push(afterPlace(shape.order, param));
  return all.length ? sql`and ${sql.join(all, sql` and `)}` : sql``;
}

function positionConditions(shape: StatementShape, param: Param<StatementValues>): RawBuilder<unknown>[] {
  const given = (name: keyof StatementFilters) => shape.given.includes(name);
  const all: RawBuilder<unknown>[] = [];
  if (given('claim')) all.push(sql`claim.id = ${param('claim')}::uuid`);
  if (given('stance')) all.push(sql`p.stance = any(${param('stance')}::text[])`);
  if (given('status')) all.push(sql`${ourStatus('claim.id')} = any(${param('status')}::text[])`);
  if (given('anyStatus')) all.push(anyStatusIn('claim.id', sql`${param('anyStatus')}`));
  if (given('topic')) {
    all.push(sql`exists (
      select from claims as cm join claim_topics on claim_topics.claim_id = cm.id
       where cm.canonical_id = claim.id
         and (claim_topics.topic_id = any(${param('topicIds')}::uuid[]) or claim_topics.topic_id in (
           select slugs.record_id from slugs where slugs.noun = 'topic' and slugs.slug = any(${param('topic')}::text[]))))`);
  }
  return all;
}

function afterPlace(order: Order, param: Param<StatementValues>): RawBuilder<unknown> {
  const place = sql`${param('after0')}::timestamp, ${param('after1')}::timestamp, ${param('after2')}::integer, ${param('after3')}::uuid`;
  return sql`(${timeOrder('s')}) ${order === 'desc' ? sql`<` : sql`>`} (${place})`;
}

/** `order by` in the order of time, or its exact reverse. */
export function byTime(order: Order): RawBuilder<unknown> {
  const way = order === 'desc' ? sql`desc` : sql`asc`;
  return sql`order by s.said_order ${way}, s.said_until ${way}, s.sequence ${way}, s.id ${way}`;
}

export const statementPlace = sql`s.said_order::text, s.said_until::text, s.sequence::text, s.id::text`;

const wordsOf = (q: string | undefined): string[] => (q ?? '').split(/\s+/u).filter(Boolean).slice(0, 20);
