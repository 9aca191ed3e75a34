import { Invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { excerptColumns } from '../sources/cite.ts';
import { fillable, sourceColumns } from '../sources/find-or-make-source.ts';
import type { SourceRow } from '../sources/find-sources.ts';
import type { Batch, Path } from './batch.ts';
import { tripleOf } from './on-record.ts';
import type { Cited, RecordForm } from './record-form.ts';
import { personId, recordId } from './referred.ts';

type Description = Omit<RecordForm<'source'>, 'type'> | Cited;

export function addSource(batch: Batch, id: string, { purgedBecause, ...record }: RecordForm<'source'>): string {
  if (purgedBecause == null) return sourceOf(batch, record, [], id);
  const publisher = record.publisher == null ? null : personId(batch, record.publisher, 'organization', ['publisher']);
  batch.rows.sources.push({ id, ...sourceColumns(record, publisher), purged_because: purgedBecause });
  return id;
}

/** As `findOrMakeSource`, among those on record and those that this batch makes; `id` is that of one that is made. */
export function sourceOf(batch: Batch, source: Description, path: Path, id?: string): string {
  if (source.url == null && source.title == null && source.publisher == null)
    throw Invalid.at(path, 'a source needs at least an address (url), a title or a publisher');
  const publisher =
    source.publisher == null ? null : personId(batch, source.publisher, 'organization', [...path, 'publisher']);
  const columns = sourceColumns(source, publisher);
  const known = columns.canonical_url ?? tripleOf(columns);
  const present = batch.found.sources.get(known);
  if (present) return fill(batch, known, present, columns);
  const row = { id: id ?? newId(), ...columns, purged_because: null };
  batch.rows.sources.push(row);
  batch.madeSources.add(row);
  batch.found.sources.set(known, row);
  return row.id;
}

/** Blanks of a source that was there are filled; what differs stays. */
function fill(batch: Batch, known: string, present: SourceRow, columns: ReturnType<typeof sourceColumns>): string {
  const blanks = (Object.keys(fillable) as (keyof typeof fillable)[]).filter(
    (column) => present[column] === null && columns[column] !== null,
  );
  if (blanks.length === 0) return present.id;
  const dates = blanks.includes('published_on')
    ? (['published_from', 'published_until', 'published_text'] as const)
    : [];
  const sent = Object.fromEntries([...blanks, ...dates].map((column) => [column, columns[column]]));
  // One that this batch makes is written with what is filled in; one on record is amended.
  if (batch.madeSources.has(present)) Object.assign(present, sent);
  else {
    const amended = { ...present, ...sent };
    batch.found.sources.set(known, amended);
    batch.filledSources.set(present.id, amended);
  }
  return present.id;
}

/** Rows of the sources that a record cites. */
export function cite(
  batch: Batch,
  citing: { statement_id: string } | { claim_id: string } | { verdict_id: string } | { attribution_id: string },
  sources: readonly Cited[],
  at: string,
): void {
  sources.forEach(({ citationId, id, key, role, excerpt, ...source }, index) => {
    const path = [at, index];
    const named = id ?? (key === undefined ? undefined : { key });
    if (named !== undefined && Object.values(source).some((value) => value != null))
      throw Invalid.at(path, 'a source is named or described, not both');
    batch.rows.citations.push({
      id: citationId ?? newId(),
      statement_id: null,
      claim_id: null,
      verdict_id: null,
      attribution_id: null,
      ...citing,
      source_id:
        named === undefined
          ? sourceOf(batch, { ...source, role }, path)
          : recordId(batch, 'source', named, [...path, id ? 'id' : 'key']),
      role,
      ...excerptColumns(excerpt ?? null),
    });
  });
}
