import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { testBrowser, troublesOf, type Visit } from '../support/browser.ts';
import { publicUrl } from '../support/database.ts';
import { listeners, page, wordpress } from '../support/host-pages.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const served = new Map<string, string>();
const site = testSite();
const browser = testBrowser(site, {
  'news.test': (req, res) => {
    res.setHeader('content-type', 'text/html; charset=utf-8');
    res.end(served.get(req.url!));
  },
});
const { aClaim, aResponse, aVerdict, amend } = recordsOn(site);

const kinds = ['claims', 'statements', 'people'] as const;
type Kind = (typeof kinds)[number];
let claim: Body;
let references: Record<Kind, string>;
beforeAll(async () => {
  claim = await aClaim({
    text: 'The bridge in Mill Street was closed',
    by: 'Ada Moss',
    quote: 'It was closed. '.repeat(12),
  });
  await aResponse(claim, { by: 'Ben Ruiz', quote: 'It was not. '.repeat(20) });
  await aVerdict(claim, { summary: 'It was open on all days' });
  references = { claims: claim.slug, statements: claim.statement.statementId, people: 'ada-moss' };
});

/** Opens a page of another origin; `clock` is Playwright's, which goes only when it is told to. */
async function host(html: string, visit: Visit & { clock?: boolean } = {}): Promise<Page> {
  const path = `/${served.size}`;
  served.set(path, html);
  const tab = await browser.open('about:blank', visit);
  if (visit.clock) await tab.clock.install();
  await tab.goto(`http://news.test${path}`);
  return tab;
}

const embedOf = (kind: Kind, query = '') => `${publicUrl}/embed/${kind}/${references[kind]}${query}`;
const frame = (src: string, more = '') =>
  `<iframe id="embed" src="${src}" title="An embed" width="100%" height="60" frameborder="0" ${more}></iframe>`;
const oembedHtml = async (kind: Kind, more = '') =>
  (await site.get(`/oembed?url=${encodeURIComponent(`${publicUrl}/${kind}/${references[kind]}`)}${more}`).expect(200))
    .body.html as string;
const element = (kind: Kind) =>
  `<on-record ${{ claims: 'claim', statements: 'statement', people: 'person' }[kind]}="${references[kind]}"><blockquote>Words <a href="${publicUrl}/${kind}/${references[kind]}">and a link</a></blockquote></on-record>`;
const loader = `<script async src="${publicUrl}/embed.js"></script>`;

