import type { Issue } from '../../errors.ts';
import type { Mistakes } from './forms.tsx';

/**
 * A field of a form is named by its place in the input of the act, `statement/sources/0/url`: so what the act says of
 * `/statement/sources/0/url` belongs beside it. Names with a dot, and `form` and the like, say something about the form.
 */
export type Typed = URLSearchParams;

/** Makes the input of an act of what was typed; what is empty is left out. Values that are no text stand in `read`. */
export function inputOf(typed: Typed, roots: readonly string[], read: ReadonlyMap<string, unknown>): unknown {
  const input = {};
  for (const [name, value] of typed) {
    const path = name.split('/');
    if (name.includes('.') || !roots.includes(path[0]!) || value.trim() === '') continue;
    put(input, path, read.has(name) ? read.get(name) : value.trim());
  }
  return input;
}

/** The rows of a list in a form, `names/0`, in their order. */
export function rowsOf(typed: Typed, list: string): string[] {
  const rows = [...typed.keys()].flatMap((name) => rowIn(name, list) ?? []);
  return [...new Set(rows)];
}

const rowIn = (name: string, list: string): string | undefined => new RegExp(`^${list}/\\d+(?=/|$)`).exec(name)?.[0];

/**
 * What was typed without the rows of a list that are to go, by a field `gone`, and without new ones in which none of the
 * fields that tell something is filled; the others are numbered anew, also where other fields name them.
 */
export function withoutEmptyRows(typed: Typed, list: string, tells: readonly string[]): Typed {
  const gone = typed.getAll('gone');
  const isTold = (row: string) => ['id', ...tells].some((name) => typed.get(`${row}/${name}`)?.trim());
  const kept = rowsOf(typed, list).filter((row) => !gone.includes(row) && isTold(row));
  const numbered = (text: string): string | undefined => {
    const row = rowIn(text, list);
    if (row === undefined) return text;
    const index = kept.indexOf(row);
    return index < 0 ? undefined : `${list}/${index}${text.slice(row.length)}`;
  };
  const about = ['shown', 'gone'];
  return new URLSearchParams(
    [...typed].flatMap(([name, value]) => {
      const [to, says] = about.includes(name) ? [name, numbered(value)] : [numbered(name), value];
      return to === undefined || says === undefined ? [] : [[to, says]];
    }),
  );
}

type Tree = Record<string, unknown> | unknown[];

function put(tree: Tree, [step = '', next, ...rest]: string[], value: unknown): void {
  const place = tree as Record<string, unknown>;
  if (next === undefined) place[step] = value;
  else {
    place[step] ??= /^\d+$/.test(next) ? [] : {};
    put(place[step] as Tree, [next, ...rest], value);
  }
}

/** A sentence for each field that is not right; what belongs to no field of the form is under the empty name. */
export function mistakesOf(issues: readonly Issue[], typed: Typed): Mistakes {
  const mistakes: Mistakes = {};
  for (const { pointer, detail } of issues) {
    const name = nearestField(pointer.slice(1), typed);
    mistakes[name] ??= name === '' ? `${pointer}: ${detail}` : sentence(detail);
  }
  return mistakes;
}

/** A mistake within a part that has one field, or in a whole, belongs to the field that begins so. */
function nearestField(pointer: string, typed: Typed): string {
  const names = [...typed.keys()].filter((name) => !name.includes('.'));
  return (
    names.find((name) => name === pointer) ??
    names.find((name) => pointer.startsWith(`${name}/`)) ??
    names.find((name) => name.startsWith(`${pointer}/`)) ??
    // Of an act that takes only a part of the form.
    names.find((name) => name.endsWith(`/${pointer}`)) ??
    ''
  );
}

const sentence = (detail: string): string => {
  const said = /^(must|is|has|does|cannot|may)\b/.test(detail) ? `This ${detail}` : detail;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.?!]$/.test(said) ? '' : '.'}`;
};
