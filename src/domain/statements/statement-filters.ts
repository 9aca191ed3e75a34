import { type RawBuilder, sql } from 'kysely';
import type { Param } from '../../db/prepared.ts';
import { parsePeriod } from '../../lib/dates.ts';
import { isId } from '../../lib/ids.ts';
import { lower, upper } from '../date-columns.ts';
import {
  type ListPage,
  type ListShape,
  type ListValues,
  listConditions,
  listShape,
  listValues,
  way,
} from '../list-query.ts';
import { hasWords, isAmong, wordsAsked } from '../search/has-words.ts';
import { isUnderTopic } from '../topics/is-under-topic.ts';
import { anyStatusIn, membersOf, ourStatus } from '../verdicts/verdict-json.ts';
import { type Audience, isVisible } from '../visibility.ts';
import { timeOrder } from './statement-json.ts';

/** Which statements: those that satisfy all of these; claim, status, stance and topic by one and the same position. */
export interface StatementFilters {
  /** EDTF, whole periods inclusive; a statement is found when its time overlaps. */
  from?: string | undefined;
  to?: string | undefined;
  /** Id of a claim. */
  claim?: string | undefined;
  status?: string[] | undefined;
  anyStatus?: string[] | undefined;
  stance?: string[] | undefined;
  /** Ids or slugs. */
  topic?: string[] | undefined;
  /** Id of a source that a statement cites, or that another had it from. */
  source?: string | undefined;
  /** Words, "phrases", -not, OR: in the quote, in the original, or in the text of a claim. */
  q?: string | undefined;
}

export type StatementShape = ListShape;

export function statementShape(page: ListPage<StatementFilters>, audience: Audience): StatementShape {
  return listShape(page, audience);
}

export function statementValues(page: ListPage<StatementFilters>): ListValues {
  const { from, to, topic, q } = page.filters;
  const period = parsePeriod(from, to);
  return {
    ...listValues(page),
    from: lower(period.from),
    to: upper(period.until),
    topicIds: topic?.filter(isId),
    ...wordsAsked(q),
  };
}

/** The conditions on a statement `s`. */
export function statementConditions(shape: StatementShape, param: Param<ListValues>): RawBuilder<unknown> {
  const ofPosition = {
    claim: sql`claim.id = ${param('claim')}::uuid`,
    stance: sql`p.stance = any(${param('stance')}::text[])`,
    status: sql`${ourStatus(membersOf('claim.id'))} = any(${param('status')}::text[])`,
    anyStatus: anyStatusIn(membersOf('claim.id'), sql`${param('anyStatus')}`),
    topic: isUnderTopic('claim.id', param),
  };
  const position = shape.given.flatMap((name) => ofPosition[name as keyof typeof ofPosition] ?? []);
  return listConditions(
    shape,
    param,
    {
      // A date overlaps the period when it ends after the beginning and begins before the end.
      from: sql`s.said_until > ${param('from')}::timestamp`,
      to: sql`s.said_from < ${param('to')}::timestamp`,
      source: sql`s.id in (
        select c.statement_id from citations as c where c.source_id = ${param('source')}::uuid and c.statement_id is not null
        union all select d.statement_id from derivations as d where d.source_id = ${param('source')}::uuid
        union all select d.statement_id from derivations as d where d.from_source_id = ${param('source')}::uuid)`,
      q: mentions(shape.audience, param),
    },
    { columns: timeOrder('s'), types: ['timestamp', 'timestamp', 'integer', 'uuid'] },
    position.length ? [takesPosition(sql.join(position, sql` and `), shape.audience)] : [],
  );
}

function takesPosition(condition: RawBuilder<unknown>, audience: Audience): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from positions as p join claims as m on m.id = p.claim_id join claims as claim on claim.id = m.canonical_id
     where p.statement_id = s.id and ${isVisible('claim', audience)} and ${condition})`;
}

function mentions(audience: Audience, param: Param<ListValues>): RawBuilder<boolean> {
  return isAmong(sql`
    select said.id from statements as said where ${hasWords('said.language', 'said.quote', param)}
    union all select said.id from statements as said where ${hasWords('said.original_language', 'said.original', param)}
    union all select p.statement_id from claims as claim
      join claims as m on m.canonical_id = claim.id join positions as p on p.claim_id = m.id
     where ${hasWords('claim.language', 'claim.text', param)} and ${isVisible('claim', audience)}`);
}

/** `order by` in the order of time, or its exact reverse. */
export function byTime(shape: StatementShape): RawBuilder<unknown> {
  const to = way(shape);
  return sql`order by s.said_order ${to}, s.said_until ${to}, s.sequence ${to}, s.id ${to}`;
}

/** The columns of `timeOrder` as text, for a cursor. */
export const statementPlace = sql`s.said_order::text, s.said_until::text, s.sequence::text, s.id::text`;
