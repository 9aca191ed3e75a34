import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { checkHtml } from '../support/check-html.ts';
import { publicUrl } from '../support/database.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aVerdict, amend } = recordsOn(site);

const embed = (path: string) => site.get(`/embed/${path}`);
const textOf = (html: string) =>
  (/<main.*<\/main>/s.exec(html)?.[0] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('an embed', () => {
  it.each(['claims', 'statements', 'people'])(
    'of %s stands in any frame and takes nothing from elsewhere',
    async (kind) => {
      const claim = await aClaim({ by: 'Ada Moss', quote: 'It was closed.' });
      const reference = { claims: claim.slug, statements: claim.statement.statementId, people: 'ada-moss' }[kind]!;
      const { headers, text } = await embed(`${kind}/${reference}`).expect(200);
      const inline = (tag: string) => new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text)![1]!;
      const hash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; style-src ${hash(inline('style'))}; script-src ${hash(inline('script'))}; img-src 'self' data:; ` +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
      );
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=60, stale-while-revalidate=300',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
      });
      for (const name of ['set-cookie', 'x-frame-options']) expect(headers[name]).toBeUndefined();
      expect(headers.vary).toBe('Accept-Encoding');
      expect(textOf(text)).toContain('It was closed.');
      expect(text).toMatch(/<main aria-label="[^"]+"/);
    },
  );

  it('is the same to the byte, whatever the request’s header says', async () => {
    const { slug } = await aClaim({ by: 'Ada Moss' });
    const [plain, other] = await Promise.all([
      embed(`claims/${slug}`),
      embed(`claims/${slug}`).set({
        accept: 'application/json',
        'accept-language': 'de',
        'accept-encoding': 'identity',
        cookie: 'a=b',
        origin: 'null',
      }),
    ]);
    expect(other.text).toBe(plain.text);
    expect(other.headers.etag).toBe(plain.headers.etag!.replace('-gzip', ''));
    expect((await embed('claims/nothing').set('accept', 'application/json').expect(404)).text).toBe(
      (await embed('claims/nothing').expect(404)).text,
    );
  });

  it('answers 304 to its own ETag, which stands in it, and lets a sandbox ask', async () => {
    const { slug } = await aClaim();
    const { headers, text } = await embed(`claims/${slug}`).expect(200);
    // Its own, however it is sent.
    const etag = headers.etag!.replace('-gzip', '');
    expect(text).toContain(`<meta name="etag" content="${etag.replaceAll('"', '&quot;')}"`);
    await embed(`claims/${slug}`).set('if-none-match', etag).expect(304);
    await embed(`claims/${slug}`).set('if-none-match', headers.etag!).expect(304);
    const allowed = await site.call('options', `/embed/claims/${slug}`).set({
      origin: 'null',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'if-none-match',
    });
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'If-None-Match',
    });
  });

  it('changes with the verdict', async () => {
    const claim = await aClaim();
    expect(textOf((await embed(`claims/${claim.slug}`)).text)).toContain('Unverified');
    await aVerdict(claim, { status: 'mostly_true', summary: 'Closed for six days' });
    expect(textOf((await embed(`claims/${claim.slug}`)).text)).toContain('Mostly true Closed for six days');
  });

  it('pinned by rev goes on showing what it showed, and says that it was corrected since', async () => {
    const claim = await aClaim();
    await aVerdict(claim, { status: 'false' });
    await aVerdict(claim, { status: 'mixed' });
    const shown = async (rev: number) => textOf((await embed(`claims/${claim.slug}?rev=${rev}`).expect(200)).text);
    expect(await shown(1)).toMatch(/Version 1, of .*Corrected since.*Unverified/);
    expect(await shown(2)).toMatch(/Version 2, of .*Corrected since.*False/);
    expect(await shown(3)).toMatch(/Version 3, of .*Mixed/);
    expect(await shown(3)).not.toContain('Corrected since');
    expect(textOf((await embed(`claims/${claim.slug}?rev=4`).expect(422)).text)).toContain(
      'must be a number from 1 to 3',
    );
  });

  it('pinned leads to pages as they stood then, which say so, and to the present where it says so', async () => {
    const claim = await aClaim({ by: 'Ida Then' });
    await aVerdict(claim, { status: 'mixed' });
    const { text } = await embed(`claims/${claim.slug}?rev=1`).expect(200);
    const links = [...text.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href]) => href!);
    const present = `/claims/${claim.slug}`;
    expect(links.filter((href) => href === present)).toHaveLength(1);
    const past = links.find((href) => href.startsWith(`${present}?asOf=2`))!;
    const page = textOf((await site.get(past).set('accept', 'text/html').expect(200)).text);
    expect(page).toMatch(/as it stood at .* UTC .*Unverified/);
    expect(links.some((href) => href.startsWith('/people/ida-then?asOf=2'))).toBe(true);
    expect((await embed('people/ida-then')).text).not.toContain('asOf=');
  });

  it('counts only what was public as versions', async () => {
    const claim: Body = await aClaim({ state: 'draft' });
    await amend(`claims/${claim.id}`, { text: 'The bridge was shut' });
    await embed(`claims/${claim.id}`).expect(404);
    await amend(`claims/${claim.id}`, { state: 'published' });
    await aVerdict(claim, { state: 'draft' });
    await embed(`claims/${claim.id}?rev=1`).expect(200);
    await embed(`claims/${claim.id}?rev=2`).expect(422);
  });

  it('of what was withdrawn says so, pinned or not', async () => {
    const claim = await aClaim();
    await amend(`claims/${claim.id}`, { state: 'withdrawn', withdrawnBecause: 'It was about another bridge' });
    for (const query of ['', '?rev=1']) {
      const { text } = await embed(`claims/${claim.slug}${query}`).expect(410);
      expect(textOf(text)).toContain('This was withdrawn.');
      expect(textOf(text)).toContain('another bridge');
      expect(text).not.toContain(claim.text);
    }
  });

  it('of a person takes the filters of the timeline', async () => {
    await aClaim({ by: 'Cem Arslan', saidOn: '2024-05-01', quote: 'In May.' });
    await aClaim({ by: 'Cem Arslan', saidOn: '2025-06-01', quote: 'In June.' });
    expect(textOf((await embed('people/cem-arslan')).text)).toMatch(/In June\..*In May\./);
    const filtered = textOf((await embed('people/cem-arslan?from=2025&utm_source=x').expect(200)).text);
    expect(filtered).toContain('In June.');
    expect(filtered).not.toContain('In May.');
    expect(textOf((await embed('people/cem-arslan?from=01/02/2025').expect(422)).text)).toContain(
      'can be read in two ways',
    );
    expect(textOf((await embed('people/cem-arslan?rev=1').expect(422)).text)).toContain('asOf');
  });

  it('speaks German and French, and paints light or dark', async () => {
    const { slug } = await aClaim({ by: 'Ada Moss', saidOn: '2025-02-08' });
    expect(textOf((await embed(`claims/${slug}?lang=de`)).text)).toMatch(/Behauptung.*Ungeprüft.*8\. Februar 2025/);
    expect(textOf((await embed(`claims/${slug}?lang=fr`)).text)).toMatch(/Non vérifié.*8 février 2025/);
    const { slug: imprecise } = await aClaim({ by: 'Ada Moss', saidOn: '2025-02-08~' });
    expect(textOf((await embed(`claims/${imprecise}?lang=fr`)).text)).toContain('vers le 8 février 2025');
    const { slug: within } = await aClaim({ by: 'Ada Moss', saidOn: '2025-02-08/2025-02-09' });
    expect((await embed(`claims/${within}?lang=fr`)).text).toContain('lang="en">between 8 and 9 February 2025<');
    expect(textOf((await embed(`claims/${slug}?lang=xx`).expect(422)).text)).toContain('must be en, de, fr');
    expect((await embed(`claims/${slug}?theme=dark`)).text).toMatch(/color-scheme:dark/);
    expect((await embed(`claims/${slug}?theme=light`)).text).not.toMatch(/color-scheme:light dark/);
  });
});

