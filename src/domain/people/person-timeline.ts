import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import type { JsonText } from '../../db/json.ts';
import { type PageRow, type Place, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import { shown, timelineItem } from '../statements/statement-json.ts';
import { byTime, conditions, type StatementPage, type StatementShape, type StatementValues, shapeOf, statementPlace, valuesOf } from '../statements/statement-filters.ts';
import { type By, by, idBy } from '../references.ts';
import { type Audience, isPublicPerson, isPublished } from '../visibility.ts';
import { type PersonRef, personRef } from './person-json.ts';
import { presentPerson } from './present-person.ts';

export interface PersonTimeline {
  person: JsonText<PersonRef>;
  items: JsonText<unknown[]>;
  /** The place to go on from, where there is more. */
  last: Place | null;
}

/**
 * A person's published statements, and those made on an organization's behalf, in the order of time, each with the
 * stances that it takes, what it answers and what answers it. The person is found in the present; the content is as of
 * `instant`. Throws `NotFound`, `Gone`.
 */
export async function personTimeline(
  db: Database,
  reference: string,
  page: StatementPage,
  { instant, audience }: { instant: string | null; audience: Audience },
): Promise<PersonTimeline> {
  // As of an instant the person may not have been on record yet, so the present says who is meant.
  const present = instant === null ? null : await presentPerson(db, reference, audience);
  const who = present?.id ?? reference;
  const shape = { ...shapeOf(page, 'public'), by: by(who) };
  const [row] = await at(db, instant, (reader) => timeline(reader, shape, { ...valuesOf(page), reference: who }));
  const person = row?.person ?? present?.ref;
  if (!row || !person || (!present && audience === 'public' && !row.public)) throw await whyNot(db, reference, audience);
  return { person, items: row.items, last: row.last };
}

/** One person of merged ones has the timelines of all: each member's index is read, and the rows are merged. */
const timeline = preparedByShape<
  StatementShape & { by: By },
  StatementValues,
  PageRow<unknown> & { person: JsonText<PersonRef> | null; public: boolean }
>((shape) => (param) => {
  const branch = (column: string) => sql`
    select s.* from statements as s
     where s.${sql.ref(column)} = member.id and ${isPublished('s')} ${conditions(shape, param)}
     ${byTime(shape.order)} limit ${sql.lit(shape.limit + 1)}`;
  const page = pageOf({
    rows: sql`
      select s.* from (select who.id as person_id from who) as who
        join people as member on member.canonical_id = who.person_id
        cross join lateral (
          (${branch('person_id')})
          union all
          (select s.* from (${branch('on_behalf_of_id')}) as s
            where not exists (select from people as own where own.id = s.person_id and own.canonical_id = who.person_id))) as s
       ${byTime(shape.order)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: timelineItem,
    place: statementPlace,
    along: shown('public'),
  });
  return sql`
    with who as materialized (
      select p.canonical_id as id from public.people as p where p.id = ${idBy('person', shape.by, param('reference'))})
    select found.*, (select ${personRef('who.id')}::text from who) as person, (select ${isPublicPerson('who.id')} from who) as public
      from (${page}) as found`;
});

/** Gone or not found: asked only then, so that a timeline is one round trip. */
async function whyNot(db: Database, reference: string, audience: Audience): Promise<Error> {
  await presentPerson(db, reference, audience);
  return new NotFound('person', reference);
}
