import type { IncomingMessage } from 'node:http';
import { type Request, type Response, Router } from 'express';
import { NotFound } from '../../errors.ts';
import type { Ask } from '../ask.ts';
import { renderPage } from '../html/document.tsx';
import { oembedLinks } from '../html/embed-box.tsx';
import { pageHeaders, sendPage } from '../html/send-page.ts';
import type { Memory } from '../memory.ts';
import { problemOf } from '../middleware/problems.ts';
import type { Site } from '../site.ts';
import { aboutPage } from './about-page.tsx';
import { cardRouter } from './card.tsx';
import { claimPage } from './claim-page.tsx';
import { homePage } from './home-page.tsx';
import { pageQuery, withQuery } from './page-query.ts';
import { peoplePage } from './people-page.tsx';
import { personPage } from './person-page.tsx';
import type { PageRoute, Visit } from './route.ts';
import { searchPage } from './search-page.tsx';
import { sitemapRouter } from './sitemap.ts';
import { sourcePage } from './source-page.tsx';
import { statementPage } from './statement-page.tsx';
import { topicPage } from './topic-page.tsx';
import { topicsPage } from './topics-page.tsx';

/** Every page of the record. */
export const pages: readonly PageRoute[] = [
  homePage,
  peoplePage,
  personPage,
  claimPage,
  statementPage,
  sourcePage,
  topicsPage,
  topicPage,
  searchPage,
  aboutPage,
];

/** The pages, each also as data: `/people/x.json`, or by Accept. */
export function pagesRouter(site: Site, memory: Memory, ask: Ask): Router {
  const router = Router({ caseSensitive: true });
  router.use(sitemapRouter(site, memory));
  router.use(cardRouter(site, memory, ask));
  for (const page of pages) {
    if (page.data) router.get(`${page.path}.:form`, (req, res) => sendToData(page, site, req, res));
    router.get(page.path, (req, res) => showPage(page, { site, memory, ask }, req, res));
  }
  return router;
}

async function showPage(
  page: PageRoute,
  { site, memory, ask }: { site: Site; memory: Memory; ask: Ask },
  req: Request,
  res: Response,
): Promise<void> {
  if (page.data && asksForData(req)) return sendToData(page, site, req, res);
  const { generation } = memory;
  const url = new URL(req.originalUrl, site.publicUrl);
  const { query, isClean } = pageQuery(url.searchParams, page.query);
  // What a form leaves empty would stand in an address that is passed on.
  if (!isClean) return redirect(res, 303, withQuery(url.pathname, query));
  const visit = { reference: referenceIn(req), query, ask, site };
  const shown = await page.show(visit).catch((thrown) => refusal(page, visit, thrown, res));
  if (!shown) return;
  if ('movedTo' in shown) return redirect(res, 308, withQuery(shown.movedTo, query));
  sendPage(
    req,
    res,
    { memory, generation },
    renderPage(site, { ...shown, asOf: query.asOf }),
    oembedLinks(site, shown.alternates),
  );
}

/** The page of a claim as the public sees it on this site, for who is shown it before the public is. */
export async function claimPageHtml(site: Site, ask: Ask, reference: string): Promise<string> {
  const shown = await claimPage.show({ reference, query: {}, ask, site });
  if ('movedTo' in shown) throw new NotFound('claim', reference);
  return renderPage(site, shown);
}

/** Where the page itself says what is wrong with what was asked, it is sent; whatever else was thrown is thrown on. */
async function refusal(page: PageRoute, visit: Visit, thrown: unknown, res: Response): Promise<undefined> {
  const { status, errors } = problemOf(thrown);
  if (!page.refused || !errors) throw thrown;
  const html = renderPage(visit.site, await page.refused(visit, errors));
  res.status(status).set({ ...pageHeaders, 'cache-control': 'no-store' });
  res.end(html);
}

/**
 * Whether the address of a page is asked for as data, and not as a page. The memory of answers has pages only, so whoever
 * asks so must not be answered from it.
 */
export function asksForData({ headers: { accept } }: IncomingMessage): boolean {
  return accept !== undefined && !/html|\*\/\*|text\/\*/.test(accept) && /json|csv|vnd\.|ndjson/.test(accept);
}

/** The API has the data, in every form; the parameters are the same. */
function sendToData(page: PageRoute, site: Site, req: Request, res: Response): void {
  const path = page.data!.replace('{reference}', encodeURIComponent(referenceIn(req)));
  const form = req.params.form === undefined || req.params.form === 'json' ? '' : `.${String(req.params.form)}`;
  const { search } = new URL(req.originalUrl, site.publicUrl);
  res.setHeader('access-control-allow-origin', '*');
  redirect(res, 303, `${site.publicUrl}/api/v1/${path}${form}${search}`);
}

const referenceIn = (req: Request): string => String(req.params.reference ?? '');

function redirect(res: Response, status: 303 | 308, to: string): void {
  res.setHeader('cache-control', 'public, no-cache');
  res.setHeader('vary', 'Accept');
  res.redirect(status, to);
}
