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
