import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { badText } from '../../src/lib/text.ts';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);
const { aClaim, aPerson, aResponse, aVerdict, anAttribution } = recordsOn(site);

const OWN = [
  '"><script>alert(1)</script>',
  '</title></script></style><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
  '<svg/onload=alert(1)><iframe srcdoc="<script>alert(1)</script>">',
  '[x](javascript:alert(1)) ![x](https://elsewhere.example.org/x.png) <https://elsewhere.example.org>',
  '<!--><base href=https://elsewhere.example.org/><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '\u202e right to left \u2066 and \u200f marks',
  '<style>@import "https://elsewhere.example.org/x.css";</style><link rel=stylesheet href=//elsewhere.example.org/x.css>',
];

/** Public lists of such texts, where they are at hand. */
function listed(path: string, read: (text: string) => string[]): string[] {
  const file = new URL(`../../../shared/data/${path}`, import.meta.url);
  return existsSync(file) ? read(readFileSync(file, 'utf8')) : [];
}

const texts = [
  ...OWN,
  ...listed('xss/xss-payload-list.txt', (text) => text.split('\n')),
  ...listed('blns/blns.json', (text) => JSON.parse(text) as string[]),
].filter((text) => text.trim() !== '' && badText(text) === undefined);

/** The texts one after another, in parts of at most so many characters. */
function inParts(most: number): string[] {
  const parts: string[] = [];
  for (const text of texts) {
    const one = text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
    const last = parts.at(-1);
    if (last !== undefined && last.length + one.length < most) parts[parts.length - 1] = `${last} ${one}`;
    else parts.push(one);
  }
  return parts;
}

/** How many records there are, each with another part of the texts in every field. */
const RECORDS = 32;
const [topics, names, lines, long] = [inParts(190), inParts(400), inParts(1800), inParts(15_000)];
const pick = (parts: readonly string[], n: number): string => parts[n % parts.length]!;

/** What no page of ours has, but for the preview of an embed. An embed has a style and a script, which its policy knows by their hash. */
const ALIEN = 'img, iframe:not([src^="/embed/"]), object, embed, base[href]';
const ALIEN_ON_PAGES = `${ALIEN}, style, script:not([type])`;

let claims: Body[];
beforeAll(async () => {
  claims = [];
  for (let n = 0; n < RECORDS; n++) {
    const name = (offset: number) => pick(names, n * 9 + offset);
    const source = {
      url: `https://paper.example.org/${n}?${encodeURIComponent(OWN[n % OWN.length]!)}`,
      title: pick(lines, n),
      author: name(1),
      publisher: { name: name(2) },
      role: 'primary',
      excerpt: { exact: pick(lines, n + 1), prefix: name(3), suffix: name(4) },
    };
    // Without the public lists there are fewer texts than speakers; two people of one name could not be told apart.
    const speaker = await aPerson(`${name(5)} ${n}`, { description: pick(lines, n), roles: [{ title: name(6) }] });
    const claim = await aClaim({
      text: pick(lines, n + 2),
      topics: [pick(topics, n)],
      by: speaker.id,
      quote: pick(long, n),
      sources: [source],
    });
    await aVerdict(claim, { summary: pick(lines, n), explanation: pick(long, n + 1) });
    await aVerdict(claim, { by: { name: name(8) }, status: 'true', nativeLabel: name(1), url: source.url });
    const response = await aResponse(claim, {
      by: speaker.id,
      quoteKind: 'translated',
      quote: pick(lines, n),
      originalLanguage: 'ru',
      original: pick(long, n + 2),
      venue: name(0),
      repliesTo: claim.statement.statementId,
    });
    await anAttribution(response, { status: 'disputed', summary: pick(lines, n) });
    claims.push({ ...claim, response });
  }
}, 300_000);

describe('texts that would be something else than text', () => {
  it('are text on every page: nothing runs, nothing is fetched, nothing breaks out', async () => {
    const people = (await site.get('people?limit=100')).body.items as Body[];
    const headings = (await site.get('topics?limit=100')).body.items as Body[];
    const sources = (await site.get('sources?limit=100')).body.items as Body[];
    const paths = [
      '/',
      '/people',
      '/topics',
      `/search?q=${encodeURIComponent(OWN[0]!)}`,
      ...people.map(({ slug }) => `/people/${slug}`),
      ...headings.map(({ slug }) => `/topics/${slug}`),
      ...claims.flatMap(({ slug, response }) => [`/claims/${slug}`, `/statements/${response.id}`]),
      ...sources.slice(0, RECORDS).map(({ id }) => `/sources/${id}`),
      ...claims.flatMap(({ slug, response }) => [`/embed/claims/${slug}`, `/embed/statements/${response.id}`]),
      ...people.slice(0, RECORDS).map(({ slug }) => `/embed/people/${slug}`),
      ...claims.flatMap(({ slug }) => [`/claims/${slug}/feed.atom`, `/claims/${slug}/feed.json`]),
      '/feed.atom',
    ];
    expect(paths.length).toBeGreaterThan(50);
    for (const path of paths) {
      const page = await browser.open(path);
      const alien = await page.evaluate(
        (selector) => ({
          elements: [...document.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 100)),
          handlers: [...document.querySelectorAll('*')].flatMap((element) =>
            element.getAttributeNames().filter((name) => name.startsWith('on')),
          ),
          links: [...document.querySelectorAll('a')]
            .map((link) => link.protocol)
            .filter((protocol) => !/^https?:$/.test(protocol)),
        }),
        path.startsWith('/embed/') ? ALIEN : ALIEN_ON_PAGES,
      );
      expect({ path, ...alien, troubles: troublesOf(page) }).toEqual({
        path,
        elements: [],
        handlers: [],
        links: [],
        troubles: [],
      });
      await page.context().close();
    }
  }, 600_000);

  it('are drawn on cards', async () => {
    for (const { slug } of claims.slice(0, OWN.length)) {
      const card = await site.get(`/claims/${slug}/card.png`).expect(200);
      expect(card.headers['content-type']).toBe('image/png');
    }
  });
});
