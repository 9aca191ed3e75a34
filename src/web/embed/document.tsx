import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { RecordLink, ShownAsOf } from '../html/record-link.tsx';
import { digestOf } from '../send-answer.ts';
import type { PublicSite } from '../site.ts';
import { type Look, wordsIn } from './look.ts';
import { frameScript } from './scripts.ts';
import { styles } from './style.ts';

export interface Embed {
  id: string;
  /** What it shows, as its name. */
  title: string;
  /** The words that stand for it where it cannot be shown. */
  words: string;
  /** Where the whole of it is, from the root. */
  path: string;
  tone?: string;
  /** The instant whose record it shows, where that is not the present: where its links lead, too. */
  asOf?: string | undefined;
  content: ComponentChildren;
}

export interface RenderedEmbed {
  html: string;
  etag: string;
}

/** An embed as a document that needs nothing else; `still`, without its script. Its ETag stands in it too, for its script to ask with. */
export function renderEmbed(site: PublicSite, look: Look, embed: Embed, { still = false } = {}): RenderedEmbed {
  const html = `<!doctype html>\n${renderToString(<Document site={site} look={look} embed={embed} still={still} />)}\n`;
  const etag = `"${digestOf(html)}"`;
  return { html: html.replace(`content="${ETAG}"`, `content="${etag.replaceAll('"', '&quot;')}"`), etag };
}

const ETAG = 'etag of this document';

function Document({ site, look, embed, still }: { site: PublicSite; look: Look; embed: Embed; still: boolean }) {
  const words = wordsIn(look);
  return (
    <html lang={look.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="etag" content={ETAG} />
        <meta name="robots" content="noindex" />
        <title>{`${embed.title} – ${site.siteName}`}</title>
        <base target="_blank" />
        <link rel="canonical" href={site.publicUrl + embed.path} />
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: styles[look.theme] }} />
      </head>
      <body>
        <main aria-label={embed.title} class={embed.tone && `is-${embed.tone}`}>
          <ShownAsOf.Provider value={embed.asOf}>
            {embed.content}
            <p class="foot">
              <RecordLink href={embed.path}>{words.more}</RecordLink>
              <a href={site.publicUrl} dir="auto">
                {site.siteName}
              </a>
            </p>
          </ShownAsOf.Provider>
        </main>
        {!still && <script dangerouslySetInnerHTML={{ __html: frameScript }} />}
      </body>
    </html>
  );
}

/** As a content security policy allows what stands inline. */
export const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing from elsewhere; its own style and script by their hashes; in any frame. */
export const embedPolicy = (theme: Look['theme']): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(styles[theme])}`,
    `script-src ${hashOf(frameScript)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors *',
  ].join('; ');
