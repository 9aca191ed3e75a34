import { renderToString } from 'preact-render-to-string';
import type { Embeddable } from '../html/embed-box.tsx';
import type { PublicSite } from '../site.ts';
import type { Embed } from './document.tsx';

export interface Snippet {
  embed: Embed;
  kind: Embeddable;
  reference: string;
  /** The parameters of its address: its look, and what it shows. */
  query: Record<string, string>;
  /** Pixels, or as wide as there is room. */
  width: number | '100%';
  height: number;
}

export function embedAddress(
  site: PublicSite,
  { kind, reference, query }: Omit<Snippet, 'embed' | 'width' | 'height'>,
): string {
  const asked = new URLSearchParams(query);
  return `${site.publicUrl}/embed/${kind}/${encodeURIComponent(reference)}${asked.size ? `?${asked}` : ''}`;
}

/** The words and a link, for consumers that drop all the rest. They keep a blockquote that has no attributes. */
function Words({ site, embed }: { site: PublicSite; embed: Embed }) {
  return (
    <blockquote>
      {embed.words} <a href={site.publicUrl + embed.path}>{`${embed.title} – ${site.siteName}`}</a>
    </blockquote>
  );
}

function Frame({ site, snippet }: { site: PublicSite; snippet: Snippet }) {
  const { embed, width, height } = snippet;
  return (
    <iframe
      src={embedAddress(site, snippet)}
      title={embed.title}
      width={width}
      height={height}
      frameborder="0"
      scrolling="auto"
    />
  );
}

/** What consumers of oEmbed get: with nothing in it that they would drop. */
export const oembedHtml = (site: PublicSite, snippet: Snippet): string =>
  renderToString(
    <>
      <Words site={site} embed={snippet.embed} />
      <Frame site={site} snippet={snippet} />
    </>,
  );

/** A frame alone, of a fixed height. */
export const frameHtml = (site: PublicSite, snippet: Snippet): string =>
  renderToString(<Frame site={site} snippet={snippet} />);

const ATTRIBUTES: Record<Embeddable, string> = { claims: 'claim', statements: 'statement', people: 'person' };

/** The element, which takes the height that it needs, with its place kept free until then, and its loader. */
export function elementHtml(site: PublicSite, { embed, kind, reference, query, width, height }: Snippet): string {
  const attributes = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    ]),
  );
  const size = `display:block;min-height:${height}px${width === '100%' ? '' : `;max-width:${width}px`}`;
  const element = renderToString(
    // @ts-expect-error an element of ours, which only host pages know
    <on-record {...{ [ATTRIBUTES[kind]]: reference }} {...attributes} style={size}>
      <Words site={site} embed={embed} />
      {/* @ts-expect-error the same */}
    </on-record>,
  );
  return `${element}\n<script async src="${site.publicUrl}/embed.js"></script>`;
}
