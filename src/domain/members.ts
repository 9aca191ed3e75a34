import type { Writer } from '../db/types.ts';
import { Invalid } from '../errors.ts';
import { newId } from '../lib/ids.ts';

/** The tables whose rows belong to a record, and the column that says to which. */
const owners = {
  names: 'person_id',
  roles: 'person_id',
  positions: 'statement_id',
  derivations: 'statement_id',
} as const;

type Row = { id?: string | undefined } & Record<string, unknown>;

/**
 * Makes the rows that belong to a record be these: one with an id stays the row that it is, one without is new, absent
 * ones go. Returns whether anything changed. Throws `Invalid` for an id that is not one of the record's; the first `added`
 * rows were not sent, so they do not count in its pointer.
 */
export async function writeMembers(
  tx: Writer,
  table: keyof typeof owners,
  ownerId: string,
  rows: readonly Row[],
  path: readonly (string | number)[],
  added = 0,
): Promise<boolean> {
  const owner = owners[table];
  // The tables differ in type but not in what is done here, so one of them stands for all.
  const members = table as 'names';
  const ownerColumn = owner as 'person_id';
  const present = await tx.selectFrom(members).selectAll().where(ownerColumn, '=', ownerId).execute();
  const presentById = new Map<string, Row>(present.map((row) => [row.id, row]));

  rows.forEach((row, index) => {
    if (row.id && !presentById.has(row.id))
      throw Invalid.at([...path, index - added, 'id'], 'is not one of this record: leave id out to add a new one');
  });
  const kept = new Set(rows.map((row) => row.id));
  const gone = present.filter((row) => !kept.has(row.id)).map((row) => row.id);
  const changed = rows.filter((row) => row.id && differs(presentById.get(row.id)!, row));
  const made = rows.filter((row) => !row.id).map((row) => ({ ...row, id: newId(), [owner]: ownerId }));

  // Changed rows are taken out and put back, so that two may swap what only one of them may have.
  const out = [...gone, ...changed.map((row) => row.id!)];
  const back = changed.map((row) => ({ ...presentById.get(row.id!), ...row }));
  if (out.length) await tx.deleteFrom(members).where('id', 'in', out).execute();
  if (back.length + made.length)
    await tx
      .insertInto(members)
      .values([...back, ...made] as never)
      .execute();
  return gone.length + changed.length + made.length > 0;
}

/** Whether writing these columns would change the row. */
export function differs(row: Record<string, unknown>, columns: Record<string, unknown>): boolean {
  return Object.entries(columns).some(([column, value]) => value !== undefined && !same(row[column], value));
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && a !== null)
    return JSON.stringify(sorted(a)) === JSON.stringify(sorted(typeof b === 'string' ? JSON.parse(b) : b));
  return (a ?? null) === (b ?? null);
}

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
