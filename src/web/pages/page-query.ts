export type PageQuery = Record<string, string>;

/**
 * What an address asks of a page: of the parameters that it knows, those with a value. Forms send empty fields and one
 * name several times; an address that somebody added others to (as newsletters do) still leads here.
 */
export function pageQuery(search: URLSearchParams, known: readonly string[]): { query: PageQuery; isClean: boolean } {
  const query: PageQuery = {};
  let isClean = true;
  for (const name of known) {
    const given = search.getAll(name);
    const values = given.filter((value) => value.trim() !== '');
    if (values.length) query[name] = values.join(',');
    if (given.length > 1 || values.length < given.length) isClean = false;
  }
  return { query, isClean };
}

/** A path with these parameters, those without a value left out. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  // Commas and colons may stand in a query as they are, and are easier to read.
  const text = new URLSearchParams(given).toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text ? `${path}?${text}` : path;
}
