import cors from 'cors';
import { type Request, type Response, Router } from 'express';
import type { Ask } from '../ask.ts';
import type { Embeddable } from '../html/embed-box.tsx';
import type { Memory } from '../memory.ts';
import { type ProblemBody, problemOf } from '../middleware/problems.ts';
import { sendAnswer } from '../send-answer.ts';
import type { Site } from '../site.ts';
import { codePage } from './code-page.tsx';
import { embedPolicy, renderEmbed } from './document.tsx';
import { embedKinds, embeds, queryOf } from './embeds.ts';
import { loader } from './loader.ts';
import { Look, plainLook } from './look.ts';
import { oembed } from './oembed.ts';
import type { Embedding } from './route.ts';
import { troubleEmbed } from './trouble-embed.tsx';

/** Records to be shown within the pages of others. */
export function embedRouter(site: Site, memory: Memory, ask: Ask): Router {
  const router = Router({ caseSensitive: true });
  const embedding = { site, memory, ask };
  // An embed in a sandbox has no origin, and asks whether it is still what is on record.
  const toAll = cors({
    methods: ['GET', 'HEAD'],
    allowedHeaders: ['If-None-Match'],
    exposedHeaders: ['ETag'],
    maxAge: 86_400,
  });
  for (const kind of embedKinds) {
    router.use(`/embed/${kind}`, toAll);
    router.get(`/embed/${kind}/:reference`, (req, res) => showEmbed(kind, embedding, req, res));
  }
  router.get('/embed/code', codePage(embedding));
  router.get('/embed.js', loader);
  router.get('/oembed', oembed(embedding));
  return router;
}

/** The embed of a claim as others' pages show it, but for its script, which would ask for what the public sees by now. */
export async function claimEmbedHtml(
  site: Site,
  ask: Ask,
  reference: string,
): Promise<{ html: string; policy: string }> {
  const embed = await embeds.claims.show({ reference, query: {}, look: plainLook, ask, db: site.db });
  return { html: renderEmbed(site, plainLook, embed, { still: true }).html, policy: embedPolicy(plainLook.theme) };
}

async function showEmbed(
  kind: Embeddable,
  { site, memory, ask }: Embedding,
  req: Request,
  res: Response,
): Promise<void> {
  const { generation } = memory;
  const reference = String(req.params.reference);
  const { searchParams } = new URL(req.originalUrl, site.publicUrl);
  let look = plainLook;
  let trouble: ProblemBody | undefined;
  const show = async () => {
    look = Look.parse(Object.fromEntries(searchParams));
    return await embeds[kind].show({ reference, query: queryOf(kind, searchParams), look, ask, db: site.db });
  };
  const embed = await show().catch((error: unknown) => {
    trouble = problemOf(error);
    // What went wrong on our side is logged and answered as everywhere.
    if (trouble.status >= 500) throw error;
    return troubleEmbed(trouble, `/${kind}/${encodeURIComponent(reference)}`, look);
  });
  const { html, etag } = renderEmbed(site, look, embed);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': embedPolicy(look.theme),
    'cache-control': 'public, max-age=60, stale-while-revalidate=300',
    etag,
  };
  const sent = trouble ? { status: trouble.status } : { keeping: { memory, generation } };
  sendAnswer(req, res, Buffer.from(html), headers, sent);
}
