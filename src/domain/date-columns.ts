import { parseEdtf, toSqlTimestamp } from '../lib/dates.ts';

type Columns<P extends string> = { [K in `${P}_on` | `${P}_from` | `${P}_until` | `${P}_text`]: string };
type Blank<P extends string> = { [K in keyof Columns<P>]: string | null };

/** What the database stores of a date: as written, its half-open bounds, its words. */
export function dateColumns<P extends string>(prefix: P, edtf: string): Columns<P>;
export function dateColumns<P extends string>(prefix: P, edtf: string | null | undefined): Blank<P>;
export function dateColumns<P extends string>(prefix: P, edtf: string | null | undefined): Blank<P> {
  const date = edtf == null ? undefined : parseEdtf(edtf);
  return {
    [`${prefix}_on`]: date?.edtf ?? null,
    [`${prefix}_from`]: date ? lower(date.from) : null,
    [`${prefix}_until`]: date ? upper(date.until) : null,
    [`${prefix}_text`]: date?.text ?? null,
  } as Blank<P>;
}

/** A lower bound for PostgreSQL. */
export const lower = (iso: string | null): string => (iso === null ? '-infinity' : toSqlTimestamp(iso));

/** An upper bound for PostgreSQL. */
export const upper = (iso: string | null): string => (iso === null ? 'infinity' : toSqlTimestamp(iso));
