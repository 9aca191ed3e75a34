import type { PublicSite } from '../site.ts';
import type { Alternate } from './page.ts';

/** Who publishes this and under which licence, and the same page as data. */
export function SiteFooter({ site, alternates }: { site: PublicSite; alternates: readonly Alternate[] }) {
  const links = alternates.filter(({ type }) => !type.endsWith('+oembed'));
  return (
    <footer class="site-footer">
      {links.length > 0 && (
        <p>
          This page as{' '}
          {links.map(({ href, title }, index) => (
            <>
              {index > 0 && ', '}
              <a href={href}>{title}</a>
            </>
          ))}
        </p>
      )}
      <p>
        Published by <a href={site.publisherUrl}>{site.publisherName}</a>. The record may be used under{' '}
        <a href={site.dataLicense.url} rel="license">
          {site.dataLicense.name}
        </a>
        . <a href="/about#errors">Report an error</a>. <a href="/api/docs">API</a>.
      </p>
    </footer>
  );
}
