import { rowsOf, type Typed } from './typed-form.ts';

/** A field, or a row of a list, that a form has otherwise than the record has it now. */
export interface Difference {
  /** `quote`, or `names/3` of a row that one side alone has. */
  name: string;
  /** Empty where this side has nothing there. */
  mine: string;
  theirs: string;
  /** Whether it was not touched in the form, so that nothing of its writer's is lost by taking theirs. */
  untouched: boolean;
}

/**
 * What differs between a form and the record as the same form would show it now; `base` is the record as the form was
 * first shown. Rows of lists are the same where their ids are.
 */
export function differencesOf(mine: Typed, record: Typed, base: Typed): Difference[] {
  const theirs = alignedWith(mine, record);
  const before = alignedWith(mine, base);
  const names = new Set([...mine.keys(), ...theirs.keys()].filter(isField).map((name) => placeOf(name, mine, theirs)));
  return [...names].flatMap((name) => {
    const [own, other, was] = [mine, theirs, before].map((typed) => inWords(typed, name)) as [string, string, string];
    // A row that its writer has added is in nobody's way, nor a field that the record does not tell.
    const isAdded = other === '' && was === '' && !theirs.has(name) && !before.has(name);
    return own === other || isAdded ? [] : [{ name, mine: own, theirs: other, untouched: own === was }];
  });
}

/** What was typed, with what its writer takes over of the record, by the names of differences. */
export function withTaken(mine: Typed, record: Typed, names: readonly string[]): Typed {
  const theirs = alignedWith(mine, record);
  const isTaken = (field: string) => names.some((name) => isOf(field, name));
  return new URLSearchParams([
    ...[...mine].filter(([field]) => field !== 'take' && !isTaken(field)),
    ...[...theirs].filter(([field]) => isTaken(field)),
  ]);
}

/** Whether a field is that of a difference, says what its text means, or is in its row. */
const isOf = (field: string, name: string): boolean =>
  field === name || field.startsWith(`${name}.`) || (isRow(name) && field.startsWith(`${name}/`));

const isRow = (name: string): boolean => /\/\d+$/.test(name);

/** Of the record itself: no field that says something about the form. */
const isField = (name: string): boolean =>
  !name.includes('.') && !name.endsWith('/id') && !['form', 'version', 'reason', 'gone', 'take'].includes(name);

/** `names/0` of `names/0/name`. */
const rowIn = (name: string): string | undefined => /^\w+\/\d+(?=\/)/.exec(name)?.[0];

/** A spare row has nothing in it but what is chosen in advance from a list. */
const isThere = (typed: Typed, row: string): boolean =>
  [...typed].some(([name, value]) => name.startsWith(`${row}/`) && !/\/(kind|as)$/.test(name) && value.trim() !== '');

/** A field stands for itself where both have its row. */
function placeOf(name: string, mine: Typed, theirs: Typed): string {
  const row = rowIn(name);
  return row === undefined || (isThere(mine, row) && isThere(theirs, row)) ? name : row;
}

function inWords(typed: Typed, name: string): string {
  if (!isRow(name)) return typed.get(name)?.trim() ?? '';
  const fields = [...typed].filter(([field, value]) => field.startsWith(`${name}/`) && isField(field) && value.trim());
  return fields.map(([, value]) => value.trim()).join(' · ');
}

/** The record with the rows of its lists numbered as the form has them; those that it has not come after. */
function alignedWith(mine: Typed, record: Typed): Typed {
  const places = new Map<string, string>();
  for (const list of new Set([...record.keys()].flatMap((name) => rowIn(name)?.split('/')[0] ?? []))) {
    const rows = rowsOf(mine, list).filter((row) => isThere(mine, row));
    let next = Math.max(-1, ...rows.map((row) => Number(row.split('/')[1]))) + 1;
    for (const row of rowsOf(record, list)) {
      const same = rows.find((one) => idOf(mine, one) !== null && idOf(mine, one) === idOf(record, row));
      places.set(row, same ?? `${list}/${next++}`);
    }
  }
  const placed = (name: string): string => {
    const row = rowIn(`${name}/`) ?? '';
    return (places.get(row) ?? row) + name.slice(row.length);
  };
  // Which row is shown is said by its name.
  return new URLSearchParams(
    [...record].map(([name, value]) => [placed(name), name === 'shown' ? placed(value) : value]),
  );
}

/** What tells a row of a list from others: its id, or who is in it. */
const idOf = (typed: Typed, row: string): string | null => typed.get(`${row}/id`) ?? typed.get(`${row}/person.is`);
