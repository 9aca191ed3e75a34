import type { Noun } from '../nouns.ts';
import type { Row, Version } from './record-versions.ts';

/** One field before and after a change; null is nothing. Of what belongs to a record, `field` is the list and a value one row of it. */
export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

/** Columns that follow from others, or are of no interest beside the change itself. */
const DERIVED = /^(version|created_by|mapping_version|canonical_url|held_(from|until)|\w+_(from|until|text|order))$/;
const KEEP = new Set(['original_text']);

/** What changed of a record at a stamp, the record's own fields first. */
export function differencesAt(versions: readonly Version[], noun: Noun, stamp: string): Difference[] {
  const ended = versions.filter(({ until }) => until === stamp);
  const begun = versions.filter(({ from }) => from === stamp);
  const own = fieldsOf(ended.find(isRecord)?.row, begun.find(isRecord)?.row);
  const lists = [...new Set([...ended, ...begun].map(({ part }) => part))].filter((part) => part !== 'record').sort();
  return [...own, ...lists.flatMap((part) => membersOf(part, noun, ended, begun))];
}

const isRecord = ({ part }: Version) => part === 'record';

function fieldsOf(before: Row = {}, after: Row = {}): Difference[] {
  return Object.keys({ ...before, ...after })
    .filter((column) => column !== 'id' && isTold(column))
    .map((column) => ({ field: outer(column), before: told(before[column]), after: told(after[column]) }))
    .filter((difference) => !same(difference.before, difference.after));
}

/** Rows that were added, taken away, or, where they have an id, changed. */
function membersOf(part: string, noun: Noun, ended: readonly Version[], begun: readonly Version[]): Difference[] {
  const owner = `${noun}_id`;
  const of = (versions: readonly Version[]) =>
    new Map(versions.filter((one) => one.part === part).map(({ row }) => [String(row.id ?? JSON.stringify(row)), row]));
  const [before, after] = [of(ended), of(begun)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({
      field: outer(part),
      before: memberTold(before.get(key), owner),
      after: memberTold(after.get(key), owner),
    }))
    .filter((difference) => !same(difference.before, difference.after));
}

function memberTold(row: Row | undefined, owner: string): Row | null {
  if (!row) return null;
  const columns = Object.entries(row).filter(([column, value]) => column !== owner && value !== null && isTold(column));
  return Object.fromEntries(columns.map(([column, value]) => [outer(column), value]));
}

const isTold = (column: string) => KEEP.has(column) || !DERIVED.test(column);
const told = (value: unknown) => (value === undefined ? null : value);
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** `said_on` is `saidOn`; what refers by id is named after what it refers to: `person_id` is `person`. */
function outer(column: string): string {
  return column.replace(/(?<=\w)_id$/, '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The ids that versions speak of. */
export function idsIn(versions: readonly Version[]): string[] {
  const values = versions.flatMap(({ row }) => Object.values(row));
  return [...new Set(values.filter((value): value is string => typeof value === 'string' && ID.test(value)))];
}

/** The difference with each id, but a row's own, as `{ id, label }`. */
export function labelled(difference: Difference, labels: ReadonlyMap<string, string>): Difference {
  const label = (value: unknown): unknown =>
    typeof value === 'string' && ID.test(value) ? { id: value, label: labels.get(value) ?? null } : value;
  const each = (value: unknown): unknown =>
    isRow(value)
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === 'id' ? part : label(part)]))
      : label(value);
  return { field: difference.field, before: each(difference.before), after: each(difference.after) };
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
