import type { PublicSite } from '../site.ts';

export function SiteHeader({ site, searched }: { site: PublicSite; searched: string | undefined }) {
  return (
    <header class="site-header">
      <a class="site-name" href="/">
        {site.siteName}
      </a>
      <nav aria-label="Site">
        <a href="/people">People</a> <a href="/topics">Topics</a> <a href="/about">About</a>
      </nav>
      <search>
        <form action="/search">
          <label class="aside" for="site-search">
            Search the record
          </label>
          <input
            id="site-search"
            type="search"
            name="q"
            value={searched}
            placeholder="Search the record"
            maxlength={200}
            autocomplete="off"
          />
          <button type="submit">Search</button>
        </form>
      </search>
    </header>
  );
}
