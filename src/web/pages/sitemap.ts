import { Router } from 'express';
import { type Listed, listAddresses, listAddressParts, listed } from '../../domain/exchange/addresses.ts';
import { isId } from '../../lib/ids.ts';
import { sendPage } from '../html/send-page.ts';
import type { Memory } from '../memory.ts';
import type { Site } from '../site.ts';

const XML = { 'content-type': 'application/xml; charset=utf-8' };
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** For search engines: /robots.txt, and every page at /sitemap.xml, in parts (https://www.sitemaps.org/protocol.html). */
export function sitemapRouter(site: Site, memory: Memory): Router {
  const router = Router();

  router.get('/robots.txt', (req, res) => {
    const text = `User-agent: *\nDisallow: /search\nDisallow: /setup/\n\nSitemap: ${site.publicUrl}/sitemap.xml\n`;
    const at = { memory, generation: memory.generation };
    sendPage(req, res, at, text, { 'content-type': 'text/plain; charset=utf-8' });
  });

  router.get('/sitemap.xml', async (req, res) => {
    const at = { memory, generation: memory.generation };
    const parts = await Promise.all(
      listed.map(async (of) => (await listAddressParts(site.db, of)).map((from) => `${of}/${from}`)),
    );
    const list = parts
      .flat()
      .map((name) => `<sitemap><loc>${escaped(site.publicUrl)}/sitemaps/${name}.xml</loc></sitemap>\n`);
    sendPage(req, res, at, xml('sitemapindex', list), XML);
  });

  router.get('/sitemaps/:of/:from.xml', async (req, res, next) => {
    const { of, from } = req.params;
    if (!isListed(of) || !isId(from)) return next();
    const at = { memory, generation: memory.generation };
    const addresses = await listAddresses(site.db, of, from);
    const list = addresses.map(
      ({ url, updatedAt }) => `<url><loc>${escaped(url)}</loc><lastmod>${updatedAt}</lastmod></url>\n`,
    );
    sendPage(req, res, at, xml('urlset', list), XML);
  });

  return router;
}

const isListed = (of: string): of is Listed => (listed as readonly string[]).includes(of);

/** Of what XML demands to be escaped, only this can stand in an address. */
const escaped = (url: string): string => url.replaceAll('&', '&amp;');

function xml(root: string, list: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${list.join('')}</${root}>\n`;
}
