/** A record as its list shows it, parsed. */
export type Item = Readonly<Record<string, unknown>>;

/** Rows on their way out, page by page. */
export type Pages = AsyncIterable<readonly Item[]>;

export interface Column {
  name: string;
  type: 'text' | 'integer' | 'number' | 'boolean' | 'list';
  /** Where the value stands in an item; of a list the members' values, blanks left out. */
  path: readonly string[];
}

/** How the rows of a list become a table, and its lines. */
export interface Table {
  /** What one row is: the `type` of a line. */
  noun: string;
  columns: readonly Column[];
}

export type Cell = string | number | boolean | string[] | null;

/**
 * The columns of a table by name. Each says where its value stands: `saidOn.edtf`; `positions[].stance` is a list, one
 * value a position; `responseCount:integer` is a number.
 */
export function columnsOf(columns: Record<string, string>): Column[] {
  return Object.entries(columns).map(([name, place]) => {
    const [path = '', type = path.includes('[]') ? 'list' : 'text'] = place.split(':');
    return { name, type: type as Column['type'], path: path.split('.') };
  });
}

/** The cells of a row, one a column. */
export function cellsOf(item: Item, columns: readonly Column[]): Cell[] {
  return columns.map(({ path, type }) => {
    const values = valuesAt(item, path);
    if (type === 'list') return values.map(String);
    const [value = null] = values;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell);
  });
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (value === null || value === undefined) return [];
  if (step === undefined) return [value];
  const isList = step.endsWith('[]');
  const member = (value as Item)[isList ? step.slice(0, -2) : step];
  if (isList) return ((member ?? []) as unknown[]).flatMap((one) => valuesAt(one, rest));
  return valuesAt(member, rest);
}

/** A list in one cell for people to read. */
export const joined = (list: readonly string[]): string => list.join('; ');
