import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/lib/ids.ts';
import { describePage } from '../../src/web/desk/describe-page.ts';
import { pageReader } from '../../src/web/read-page.ts';
import { deskOn } from '../support/desk.ts';
import { testSite } from '../support/site.ts';

const userAgent = 'onrecord (+http://record.test)';
const readAllowed = pageReader({ userAgent, allowed: ['127.0.0.1'] });
const site = testSite(() => new Date(), { readPage: readAllowed });
const { get, post, signedIn } = deskOn(site);

const ARTICLE = `<!doctype html><html lang="en-GB"><title>The bridge – Herald</title>
<meta property="og:title" content="The bridge closes"><meta property="og:site_name" content="The Millford Herald">
<meta name="author" content="Cora Bell"><meta property="article:published_time" content="2025-02-08T09:30:00+01:00">`;

const pages: Record<string, RequestListener> = {
  '/article': (_req, res) => res.setHeader('content-type', 'text/html').end(ARTICLE),
  '/packed': (_req, res) =>
    res.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync(ARTICLE)),
  '/cyrillic': (_req, res) =>
    res
      .writeHead(200, { 'content-type': 'text/html; charset=windows-1251' })
      .end(Buffer.from([...Buffer.from('<title>'), 0xcc, 0xee, 0xf1, 0xf2, ...Buffer.from('</title>')])),
  '/moved': (_req, res) => res.writeHead(302, { location: '/article' }).end(),
  '/circle': (_req, res) => res.writeHead(302, { location: '/circle' }).end(),
  '/inside': (_req, res) => res.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/picture': (_req, res) => res.setHeader('content-type', 'image/png').end('x'),
  '/endless': (_req, res) => {
    res.setHeader('content-type', 'text/html');
    res.write(ARTICLE);
    const more = () => res.write('<p>on and on</p>'.repeat(5000)) || res.once('drain', more);
    const timer = setInterval(more, 1);
    res.once('close', () => clearInterval(timer));
  },
  '/silent': (_req, res) => res.setHeader('content-type', 'text/html').end('<p>Nothing'),
};
const server = createServer((req, res) => (pages[req.url!] ?? ((_, answer) => answer.writeHead(404).end()))(req, res));
let origin: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('what a page says of itself', () => {
  const whole = {
    title: 'The bridge closes',
    publisher: 'The Millford Herald',
    author: 'Cora Bell',
    publishedOn: '2025-02-08T09:30:00+01:00',
    language: 'en-GB',
  };

  it('is read from Open Graph, JSON-LD and microdata', async () => {
    expect(await describePage(ARTICLE)).toEqual(whole);
    const article = {
      '@type': 'NewsArticle',
      headline: 'The  bridge\ncloses',
      author: [{ name: 'Cora Bell' }, 'Dan Ash', { name: 'https://herald.example.org/x' }],
      publisher: { '@type': 'Organization', name: 'The Millford Herald' },
      datePublished: '2025-02-08',
      inLanguage: 'en_GB',
    };
    const told = { ...whole, author: 'Cora Bell, Dan Ash', publishedOn: '2025-02-08' };
    const graph = JSON.stringify({ '@graph': [{ '@type': 'WebSite', name: 'x' }, article] });
    expect(await describePage(`<script type="application/ld+json">${graph}</script>`)).toEqual(told);
    expect(
      await describePage(`<div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">The bridge closes</h1>
        <b itemprop="author">Cora Bell</b><time itemprop="datePublished" datetime="2025-02">x</time></div>`),
    ).toEqual({ title: 'The bridge closes', author: 'Cora Bell', publishedOn: '2025-02' });
  });

  it('is left out where it is not there, broken or no text of ours', async () => {
    expect(await describePage('')).toEqual({});
    expect(await describePage('<html lang="not a language"><title> </title>')).toEqual({});
    expect(
      await describePage(
        '<script type="application/ld+json">{broken</script><meta name="date" content="soon"><title>A &amp; B',
      ),
    ).toEqual({ title: 'A & B' });
  });
});

describe('a page of the web', () => {
  it('is read packed, after redirects, in the charset that it names, and no further than is looked at', async () => {
    for (const path of ['/article', '/packed', '/moved']) expect(await readAllowed(origin + path)).toBe(ARTICLE);
    expect(await readAllowed(`${origin}/cyrillic`)).toBe('<title>Мост</title>');
    expect((await readAllowed(`${origin}/endless`)).length).toBeLessThan(3_000_000);
  });

  it.each([
    ['/gone', 'The page answers 404.'],
    ['/picture', 'This is no page of HTML.'],
    ['/circle', 'The page leads on and on.'],
    ['/inside', 'The page cannot be reached.'],
  ])('that cannot be read says why: %s', async (path, why) => {
    await expect(readAllowed(origin + path)).rejects.toThrow(why);
  });

  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0.0.0.0/',
  ])('is never one of this machine or its network: %s', async (address) => {
    await expect(pageReader({ userAgent })(address)).rejects.toThrow('The page cannot be reached.');
  });

  it('is of the web, on a usual port, without a password', async () => {
    const read = pageReader({ userAgent });
    for (const address of ['file:///etc/passwd', 'ftp://example.org/', 'http://u:p@example.org/'])
      await expect(read(address)).rejects.toThrow('Only web addresses are read.');
    await expect(read('http://example.org:5432/')).rejects.toThrow('Only pages on the usual ports are read.');
  });
});

describe('a source at the desk', () => {
  it('is filled in where nothing stood, and the form is kept', async () => {
    const { cookie, form } = await signedIn('contributor');
    const id = newId();
    const sent = {
      form,
      'unsent.id': id,
      'unsent.version': '0',
      'unsent.path': '/desk/claims/new',
      text: 'The bridge is closed',
      fill: 'statement/sources/0/',
      'statement/sources/0/url': `${origin}/article`,
      'statement/sources/0/title': 'My own title',
    };
    const filled = await post('/desk/fill', sent, cookie).expect(303);
    expect(filled.headers.location).toBe(`/desk/claims/new?unsent=${id}#statement/sources/0/url`);
    const page = (await get(filled.headers.location!.split('#')[0]!, cookie).expect(200)).text;
    expect(page).toContain('value="My own title"');
    expect(page).toContain('value="The Millford Herald"');
    expect(page).toContain('The bridge is closed</textarea>');
    expect(page).toContain('is filled in where nothing stood');
  });

  it('is described to the script of the form, or what is wrong is said', async () => {
    const { cookie } = await signedIn('contributor');
    const ask = async (url: string) =>
      (await get(`/desk/suggest/source?url=${encodeURIComponent(url)}`, cookie).expect(200)).body;
    expect(await ask(`${origin}/article`)).toMatchObject({ found: { title: 'The bridge closes' } });
    expect(await ask(`${origin}/silent`)).toEqual({ found: {} });
    expect(await ask('http://10.0.0.1/')).toEqual({ problem: 'The page cannot be reached.' });
    expect((await ask('the herald')).problem).toMatch(/^First write the address/);
  });
});

describe('where pages are not read', () => {
  const quiet = testSite();
  const desk = deskOn(quiet);

  it('no button offers it and nothing is asked for', async () => {
    const { cookie } = await desk.signedIn('contributor');
    expect((await desk.get('/desk/claims/new', cookie).expect(200)).text).not.toContain('Fill in from the page');
    await desk.get(`/desk/suggest/source?url=${origin}/article`, cookie).expect(404);
  });
});
