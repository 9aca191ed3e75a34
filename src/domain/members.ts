import type { Writer } from '../db/types.ts';
import { Invalid } from '../errors.ts';
import { newId } from '../lib/ids.ts';

/** The tables whose rows belong to a record, and the column that says to which. */
const owners = {
  names: 'person_id',
  roles: 'person_id',
  positions: 'statement_id',
  citations: 'statement_id',
  derivations: 'statement_id',
} as const;

/** The record to which rows belong; of a new one there are none yet. */
export interface Owner {
  id: string;
  isNew: boolean;
}

type Row = { id?: string | undefined } & Record<string, unknown>;

interface Options {
  /** Where no ids are sent: what makes a row the one that is there already. */
  sameBy?: (row: Row) => string;
  /** How many of the first rows were not sent, so that they do not count in a pointer. */
  added?: number;
}

/**
 * Makes the rows that belong to a record be these: one with an id stays the row that it is, one without is new, absent
 * ones go. Returns whether anything changed. Throws `Invalid` for an id that is not one of the record's.
 */
export async function writeMembers(
  tx: Writer,
  table: keyof typeof owners,
  owner: Owner,
  sent: readonly Row[],
  path: readonly (string | number)[],
  { sameBy, added = 0 }: Options = {},
): Promise<boolean> {
  // The tables differ in type but not in what is done here, so one of them stands for all.
  const members = table as 'names';
  const column = owners[table] as 'person_id';
  const present: Row[] = owner.isNew
    ? []
    : await tx.selectFrom(members).selectAll().where(column, '=', owner.id).orderBy('id').execute();
  const presentById = new Map(present.map((row) => [row.id, row]));
  const rows = sameBy ? recognized(sent, present, sameBy) : sent;

  rows.forEach((row, index) => {
    if (row.id && !presentById.has(row.id))
      throw Invalid.at([...path, index - added, 'id'], 'is not one of this record: leave id out to add a new one');
  });
  const kept = new Set(rows.map((row) => row.id));
  const gone = present.filter((row) => !kept.has(row.id));
  const changed = rows.filter((row) => row.id && differs(presentById.get(row.id)!, row));
  const made = rows.filter((row) => !row.id).map((row) => ({ ...row, id: newId(), [column]: owner.id }));

  // Changed rows are taken out and put back, so that two may swap what only one of them may have.
  const out = [...gone, ...changed].map((row) => row.id!);
  const back = changed.map((row) => ({ ...presentById.get(row.id), ...row }));
  if (out.length) await tx.deleteFrom(members).where('id', 'in', out).execute();
  if (back.length + made.length)
    await tx
      .insertInto(members)
      .values([...back, ...made] as never)
      .execute();
  return gone.length + changed.length + made.length > 0;
}

/** The rows with the ids of those among the present that are the same, each given once. */
function recognized(sent: readonly Row[], present: readonly Row[], sameBy: (row: Row) => string): Row[] {
  const free = [...present];
  return sent.map((row) => {
    const index = free.findIndex((one) => sameBy(one) === sameBy(row));
    return index < 0 ? row : { ...row, id: free.splice(index, 1)[0]!.id };
  });
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
