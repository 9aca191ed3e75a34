/**
 * As much of jq as documentation needs: paths (`.a.b[0].c`, `.a[]`), `|`, `[…]`, `{a: …, b}`. Each filter makes any
 * number of values of one.
 */
type Filter = (value: unknown) => unknown[];

export function jq(program: string): Filter {
  const tokens = program.match(/[[\]{}|:,]|\.(?:\w+)?|\w+/g) ?? [];
  if (tokens.join('') !== program.replace(/\s+/g, '')) throw new Error(`The test cannot read this jq: ${program}`);
  let at = 0;
  const next = () => tokens[at];
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`The test cannot read this jq at "${token}", where "${expected}" should be: ${program}`);
    return token;
  };

  function pipe(): Filter {
    const first = term();
    if (next() !== '|') return first;
    take('|');
    const then = pipe();
    return (value) => first(value).flatMap(then);
  }

  function term(): Filter {
    if (next() === '[') return list();
    if (next() === '{') return object();
    return path();
  }

  function list(): Filter {
    take('[');
    const inside = pipe();
    take(']');
    return (value) => [inside(value)];
  }

  function object(): Filter {
    take('{');
    const members: [string, Filter][] = [];
    while (next() !== '}') {
      const name = take();
      if (next() === ':') {
        take(':');
        members.push([name, term()]);
      } else members.push([name, (value) => [member(value, name)]]);
      if (next() !== '}') take(',');
    }
    take('}');
    return (value) => [Object.fromEntries(members.map(([name, filter]) => [name, filter(value)[0]]))];
  }

  function path(): Filter {
    let filter: Filter = (value) => [value];
    while (next()?.startsWith('.') || next() === '[') {
      const before = filter;
      if (next() === '[') {
        take('[');
        const index = next() === ']' ? undefined : Number(take());
        take(']');
        filter = (value) =>
          before(value).flatMap((list) => (index === undefined ? (list as unknown[]) : [(list as unknown[])?.[index]]));
      } else {
        const name = take().slice(1);
        if (name) filter = (value) => before(value).map((object) => member(object, name));
      }
    }
    return filter;
  }

  const filter = pipe();
  if (at < tokens.length) throw new Error(`The test cannot read this jq from "${next()}" on: ${program}`);
  return filter;
}

const member = (object: unknown, name: string): unknown => (object as Record<string, unknown> | null)?.[name] ?? null;