/** Until every frame on the page is as high, to a pixel, as what is in it. */
async function allFit(tab: Page, count = 1): Promise<void> {
  const differences = async () => {
    const all = [];
    for (const inner of tab.frames().slice(1)) {
      const place = await (await inner.frameElement()).boundingBox();
      const needed = await inner.evaluate(() => document.body?.getBoundingClientRect().height ?? 0);
      all.push(Math.abs((place?.height ?? 0) - needed));
    }
    return all;
  };
  for (let tries = 0; tries < 100; tries++) {
    const all = await differences().catch(() => []);
    if (all.length === count && all.every((difference) => difference <= 1)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await differences()).toEqual(Array(count).fill(0));
}

async function close(tab: Page): Promise<void> {
  expect(troublesOf(tab).filter((trouble) => !trouble.startsWith('The layout shifted'))).toEqual([]);
  await tab.context().close();
}

describe('on a page of another origin', () => {
  it.each(Object.keys(listeners))('a frame gets its height by the messages of %s', async (name) => {
    for (const kind of kinds) {
      const src = embedOf(
        kind,
        name === 'pym' ? '?childId=embed&initialWidth=500&parentUrl=http%3A%2F%2Fnews.test' : '',
      );
      const tab = await host(page(frame(src), listeners[name]));
      await allFit(tab);
      await close(tab);
    }
  });

  it('a frame of the code to copy is as high as it must be without any message', async () => {
    for (const kind of kinds) {
      const tab = await browser.open(`/embed/code?kind=${kind}&reference=${references[kind]}&width=480`);
      await allFit(tab);
      const code = await tab.getByLabel('Where scripts are not allowed: a frame').inputValue();
      await tab.context().close();
      const other = await host(page(code));
      await allFit(other);
      expect(troublesOf(other)).toEqual([]);
      await close(other);
    }
  });

  it('elements show embeds of every kind beside each other, and leave no global behind', async () => {
    const before = '<script>const before = new Set(Object.getOwnPropertyNames(window));</script>';
    const tab = await host(page(before + kinds.map(element).join('') + loader + loader));
    await allFit(tab, 3);
    expect(await tab.evaluate('Object.getOwnPropertyNames(window).filter((name) => !before.has(name))')).toEqual([]);
    expect(await tab.getByText('and a link').first().isVisible()).toBe(false);
    expect(await tab.evaluate(() => document.activeElement?.localName)).toBe('body');
    await tab.evaluate(() => document.querySelector('on-record')!.setAttribute('theme', 'dark'));
    await tab.waitForFunction(() => document.querySelector('on-record')!.shadowRoot!.querySelector('slot') === null);
    await allFit(tab, 3);
    await close(tab);
  });

  it('an element whose place is reserved shifts nothing', async () => {
    const code = await browser.open(`/embed/code?kind=claims&reference=${claim.slug}&width=480`);
    await allFit(code);
    const snippet = await code.getByLabel('For any page').inputValue();
    await code.context().close();
    const tab = await host(page(snippet));
    await allFit(tab);
    expect(troublesOf(tab)).toEqual([]);
    await close(tab);
  });

  it('a frame says nothing of its height before it has a width', async () => {
    const listen = `${listeners.AMP} window.told = []; addEventListener("message", ({ data }) => {
      if (data.height) window.told.push(data.height); });`;
    const tab = await host(page(frame(embedOf('claims')).replace('width="100%"', 'width="0"'), listen));
    await tab.evaluate(() =>
      document.querySelector('iframe')!.contentWindow!.postMessage({ type: 'setHeight', id: 7 }, '*'),
    );
    await tab.frames()[1]!.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(await tab.evaluate('told')).toEqual([]);
    await tab.evaluate(() => document.querySelector('iframe')!.setAttribute('width', '480'));
    await allFit(tab);
    await tab.waitForFunction('told.length >= 2');
    expect(new Set((await tab.evaluate('told')) as number[]).size).toBe(1);
    await close(tab);
  });

  it('an element shows the words and the link where scripts or the network fail', async () => {
    const still = await host(page(element('claims') + loader), { javaScript: false });
    expect(await still.getByText('and a link').isVisible()).toBe(true);
    await close(still);
    const tab = await browser.open('about:blank');
    await tab.route('**/embed/claims/**', (route) => route.abort());
    served.set('/offline', page(element('claims') + loader));
    await tab.goto('http://news.test/offline');
    await tab.waitForFunction(() => document.querySelector('on-record')?.shadowRoot?.querySelector('iframe'));
    expect(await tab.getByText('and a link').isVisible()).toBe(true);
    await tab.context().close();
  });

  it('the example of the README works', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```html\n(.*?)```/s.exec(readme) ?? [];
    const tab = await host(
      page(example.replaceAll('http://localhost:3000', publicUrl).replaceAll('dmitry-peskov', 'ada-moss')),
    );
    await allFit(tab);
    await close(tab);
  });

  it.each(kinds)(
    'WordPress shows what oEmbed gives of %s, once it has heard from it, and follows its links',
    async (kind) => {
      const tab = await host(wordpress(await oembedHtml(kind, '&maxwidth=500')));
      await tab.waitForFunction(() => !document.querySelector('iframe')?.hasAttribute('style'));
      await allFit(tab);
      expect(await tab.getByRole('blockquote').isVisible()).toBe(false);
      const inside = tab.frames()[1]!;
      await inside.locator('a').first().click();
      await tab.waitForFunction(() => document.title.startsWith('Goes to'));
      expect(await tab.title()).toContain(`Goes to ${publicUrl}/`);
      await close(tab);
    },
  );

  it('a consumer that keeps only the blockquote and the frame shows both', async () => {
    for (const javaScript of [true, false]) {
      const tab = await host(page(await oembedHtml('claims')), { javaScript });
      expect(await tab.getByRole('blockquote').getByRole('link').isVisible()).toBe(true);
      expect(await tab.frames()[1]!.locator('h1').textContent()).toBe(claim.text);
      await close(tab);
    }
  });

  it.each(['', 'allow-scripts'])('a frame in a sandbox that says "%s" shows all of it', async (sandbox) => {
    for (const kind of kinds) {
      const tab = await host(page(frame(embedOf(kind), `sandbox="${sandbox}"`), listeners.AMP));
      if (sandbox) await allFit(tab);
      expect(await tab.frames()[1]!.getByText('It was closed.').first().isVisible()).toBe(true);
      // Chromium says so of every script in such a sandbox, and it is as it should be.
      const expected = sandbox ? [] : [expect.stringMatching(/^The console says: Blocked script execution/)];
      expect(troublesOf(tab).filter((trouble) => !trouble.startsWith('The layout'))).toEqual(expected);
      await tab.context().close();
    }
  });

  it('an open embed shows a new verdict, then that the claim was withdrawn, within a minute, also without an origin', async () => {
    const other = await aClaim({ text: 'The tower leans' });
    const src = `${publicUrl}/embed/claims/${other.slug}`;
    const tab = await host(page(frame(src) + frame(src, 'sandbox="allow-scripts"'), listeners.AMP), { clock: true });
    const says = (text: string) =>
      Promise.all(
        tab
          .frames()
          .slice(1)
          .map((inner) => inner.getByText(text).waitFor()),
      );
    await says('Unverified');
    await aVerdict(other, { status: 'mixed', summary: 'It leans a little' });
    await tab.clock.runFor(60_000);
    await says('It leans a little');
    await allFit(tab, 2);
    await amend(`claims/${other.id}`, { state: 'withdrawn', withdrawnBecause: 'It was another tower' });
    await tab.clock.runFor(60_000);
    await says('This was withdrawn');
    expect(await tab.frames()[1]!.getByText('The tower leans').count()).toBe(0);
    await tab.context().close();
  });
});
