import { nodesIn, parsePage } from '../../domain/exchange/readers/html-nodes.ts';
import { Language } from '../../domain/fields.ts';
import { looseDate } from '../../lib/loose-dates.ts';
import { badText } from '../../lib/text.ts';

/** What a page says of itself: fields of a source, each left out where the page does not say it. */
export type PageDescription = Partial<Record<'title' | 'publisher' | 'author' | 'publishedOn' | 'language', string>>;

const LONGEST = 500;

/**
 * Reads what a page of the web says of itself: in schema.org's words (JSON-LD or microdata), in those of Open Graph
 * (https://ogp.me) and Dublin Core, else by its title.
 */
export async function describePage(html: string): Promise<PageDescription> {
  const document = await parsePage(html);
  const nodes = [...nodesIn(document)].flatMap((found) => ('value' in found ? nodesBelow(found.value) : []));
  const article = nodes.find(isArticle) ?? {};
  const meta = (...names: string[]): string | undefined => {
    for (const name of names) {
      const found = document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content');
      if (found?.trim()) return found;
    }
  };
  const published = plain(article.datePublished) ?? meta('article:published_time', 'dc.date', 'DC.date', 'date');
  const language = (plain(article.inLanguage) ?? document.documentElement?.getAttribute('lang'))?.replace('_', '-');
  const description = {
    title:
      plain(article.headline) ??
      meta('og:title', 'dc.title', 'DC.title') ??
      document.querySelector('title')?.textContent,
    publisher: named(article.publisher) ?? meta('og:site_name', 'dc.publisher', 'DC.publisher'),
    author: named(article.author) ?? meta('author', 'dc.creator', 'DC.creator'),
    publishedOn: published && looseDate(published),
    language: language && Language.safeParse(language).data,
  };
  return Object.fromEntries(
    Object.entries(description).flatMap(([name, value]) => {
      const text = value?.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST);
      return text && !badText(text) ? [[name, text]] : [];
    }),
  );
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The nodes that a page lists, alone, in an array or in a graph. */
function nodesBelow(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesBelow);
  if (!isNode(value)) return [];
  return [value, ...nodesBelow(value['@graph'] ?? [])];
}

const isArticle = (node: Node): boolean => plain(node.headline) !== undefined;

const plain = (value: unknown): string | undefined => {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() ? first : undefined;
};

/** The names of one or several people, however they are given. An address is no name. */
function named(value: unknown): string | undefined {
  const names = [value]
    .flat()
    .map((one) => plain(isNode(one) ? one.name : one))
    .filter((name) => name !== undefined && !/^https?:/.test(name));
  return names.length ? names.join(', ') : undefined;
}
