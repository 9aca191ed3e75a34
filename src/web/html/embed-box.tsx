import type { PublicSite } from '../site.ts';
import type { Alternate } from './page.ts';

/** As in the addresses of pages. */
export type Embeddable = 'claims' | 'statements' | 'people';

/** The code by which others embed what a page shows, with the choices there are; `query` is what the address asks. */
export function EmbedBox({
  kind,
  reference,
  query,
}: {
  kind: Embeddable;
  reference: string;
  query: Record<string, string>;
}) {
  const address = `/embed/code?${new URLSearchParams({ ...query, kind, reference })}`;
  return (
    <details class="embed-box">
      <summary>Embed this</summary>
      <iframe src={address} title="Code to embed this, and how it will look" loading="lazy" />
      <p class="note">
        <a href={address}>Open this on a page of its own</a>
      </p>
    </details>
  );
}

/** By which whoever knows oEmbed finds how to embed a page, given its path with what it asks. */
export function oembedAlternates(site: PublicSite, path: string, title: string): Alternate[] {
  const url = encodeURIComponent(site.publicUrl + path);
  return (['json', 'xml'] as const).map((format) => ({
    type: format === 'json' ? 'application/json+oembed' : 'text/xml+oembed',
    href: `/oembed?url=${url}&format=${format}`,
    title,
  }));
}

/** The same in the header of an answer, for who does not read the page. */
export function oembedLinks(site: PublicSite, alternates: readonly Alternate[] = []): Record<string, string> {
  const links = alternates
    .filter(({ type }) => type.endsWith('+oembed'))
    .map(({ type, href }) => `<${site.publicUrl}${href}>; rel="alternate"; type="${type}"`);
  return links.length ? { link: links.join(', ') } : {};
}
