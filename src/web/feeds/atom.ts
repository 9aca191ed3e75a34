import { Feed as Writer } from 'feed';
import { xmlCharacters, xmlText } from '../../lib/xml.ts';
import type { PublicSite } from '../site.ts';
import { type Feed, updatedOf } from './feed.ts';

/** RFC 4287. */
export function asAtom(site: PublicSite, feed: Feed, address: string): string {
  const writer = new Writer({
    id: site.publicUrl + address,
    title: xmlCharacters(`${feed.title} – ${site.siteName}`),
    link: site.publicUrl + feed.path,
    updated: new Date(updatedOf(feed)),
    feedLinks: { atom: site.publicUrl + address },
    author: { name: xmlCharacters(site.publisherName), link: site.publisherUrl },
    copyright: site.dataLicense.url,
    generator: false,
  });
  for (const { id, url, title, text, author, published, updated } of feed.entries) {
    writer.addItem({
      id,
      link: url,
      // The library says that these are HTML.
      title: xmlText(title),
      content: `<p>${xmlText(text)}</p>`,
      ...(author && { author: [{ name: xmlCharacters(author) }] }),
      published: new Date(published),
      date: new Date(updated),
    });
  }
  return writer.atom1();
}
