import { type RawBuilder, sql } from 'kysely';
import { type JsonText, jsonObject } from '../../db/json.ts';
import { type PageRow, pageOf } from '../../db/page.ts';
import { prepared, preparedByShape } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import {
  type ListPage,
  type ListShape,
  type ListValues,
  listConditions,
  listShape,
  listValues,
  way,
} from '../list-query.ts';
import type { Report } from './report.ts';

/** One import, and how it went or is going; while it goes on, or broke off, the report has only counts. */
export interface ImportJson {
  id: string;
  format: string;
  state: 'running' | 'failed' | 'finished' | 'undone';
  dryRun: boolean;
  fileHash: string;
  mappingVersion: string;
  startedAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
  /** Why it broke off. */
  failure: string | null;
  report: Partial<Report>;
}

const instant = (column: string) =>
  sql<string | null>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** An import `s` whole. */
const wholeImport: RawBuilder<object> = jsonObject({
  id: sql<string>`s.id`,
  format: sql<string>`s.format`,
  state: sql<string>`case when s.undone_at is not null then 'undone' when s.finished_at is not null then 'finished'
    when s.failure is not null then 'failed' else 'running' end`,
  dryRun: sql<boolean>`s.dry_run`,
  fileHash: sql<string>`s.file_hash`,
  mappingVersion: sql<string>`s.mapping_version`,
  startedAt: instant('s.started_at'),
  finishedAt: instant('s.finished_at'),
  undoneAt: instant('s.undone_at'),
  failure: sql<string | null>`s.failure`,
  report: sql<object>`s.report`,
});

/** One import. Throws `NotFound`. */
export async function getImport(db: Reader, id: string): Promise<JsonText<ImportJson>> {
  const [row] = await one(db, { id });
  if (!row) throw new NotFound('import', id);
  return row.json;
}

const one = prepared<{ id: string }, { json: JsonText<ImportJson> }>(
  (param) => sql`select ${wholeImport}::text as json from imports as s where s.id = ${param('id')}::uuid`,
);

/** Imports, newest first. */
export async function listImports(db: Reader, page: ListPage<object>): Promise<PageRow<object>> {
  const [row] = await list(db, listShape(page, 'desk'), listValues(page));
  return row!;
}

const list = preparedByShape<ListShape, ListValues, PageRow<object>>(
  (shape) => (param) =>
    pageOf({
      rows: sql`
      select s.* from imports as s
       where true ${listConditions(shape, param, {}, { columns: sql`s.id`, types: ['uuid'] })}
       order by s.id ${way(shape)} limit ${sql.lit(shape.limit + 1)}`,
      limit: shape.limit,
      item: wholeImport,
      place: sql`s.id::text`,
    }),
);
