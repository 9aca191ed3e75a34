import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
import { isId } from '../../lib/ids.ts';
import {
  type ListPage,
  type ListShape,
  type ListValues,
  listConditions,
  listShape,
  listValues,
  way,
} from '../list-query.ts';
import type { Viewpoint } from '../read-record.ts';
import { hasWords, isAmong, wordsAsked } from '../search/has-words.ts';
import { isUnderTopic } from '../topics/is-under-topic.ts';
import { anyStatusIn, membersOf, ourStatus } from '../verdicts/verdict-json.ts';
import { wholeClaim } from './claim-json.ts';

export interface ClaimFilters {
  /** A part of the text. */
  q?: string | undefined;
  kind?: string[] | undefined;
  status?: string[] | undefined;
  anyStatus?: string[] | undefined;
  topic?: string[] | undefined;
  /** Id of a person whom the claim is about or made to. */
  person?: string | undefined;
}

/** Claims, newest on record first: the published ones, or those in the states asked for. */
export async function listClaims(
  db: Database,
  page: ListPage<ClaimFilters> & { states: string[] },
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const { q, topic } = page.filters;
  const values = { ...listValues(page), ...wordsAsked(q), states: page.states, topicIds: topic?.filter(isId) };
  const [row] = await at(db, instant, (reader) => query(reader, listShape(page, audience), values));
  return row!;
}

const query = preparedByShape<ListShape, ListValues, PageRow<object>>((shape) => (param) => {
  const filters = {
    q: isAmong(sql`select c.id from claims as c where ${hasWords('c.language', 'c.text', param)}`),
    kind: sql`s.kind = any(${param('kind')}::text[])`,
    status: sql`${ourStatus(membersOf('s.id'))} = any(${param('status')}::text[])`,
    anyStatus: anyStatusIn(membersOf('s.id'), sql`${param('anyStatus')}`),
    topic: isUnderTopic('s.id', param),
    person: sql`exists (
      select from claims as m join claim_people on claim_people.claim_id = m.id join people on people.id = claim_people.person_id
       where m.canonical_id = s.id and people.canonical_id = ${param('person')}::uuid)`,
  };
  return pageOf({
    rows: sql`
      select s.* from claims as s
       where s.id = s.canonical_id and s.state = any(${param('states')}::text[]) and s.purged_because is null
         ${listConditions(shape, param, filters, { columns: sql`s.id`, types: ['uuid'] })}
       order by s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item: wholeClaim(shape.audience),
    place: sql`s.id::text`,
  });
});
