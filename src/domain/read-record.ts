import { type RawBuilder, sql } from 'kysely';
import { asOf } from '../db/as-of.ts';
import type { JsonText } from '../db/json.ts';
import type { Database, Reader } from '../db/types.ts';
import { Gone, NotFound } from '../errors.ts';
import { type By, by } from './references.ts';
import type { Audience } from './visibility.ts';

/** From where the record is looked at: as of which instant (null is the present), and by whom. */
export interface Viewpoint {
  instant: string | null;
  audience: Audience;
}

/** What each view of one record selects beside its JSON. */
export interface RecordRow {
  id: string;
  json: JsonText<object>;
  version: number;
  /** Whether the public may see it. */
  public: boolean;
  state: string | null;
  withdrawn_because: string | null;
  purged_because: string | null;
  withdrawn_since: string | null;
}

export type RecordQuery = (
  reader: Reader,
  shape: { by: By; audience: Audience },
  values: { reference: string },
) => Promise<RecordRow[]>;

export interface FoundRecord {
  id: string;
  json: JsonText<object>;
  version: number;
}

/**
 * Reads one record. It is found in the present; its content, and whether it was public, are as of the viewpoint's instant.
 * Throws `NotFound` (also where it was not yet recorded, or not public, then) and `Gone`.
 */
export async function readRecord(
  db: Database,
  noun: string,
  reference: string,
  query: RecordQuery,
  viewpoint: Viewpoint,
): Promise<FoundRecord> {
  const { instant, audience } = viewpoint;
  const [present] = await query(db, { by: by(reference), audience }, { reference });
  if (present?.purged_because) throw Gone.purged(noun, present.purged_because);
  if (!present) throw new NotFound(noun, reference);
  const isHidden = (row: RecordRow) => audience === 'public' && !row.public;
  if (instant === null) {
    if (isHidden(present)) throw hiddenRecord(noun, reference, present);
    return present;
  }
  const [past] = await asOf(db, instant, (reader) => query(reader, { by: by(reference), audience }, { reference }));
  if (past && !isHidden(past)) {
    return present.withdrawn_since
      ? { ...past, json: withMember(past.json, 'withdrawnSince', present.withdrawn_since) }
      : past;
  }
  if (past?.state === 'withdrawn') throw hiddenRecord(noun, reference, past);
  // That a draft exists is not for the public to know.
  if (isHidden(present) && !present.withdrawn_since) throw new NotFound(noun, reference);
  throw NotFound.notYetRecorded(noun, reference, instant);
}

/** Of a draft that was never public, nor is it told that it was withdrawn. */
function hiddenRecord(noun: string, reference: string, row: RecordRow): Error {
  if (row.state === 'withdrawn' && row.withdrawn_since) return Gone.withdrawn(noun, row.withdrawn_because);
  return new NotFound(noun, reference);
}

/** The columns that `RecordRow` asks of a claim, statement, verdict or attribution `s`. */
export function statefulColumns(
  table: 'claims' | 'statements' | 'verdicts' | 'attributions',
  isPublic: RawBuilder<boolean>,
): RawBuilder<unknown> {
  return sql`s.id, s.version, ${isPublic} as public, s.state, s.withdrawn_because, s.purged_because,
    case when s.state = 'withdrawn' then (
      select to_char(max(h.sys_until) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        from ${sql.table(`history.${table}`)} as h where h.id = s.id and h.state = 'published') end as withdrawn_since`;
}

/** The columns that `RecordRow` asks of a record `s` that has no state of its own. */
export function statelessColumns(isPublic: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`s.id, s.version, ${isPublic} as public, null as state, null as withdrawn_because, s.purged_because, null as withdrawn_since`;
}

function withMember(json: JsonText<object>, name: string, value: string | null): JsonText<object> {
  return `${json.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
}
