import { type RawBuilder, sql } from 'kysely';
import { asOf, at } from '../../db/as-of.ts';
import type { JsonText } from '../../db/json.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { type Param, prepared, preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import type { ListPage, ListValues } from '../list-query.ts';
import type { Viewpoint } from '../read-record.ts';
import { type By, by, idBy } from '../references.ts';
import {
  byTime,
  type StatementFilters,
  type StatementShape,
  statementConditions,
  statementPlace,
  statementShape,
  statementValues,
} from '../statements/statement-filters.ts';
import { collectedOf, shown, timelineItem } from '../statements/statement-items.ts';
import { type Audience, isPublicPerson, isPublished } from '../visibility.ts';
import { type PersonRef, personRef } from './person-json.ts';
import { type PresentPerson, presentPerson } from './present-person.ts';

export interface PersonTimeline extends PageRow<unknown> {
  person: JsonText<PersonRef>;
}

/**
 * A person's published statements, and those made on an organization's behalf, in the order of time, each with the
 * stances that it takes, what it answers and what answers it. The person is found in the present; the content is as of
 * `instant`. Throws `NotFound`, `Gone`.
 */
export async function personTimeline(
  db: Database,
  reference: string,
  page: ListPage<StatementFilters>,
  { instant, audience }: Viewpoint,
): Promise<PersonTimeline> {
  const shape = { ...statementShape(page, 'public'), by: by(reference) };
  const values = { ...statementValues(page), reference };
  // As of an instant the person may not have been on record yet, so the present says who is meant; what was public then
  // stays to be seen, whatever was withdrawn since.
  const [present, [row]] = await Promise.all([
    instant === null ? null : presentPerson(db, reference, audience),
    at(db, instant, (reader) => timeline(reader, shape, values)),
  ]);
  const person = row?.person ?? present?.ref;
  if (!row || !person) throw await whyNot(db, reference, audience);
  if (row.items === '[]' && audience === 'public') await demandPublic(db, reference, instant, present);
  return { person, items: row.items, last: row.last };
}

const timeline = preparedByShape<
  StatementShape & { by: By },
  ListValues,
  PageRow<unknown> & { person: JsonText<PersonRef> | null }
>(
  (shape) => (param) =>
    sql`
    with who as materialized (
      select p.canonical_id as id from people as p
       where p.purged_because is null and p.id = ${idBy('person', shape.by, param('reference'))})
    select found.*, (select ${personRef('who.id')}::text from who) as person from (${timelinePage(shape, param)}) as found`,
);

/**
 * A page of the timeline of the person whose `id` is the one row of `who`. One person of merged ones has the timelines of
 * all: each member's index is read, and the rows are merged.
 */
export function timelinePage(shape: StatementShape, param: Param<ListValues>): RawBuilder<PageRow<unknown>> {
  const branch = (where: RawBuilder<boolean>) => sql`
    select s.* from statements as s
     where ${where} and ${isPublished('s')} ${statementConditions(shape, param)}
     ${byTime(shape)} limit ${sql.lit(shape.limit + 1)}`;
  return pageOf({
    rows: sql`
      select s.* from (select who.id as person_id from who) as who
        join people as member on member.canonical_id = who.person_id
        cross join lateral (
          (${branch(said)}) union all (${branch(saidForThem)})) as s
       ${byTime(shape)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: timelineItem,
    place: statementPlace,
    collected: collectedOf('public'),
    along: shown('public'),
  });
}

/** Whether statement `s` is of `member`, one of the merged people who are `who.person_id`. */
export const said = sql<boolean>`s.person_id = member.id`;

/** Whether it was made on behalf of `member`, and by none of them. */
export const saidForThem = sql<boolean>`s.on_behalf_of_id = member.id and not exists (
  select from people as own where own.id = s.person_id and own.canonical_id = who.person_id)`;

/** Gone or not found: asked only then, so that a timeline is one round trip. */
async function whyNot(db: Database, reference: string, audience: Audience): Promise<Error> {
  await presentPerson(db, reference, audience);
  return new NotFound('person', reference);
}

/** Whoever has a statement to show is public, so this is asked only of those who have none. */
async function demandPublic(
  db: Database,
  reference: string,
  instant: string | null,
  present: PresentPerson | null,
): Promise<void> {
  const { hidden, id } = present ?? (await presentPerson(db, reference, 'public'));
  if (!hidden) return;
  const [then] = instant === null ? [] : await asOf(db, instant, (reader) => publicThen(reader, { id }));
  if (!then?.public) throw new NotFound('person', reference);
}

const publicThen = prepared<{ id: string }, { public: boolean }>(
  (param) => sql`select ${isPublicPerson('who.id')} as public from (select ${param('id')}::uuid as id) as who`,
);
