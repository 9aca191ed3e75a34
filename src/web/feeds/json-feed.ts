import type { PublicSite } from '../site.ts';
import type { Feed } from './feed.ts';

/** https://www.jsonfeed.org/version/1.1/ */
export function asJsonFeed(site: PublicSite, feed: Feed, address: string): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: `${feed.title} – ${site.siteName}`,
    home_page_url: site.publicUrl + feed.path,
    feed_url: site.publicUrl + address,
    authors: [{ name: site.publisherName, url: site.publisherUrl }],
    items: feed.entries.map(({ id, url, title, text, author, published, updated }) => ({
      id,
      url,
      title,
      content_text: text,
      ...(author && { authors: [{ name: author }] }),
      date_published: published,
      date_modified: updated,
    })),
  });
}
