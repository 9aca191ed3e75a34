import { type RawBuilder, sql } from 'kysely';
import { at } from '../../db/as-of.ts';
import { jsonObject, updatedAt } from '../../db/json.ts';
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
import { personRef } from '../people/person-json.ts';
import { type FoundRecord, type RecordRow, readRecord, statefulColumns, type Viewpoint } from '../read-record.ts';
import type { By } from '../references.ts';
import { evidence } from '../sources/source-json.ts';
import { type Audience, isPublished, isVisible } from '../visibility.ts';
import { labelOf } from './verdict-json.ts';

/** A verdict `s` whole. `url` is where another publisher's finding stands; ours stands at its claim. */
const wholeVerdict: RawBuilder<object> = jsonObject({
  id: sql<string>`s.id`,
  claimId: sql<string>`s.claim_id`,
  url: sql<string>`coalesce(s.url, (select current_setting('app.public_url') || '/claims/' || claims.slug from claims where claims.id = s.claim_id))`,
  status: sql<string>`s.status`,
  label: labelOf('s.status'),
  nativeLabel: sql<string | null>`s.native_label`,
  summary: sql<string | null>`s.summary`,
  explanation: sql<string | null>`s.explanation`,
  by: personRef('s.publisher_id'),
  ours: sql<boolean>`s.ours`,
  decidedAt: sql<string>`s.decided_on`,
  evidence: evidence(sql<boolean>`citation.verdict_id = s.id`),
  revision: sql<string | null>`s.revision`,
  note: sql<string | null>`s.revision_note`,
  supersedes: sql<string | null>`s.supersedes_id`,
  state: sql<string>`s.state`,
  withdrawnBecause: sql<string | null>`s.withdrawn_because`,
  version: sql<number>`s.version`,
  updatedAt: updatedAt('s'),
});

/** Every verdict on a claim and on those merged with it, ours and others', newest first. */
export async function listVerdicts(
  db: Database,
  claimId: string,
  page: ListPage<object>,
  { instant, audience }: Viewpoint,
): Promise<PageRow<object>> {
  const [row] = await at(db, instant, (reader) =>
    list(reader, listShape(page, audience), { ...listValues(page), claim: claimId }),
  );
  return row!;
}

/** One verdict by id. Throws `NotFound`, `Gone`. */
export function getVerdict(db: Database, id: string, viewpoint: Viewpoint): Promise<FoundRecord> {
  return readRecord(db, 'verdict', id, one, viewpoint);
}

const list = preparedByShape<ListShape, ListValues, PageRow<object>>(
  (shape) => (param) =>
    pageOf({
      rows: sql`
      select s.* from claims as member join verdicts as s on s.claim_id = member.id
       where member.canonical_id = ${param('claim')}::uuid and s.purged_because is null and ${isVisible('s', shape.audience)}
         ${listConditions(shape, param, {}, { columns: sql`s.decided_from, s.id`, types: ['timestamp', 'uuid'] })}
       order by s.decided_from ${way(shape)}, s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
      limit: shape.limit,
      item: wholeVerdict,
      place: sql`s.decided_from::text, s.id::text`,
    }),
);

const one = preparedByShape<{ by: By; audience: Audience }, { reference: string }, RecordRow>(
  () => (param) =>
    sql`
    select ${wholeVerdict}::text as json,
      ${statefulColumns('verdicts', sql`${isPublished('s')} and exists (select from claims where claims.id = s.claim_id and ${isPublished('claims')})`)}
      from verdicts as s where s.id = ${param('reference')}::uuid`,
);
