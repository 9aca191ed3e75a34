import { Router } from 'express';
import type { Ask } from '../ask.ts';
import { sendPage } from '../html/send-page.ts';
import type { Memory } from '../memory.ts';
import type { PublicSite, Site } from '../site.ts';
import { asAtom } from './atom.ts';
import { type Feed, updatedOf } from './feed.ts';
import { feeds } from './feeds.ts';
import { asJsonFeed } from './json-feed.ts';

type Write = (site: PublicSite, feed: Feed, address: string) => string;

const forms: Record<string, { type: string; write: Write }> = {
  atom: { type: 'application/atom+xml; charset=utf-8', write: asAtom },
  json: { type: 'application/feed+json; charset=utf-8', write: asJsonFeed },
};

/** What is new on record, for feed readers. */
export function feedsRouter(site: Site, memory: Memory, ask: Ask): Router {
  const router = Router({ caseSensitive: true });
  for (const [path, read] of Object.entries(feeds)) {
    for (const [ending, { type, write }] of Object.entries(forms)) {
      router.get(`${path}.${ending}`, async (req, res) => {
        const { generation } = memory;
        const feed = await read({
          site,
          ask,
          reference: String((req.params as Record<string, unknown>).reference ?? ''),
        });
        const own = `${feed.path === '/' ? path : `${feed.path}/feed`}.${ending}`;
        res.setHeader('access-control-allow-origin', '*');
        sendPage(req, res, { memory, generation }, write(site, feed, own), {
          'content-type': type,
          'last-modified': new Date(updatedOf(feed)).toUTCString(),
        });
      });
    }
  }
  return router;
}
