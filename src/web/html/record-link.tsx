import { type AnchorHTMLAttributes, type ComponentChildren, createContext } from 'preact';

/** The day or instant whose record a page or an embed shows; undefined in the present. */
export const ShownAsOf = createContext<string | undefined>(undefined);

/** A link to the page of a record, from the root. From a page that shows the past it leads to the same past. */
export function RecordLink(props: AnchorHTMLAttributes & { href: string; children: ComponentChildren }, asOf?: string) {
  return asOf === undefined ? <a {...props} /> : <a {...props} href={inThePast(props.href, asOf)} />;
}
// A hook would do the same, but make all pages slower: with hooks, preact keeps account of every element.
RecordLink.contextType = ShownAsOf;

function inThePast(href: string, asOf: string): string {
  const [path, place] = href.split('#');
  const query = `?asOf=${encodeURIComponent(asOf).replaceAll('%3A', ':')}`;
  return path + query + (place === undefined ? '' : `#${place}`);
}
