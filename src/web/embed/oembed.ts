import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { Gone, Malformed, NotFound, Unauthenticated } from '../../errors.ts';
import { xmlText } from '../../lib/xml.ts';
import type { Embeddable } from '../html/embed-box.tsx';
import type { Embed } from './document.tsx';
import { renderEmbed } from './document.tsx';
import { embedKinds, embeds, queryOf } from './embeds.ts';
import { estimateHeight } from './height.ts';
import { Look } from './look.ts';
import type { Embedding } from './route.ts';
import { oembedHtml } from './snippets.tsx';

const WIDTH = 640;

const pixels = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'must be a whole number of pixels')
  .transform(Number)
  .optional();
const Query = z.object({
  url: z.string('must be the address of a claim, a statement or a person of this record'),
  format: z.string().default('json'),
  maxwidth: pixels,
  maxheight: pixels,
});

/** oEmbed 1.0: `rich`, as JSON or XML, for the pages and the embeds of records of ours. */
export function oembed({ site, ask }: Embedding): RequestHandler {
  return async (req, res) => {
    const { url, format, maxwidth = WIDTH, maxheight } = Query.parse(Object.fromEntries(queryIn(req, site.publicUrl)));
    res.setHeader('access-control-allow-origin', '*');
    if (format !== 'json' && format !== 'xml') {
      return void res.status(501).type('text/plain').send('This answers format=json and format=xml.\n');
    }
    const { kind, reference, parameters } = recordAt(url, site.publicUrl);
    const look = Look.parse(Object.fromEntries(parameters));
    const query = queryOf(kind, parameters);
    const embed = await embeds[kind].show({ reference, query, look, ask, db: site.db }).catch(notPublic);
    const width = Math.min(WIDTH, maxwidth);
    const height = Math.min(estimateHeight(renderEmbed(site, look, embed).html, width), maxheight ?? 20_000);
    const asked = { ...query, ...Object.fromEntries(Object.entries(look).filter(([name]) => parameters.has(name))) };
    const answer = {
      version: '1.0',
      type: 'rich',
      title: embed.title,
      provider_name: site.siteName,
      provider_url: site.publicUrl,
      author_name: site.publisherName,
      author_url: site.publisherUrl,
      cache_age: 3600,
      width,
      height,
      html: oembedHtml(site, { embed, kind, reference, query: asked, width, height }),
    };
    res.setHeader('cache-control', 'public, no-cache');
    if (format === 'json') res.type('application/json').send(JSON.stringify(answer));
    else res.type('text/xml').send(asXml(answer));
  };
}

const queryIn = ({ originalUrl }: Request, publicUrl: string) => new URL(originalUrl, publicUrl).searchParams;

interface RecordAddress {
  kind: Embeddable;
  reference: string;
  parameters: URLSearchParams;
}

/** The record whose page, or whose embed, this is the address of. Throws `NotFound` for what is not ours. */
export function recordAt(url: string, publicUrl: string): RecordAddress {
  if (URL.canParse(url)) {
    const { origin, pathname, searchParams } = new URL(url);
    const ours = new URL(publicUrl);
    const path = pathname.slice(ours.pathname === '/' ? 0 : ours.pathname.length);
    const [, kind, reference] = /^(?:\/embed)?\/(\w+)\/([^/]+)\/?$/.exec(path) ?? [];
    if (origin === ours.origin && reference && embedKinds.some((one) => one === kind)) {
      try {
        return { kind: kind as Embeddable, reference: decodeURIComponent(reference), parameters: searchParams };
      } catch {
        throw new Malformed('The address is not percent-encoded UTF-8.');
      }
    }
  }
  throw new NotFound('page that can be embedded', url);
}

/** oEmbed has 401 for what is not public, and says so of drafts and of what never was alike, so that nobody learns which. */
function notPublic(error: unknown): Embed {
  if (error instanceof NotFound || error instanceof Gone) throw new Unauthenticated();
  throw error;
}

function asXml(answer: Record<string, string | number>): string {
  const members = Object.entries(answer).map(([name, value]) => `<${name}>${xmlText(String(value))}</${name}>`);
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${members.join('')}</oembed>\n`;
}
