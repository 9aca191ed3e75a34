import type { Readable } from 'node:stream';
import { Malformed } from '../../../errors.ts';
import type { Node } from './json-ld.ts';
import { textOf } from './text-stream.ts';

/** A page is kept whole in memory. */
const LARGEST_PAGE = 16 * 1024 * 1024;

type Found = { path: string; value: unknown } | { path: string; refused: string };

/** What a page of HTML says in JSON-LD and in microdata. Nothing in it is run, and texts stay texts. */
export async function* nodesInPage(bytes: Readable): AsyncGenerator<Found> {
  let html = '';
  for await (const text of textOf(bytes)) {
    html += text;
    if (html.length > LARGEST_PAGE) throw new Malformed('The page is larger than 16 MB.');
  }
  yield* nodesIn(await parsePage(html));
}

/** A page as a tree. What reads it is loaded when first asked: it takes 27 MB, and most files are no pages. */
export async function parsePage(html: string): Promise<Document> {
  const { parseHTML } = await import('linkedom');
  return parseHTML(html).document;
}

/** What a parsed page says, in the order in which it says it. */
export function* nodesIn(document: Document): Generator<Found> {
  for (const [index, script] of [...document.querySelectorAll('script[type="application/ld+json"]')].entries()) {
    const path = `script[${index}]`;
    try {
      yield { path, value: JSON.parse(script.textContent ?? '') };
    } catch (error) {
      yield { path, refused: `is not JSON: ${(error as Error).message}` };
    }
  }
  const items = [...(document.querySelectorAll('[itemscope]') as Iterable<Element>)];
  const outer = items.filter((one) => attribute(one, 'itemprop') === undefined);
  for (const [index, item] of outer.entries()) yield { path: `itemscope[${index}]`, value: microdata(item) };
}

interface Element {
  readonly attributes: Iterable<{ name: string; value: string }>;
  readonly children: Iterable<Element>;
  readonly textContent: string | null;
}

/** An item of microdata (https://html.spec.whatwg.org/multipage/microdata.html) in the shape of JSON-LD. */
function microdata(item: Element): Node {
  const found: Node = { '@type': attribute(item, 'itemtype') ?? '' };
  const visit = (element: Element) => {
    for (const child of element.children) {
      const names = attribute(child, 'itemprop')?.split(/\s+/).filter(Boolean) ?? [];
      const value = names.length ? valueIn(child) : undefined;
      for (const name of names) found[name] = name in found ? [found[name], value].flat() : value;
      if (attribute(child, 'itemscope') === undefined) visit(child);
    }
  };
  visit(item);
  return found;
}

function valueIn(element: Element): unknown {
  if (attribute(element, 'itemscope') !== undefined) return microdata(element);
  for (const name of ['content', 'href', 'src', 'datetime']) {
    const value = attribute(element, name);
    if (value !== undefined) return value;
  }
  return element.textContent?.trim();
}

/** Names of attributes are written in any case. */
function attribute(element: Element, name: string): string | undefined {
  return [...element.attributes].find((one) => one.name.toLowerCase() === name)?.value;
}