describe('the loader', () => {
  it('has at most 5 KB compressed, and may be kept', async () => {
    const { text, headers } = await site.get('/embed.js').expect(200);
    expect(gzipSync(text).length).toBeLessThanOrEqual(5 * 1024);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    });
    await site.get('/embed.js').set('if-none-match', headers.etag!).expect(304);
  });
});

describe('oEmbed', () => {
  const ask = (url: string, more = '') => site.get(`/oembed?url=${encodeURIComponent(url)}${more}`);

  it('gives a blockquote without attributes, then an empty frame', async () => {
    const claim = await aClaim({ text: 'Bread & <b>circuses</b>' });
    const { body, headers } = await ask(claim.url).expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject({ version: '1.0', type: 'rich', width: 640, title: 'Claim: Bread & <b>circuses</b>' });
    expect(Number.isInteger(body.height)).toBe(true);
    expect(body.html).toMatch(
      /^<blockquote>Bread &amp; &lt;b>circuses&lt;\/b> \(Unverified\) <a href="[^"]+">[^<]+<\/a><\/blockquote><iframe( (src|title|width|height|frameborder|scrolling)="[^"]*"){6}><\/iframe>$/,
    );
    expect(body.html).toContain(`src="${publicUrl}/embed/claims/${claim.slug}"`);
  });

  it('stays within the maxima, and keeps what the address asks for', async () => {
    const { url } = await aClaim();
    const { body } = await ask(`${url}?theme=dark&utm_source=x&rev=1`, '&maxwidth=300&maxheight=200').expect(200);
    expect(body).toMatchObject({ width: 300, height: 200 });
    expect(body.html).toMatch(/src="[^"]*\?rev=1&amp;theme=dark"/);
  });

  it('writes XML, too', async () => {
    const { url } = await aClaim({ text: 'Bread & circuses' });
    const { text, headers } = await ask(url, '&format=xml').expect(200);
    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(text).toMatch(/^<\?xml version="1.0" encoding="utf-8" standalone="yes"\?>\n<oembed>.*<\/oembed>\n$/);
    expect(text).toContain('<title>Claim: Bread &amp; circuses</title>');
  });

  it('answers 404 for what is not ours, 401 for what is not public, 501 for another format, 422 for what it cannot read', async () => {
    const draft = await aClaim({ state: 'draft' });
    await ask('http://elsewhere.example.org/claims/x').expect(404);
    await ask(`${publicUrl}/about`).expect(404);
    await ask(draft.url).expect(401);
    await ask(`${publicUrl}/claims/never-was`).expect(401);
    await ask(draft.url, '&format=yaml').expect(501);
    await ask(draft.url, '&maxwidth=wide').expect(422);
    await site.get('/oembed').expect(422);
  });
});

describe('the code to copy', () => {
  it('names what was chosen', async () => {
    const claim = await aClaim();
    await aVerdict(claim);
    const { text } = await site
      .get(`/embed/code?kind=claims&reference=${claim.slug}&theme=dark&width=480&pin=1`)
      .expect(200);
    await checkHtml(text, 'The code to copy');
    const codes = text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    expect(codes).toContain(`<on-record claim="${claim.slug}" theme="dark" rev="2" style="display:block;min-height:`);
    expect(codes).toContain(`<script async src="${publicUrl}/embed.js"></script>`);
    expect(codes).toContain(`<iframe src="${publicUrl}/embed/claims/${claim.slug}?theme=dark&amp;rev=2"`);
  });

  it('says what is wrong with what was asked', async () => {
    await site.get('/embed/code?kind=claims&reference=never-was').expect(404);
    await site.get('/embed/code?kind=nothing&reference=x').expect(422);
  });
});
