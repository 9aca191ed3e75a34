/**
 * The most precise plain ISO 8601 date that holds a whole interval: its day, else its month, else its year; undefined
 * where it is in no one year. For formats that know no EDTF: `2025-02-08~` becomes `2025-02`, which is less and not wrong.
 * Bounds are half-open wall-clock times; a date that is a time with an offset goes through as it is.
 */
export function isoWithin({
  edtf,
  from,
  until,
}: {
  edtf: string;
  from: string | null;
  until: string | null;
}): string | undefined {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/.test(edtf)) return edtf;
  if (from === null || until === null || !/^\d{4}-/.test(from)) return undefined;
  const last = new Date(Date.parse(`${until}Z`) - 1);
  if (Number.isNaN(last.getTime())) return undefined;
  const [day = '', end = ''] = [from, last.toISOString()].map((time) => time.slice(0, 10));
  if (day === end) return day;
  if (day.slice(0, 7) === end.slice(0, 7)) return day.slice(0, 7);
  return day.slice(0, 4) === end.slice(0, 4) ? day.slice(0, 4) : undefined;
}
