import type { Item, Pages } from './table.ts';

/** What schema.org calls the things in these rows. */
export type NodesOf = (items: readonly Item[]) => Promise<readonly object[]>;

/** JSON-LD: one graph of all that the rows are in schema.org's words. */
export async function* jsonLd(pages: Pages, nodesOf: NodesOf): AsyncGenerator<string> {
  let begin = '{"@context":"https://schema.org","@graph":[';
  for await (const items of pages) {
    for (const node of await nodesOf(items)) {
      yield `${begin}\n${JSON.stringify(node)}`;
      begin = ',';
    }
  }
  yield `${begin === ',' ? '' : begin}\n]}\n`;
}
