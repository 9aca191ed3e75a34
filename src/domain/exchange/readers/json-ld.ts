/** Reading JSON-LD as it is published: values may be lists of one, numbers, or objects that hold them. */

export type Node = Record<string, unknown>;

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a list, or the one value itself. */
export const each = (value: unknown): unknown[] => (value == null ? [] : Array.isArray(value) ? value : [value]);

/** The first of several that is a node. */
export const node = (value: unknown): Node => each(value).find(isNode) ?? {};

/** A text that is not blank; of a node its value, name, address or id. */
export function textIn(value: unknown): string | undefined {
  for (const one of each(value)) {
    if (typeof one === 'string' && one.trim()) return one;
    if (typeof one === 'number') return String(one);
    if (isNode(one)) {
      const inner = textIn(one['@value'] ?? one.name ?? one.url ?? one['@id']);
      if (inner) return inner;
    }
  }
  return undefined;
}

export function isOfType(value: Node, type: string): boolean {
  return each(value['@type']).some((one) => typeof one === 'string' && one.split(/[/#:]/).at(-1) === type);
}

/** Every node of a type within a value, with its JSON path. What lies in one that was found is its own affair. */
export function* nodesOf(
  value: unknown,
  types: readonly string[],
  path: string,
): Generator<{ path: string; value: Node }> {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* nodesOf(one, types, `${path}[${index}]`);
  } else if (isNode(value)) {
    if (types.some((type) => isOfType(value, type))) yield { path, value };
    else for (const [key, one] of Object.entries(value)) yield* nodesOf(one, types, `${path}.${key}`);
  }
}
