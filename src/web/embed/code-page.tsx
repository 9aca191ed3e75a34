import type { RequestHandler } from 'express';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { Reference } from '../../domain/fields.ts';
import { claimRevisions, statementRevisions } from '../../domain/history/revisions.ts';
import type { Embeddable } from '../html/embed-box.tsx';
import { pageHeaders } from '../html/send-page.ts';
import type { Site } from '../site.ts';
import { CodeForm } from './code-form.tsx';
import { hashOf, renderEmbed } from './document.tsx';
import { embedKinds, embeds, queryOf } from './embeds.ts';
import { estimateHeight } from './height.ts';
import { Look, plainLook } from './look.ts';
import type { Embedding } from './route.ts';
import { codeScript } from './scripts.ts';
import { elementHtml, frameHtml } from './snippets.tsx';
import { codeStyle } from './style.ts';

const Choice = z.object({
  kind: z.enum(embedKinds as [Embeddable, ...Embeddable[]]),
  reference: Reference,
  width: z.enum(['100%', '640', '480', '320']).default('100%'),
  pin: z.string().optional(),
});

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(codeStyle)}`,
  `script-src ${hashOf(codeScript)}`,
  "img-src 'self' data:",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** What stands in the "embed" box of a page: the code to copy, how it will look, and the choices. Without scripts, a form. */
export function codePage({ site, ask }: Embedding): RequestHandler {
  return async (req, res) => {
    const { searchParams } = new URL(req.originalUrl, site.publicUrl);
    const asked = Object.fromEntries(searchParams);
    const { kind, reference, width, pin } = Choice.parse(asked);
    const look = Look.parse(asked);
    const filters = queryOf(kind, searchParams);
    const embed = await embeds[kind].show({ reference, query: filters, look, ask, db: site.db });
    const pinned = pin ? await pinnedNow(kind, embed.id, site) : {};
    const different = Object.entries(look).filter(([name, value]) => value !== plainLook[name as keyof Look]);
    const query = { ...filters, ...Object.fromEntries(different), ...pinned };
    const pixels = width === '100%' ? 640 : Number(width);
    const height = estimateHeight(renderEmbed(site, look, embed).html, pixels);
    const snippet = { embed, kind, reference, query, width: width === '100%' ? width : pixels, height } as const;
    const codes = {
      element: elementHtml(site, snippet),
      frame: frameHtml(site, snippet),
      address: site.publicUrl + embed.path + (Object.keys(query).length ? `?${new URLSearchParams(query)}` : ''),
    };
    res.set({ ...pageHeaders, 'content-security-policy': policy, 'cache-control': 'public, no-cache' });
    res.end(
      `<!doctype html>\n${renderToString(
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="robots" content="noindex" />
            <title>{`Embed code – ${embed.title}`}</title>
            <link rel="icon" href="data:," />
            <style dangerouslySetInnerHTML={{ __html: codeStyle }} />
          </head>
          <body>
            <CodeForm
              choice={{ kind, reference, width, pin: Boolean(pin), look, filters }}
              codes={codes}
              preview={snippet}
              site={site}
            />
            <script dangerouslySetInnerHTML={{ __html: codeScript }} />
          </body>
        </html>,
      )}\n`,
    );
  };
}

/** The parameters by which it goes on showing what it shows now. */
async function pinnedNow(kind: Embeddable, id: string, { db, now }: Site): Promise<Record<string, string>> {
  if (kind === 'people') return { asOf: now().toISOString() };
  const revisions = await (kind === 'claims' ? claimRevisions : statementRevisions)(db, id);
  return { rev: String(revisions.length) };
}
