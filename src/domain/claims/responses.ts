import { sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { addressOf, dateJson, jsonObject } from '../../db/json.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { preparedByShape } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';
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
import { answers, speakerJson, timeOrder } from '../statements/statement-json.ts';
import { isVisible } from '../visibility.ts';

export interface ResponseFilters {
  /** Id of a statement on the claim: only what answers it. */
  to?: string | undefined;
  stance?: string[] | undefined;
}

/** The responses on a claim: what takes another stance than asserting, or replies. Oldest first; with `to`, replies to it before the rest. */
export async function listResponses(
  db: Database,
  claimId: string,
  page: ListPage<ResponseFilters>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const values = { ...listValues(page), claim: claimId };
  const [row] = await at(db, instant, (reader) => query(reader, listShape(page, audience), values));
  return row!;
}

const item = jsonObject({
  statementId: sql<string>`s.id`,
  url: addressOf('statements', 's.id'),
  stance: sql<string>`s.stance`,
  repliesTo: sql<string | null>`s.replied_id`,
  quote: sql<string | null>`s.quote`,
  quoteKind: sql<string>`s.quote_kind`,
  language: sql<string | null>`s.language`,
  saidOn: dateJson('s.said'),
  speaker: speakerJson('s'),
});

const query = preparedByShape<ListShape, ListValues, PageRow<object>>((shape) => (param) => {
  const to = sql`${param('to')}::uuid`;
  const asked = shape.given.includes('to');
  const stanceAsked = sql`(select o.stance from claims as om join positions as o on o.claim_id = om.id
    where om.canonical_id = ${param('claim')}::uuid and o.statement_id = ${to} limit 1)`;
  const filters = {
    to: sql`s.id <> ${to} and ${answers(stanceAsked, to, sql`s.stance`, sql`s.replied_id`)}`,
    stance: sql`s.stance = any(${param('stance')}::text[])`,
  };
  const columns = sql`s.later, ${timeOrder('s')}`;
  return pageOf({
    rows: sql`
      select s.* from (
        select r.*, p.stance, replied.id as replied_id,
               ${asked ? sql`(replied.id is distinct from ${to})::integer` : sql`0`} as later
          from claims as member
          join positions as p on p.claim_id = member.id
          join statements as r on r.id = p.statement_id and ${isVisible('r', shape.audience)}
          left join statements as replied on replied.id = p.replies_to_id and ${isVisible('replied', shape.audience)}
         where member.canonical_id = ${param('claim')}::uuid) as s
       where (s.stance <> 'asserts' or s.replied_id is not null)
         ${listConditions(shape, param, filters, { columns, types: ['integer', 'timestamp', 'timestamp', 'integer', 'uuid'] })}
       order by s.later ${way(shape)}, s.said_order ${way(shape)}, s.said_until ${way(shape)}, s.sequence ${way(shape)}, s.id ${way(shape)}
       limit ${sql.lit(shape.limit + 1)}`,
    limit: shape.limit,
    item,
    place: sql`s.later::text, s.said_order::text, s.said_until::text, s.sequence::text, s.id::text`,
  });
});
