import { type AnchorHTMLAttributes, type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The day or instant whose record a page or an embed shows; undefined in the present. */
export const ShownAsOf = createContext<string | undefined>(undefined);

/** A link to the page of a record, from the root. From a page that shows the past it leads to the same past. */
export function RecordLink({
  href,
  children,
  ...more
}: AnchorHTMLAttributes & { href: string; children: ComponentChildren }) {
  const asOf = useContext(ShownAsOf);
  return (
    <a {...more} href={asOf === undefined ? href : inThePast(href, asOf)}>
      {children}
    </a>
  );
}

function inThePast(href: string, asOf: string): string {
  const [path, place] = href.split('#');
  const query = `?asOf=${encodeURIComponent(asOf).replaceAll('%3A', ':')}`;
  return path + query + (place === undefined ? '' : `#${place}`);
}
