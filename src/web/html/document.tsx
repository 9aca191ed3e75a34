import { renderToString } from 'preact-render-to-string';
import type { PublicSite } from '../site.ts';
import { icon, stylesheet } from './assets.ts';
import type { Page } from './page.ts';
import { ShownAsOf } from './record-link.tsx';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

/** A whole page as HTML. */
export function renderPage(site: PublicSite, page: Page): string {
  return `<!doctype html>\n${renderToString(<Document site={site} page={page} />)}\n`;
}

function Document({ site, page }: { site: PublicSite; page: Page }) {
  const { title, description, path, alternates = [], next } = page;
  const address = (href: string) => (href.startsWith('/') ? site.publicUrl + href : href);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === site.siteName ? title : `${title} – ${site.siteName}`}</title>
        {description && <meta name="description" content={description} />}
        {path === undefined ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            <link rel="canonical" href={address(path)} />
            <OpenGraph site={site} page={page} address={address} />
          </>
        )}
        <link rel="stylesheet" href={stylesheet.path} />
        {page.face && <link rel="stylesheet" href={page.face.style.path} />}
        {page.face?.script && <script defer src={page.face.script.path} />}
        <link rel="icon" href={icon.path} type="image/svg+xml" />
        {next && <link rel="next" href={next} />}
        {alternates.map(({ type, href, title }) => (
          <link rel="alternate" type={type} href={address(href)} title={title} />
        ))}
        {page.jsonLd?.map((thing) => (
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonForHtml(thing) }} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {page.face?.header ?? <SiteHeader site={site} searched={page.searched} />}
        <main id="main">
          <ShownAsOf.Provider value={page.asOf}>{page.main}</ShownAsOf.Provider>
        </main>
        <SiteFooter site={site} alternates={alternates} />
      </body>
    </html>
  );
}

function OpenGraph({ site, page, address }: { site: PublicSite; page: Page; address: (href: string) => string }) {
  const { title, description, kind = 'website', path = '/', image } = page;
  return (
    <>
      <meta property="og:site_name" content={site.siteName} />
      <meta property="og:type" content={kind} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:url" content={address(path)} />
      {image && (
        <>
          <meta property="og:image" content={address(image.path)} />
          <meta property="og:image:alt" content={image.alt} />
          <meta property="og:image:width" content={String(image.width)} />
          <meta property="og:image:height" content={String(image.height)} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
    </>
  );
}

/** JSON within a script element: nothing in it may end the element or begin a comment. */
function jsonForHtml(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
