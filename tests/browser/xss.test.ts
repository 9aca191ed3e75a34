import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

/** One of each way out of a text: elements, attributes, comments, styles, templates, encodings, addresses. */
const SAMPLE = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script><style>',
  '</textarea><svg onload=alert(1)>',
  '</script><svg onload=alert(1)>',
  ']]><img src=x onerror=alert(1)>',
  '--><img src=x onerror=alert(1)><!--',
  '"><img src=x onerror=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  '" autofocus onfocus=alert(1) x="',
  "' autofocus onfocus=alert(1) x='",
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '![x](x" onerror="alert(1))',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '<base href="//elsewhere.example.org/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\\u003cscript>alert(1)\\u003c/script>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202e<img src=x onerror=alert(1)>\u2066',
];

/** With XSS=all, two public lists of them, where they lie beside the project. */
const lists = ['xss/xss-payload-list.txt', 'blns/blns.json'].map(
  (name) => new URL(`../../../shared/data/${name}`, import.meta.url),
);
const payloads =
  process.env.XSS === 'all' && lists.every((list) => existsSync(list))
    ? [
        ...readFileSync(lists[0]!, 'utf8').split('\n'),
        ...(JSON.parse(readFileSync(lists[1]!, 'utf8')) as string[]),
      ].filter((line) => line.trim() !== '' && !/\p{Surrogate}/u.test(line) && !line.includes('\0'))
    : SAMPLE;

const site = testSite();
const browser = testBrowser(site);
const { aClaim, aVerdict, anAttribution, amend } = recordsOn(site);

/** Texts of at most so many characters, each with as many payloads as go in. */
function batches(most: number): string[] {
  const texts = [''];
  for (const payload of payloads) {
    const line = payload.slice(0, most);
    if (texts.at(-1)!.length + line.length + 1 > most) texts.push('');
    texts.push(`${texts.pop()} ${line}`.trim());
  }
  return texts;
}

describe('whatever is in a text stays text', () => {
  it.each([...batches(200).entries()])('on every page, embed and feed, text %i', async (_n, text) => {
    const source = {
      url: 'https://paper.example.org/1',
      title: text,
      publisher: { name: text },
      role: 'primary',
      author: text,
      excerpt: { exact: text, prefix: text, suffix: text },
    };
    const claim: Body = await aClaim({
      text,
      topics: [text],
      by: { name: text },
      quote: text,
      onBehalfOf: { name: `For ${text}` },
      sources: [source],
      people: [{ person: { name: `About ${text}` }, as: 'about' }],
    });
    await aVerdict(claim, { summary: text, explanation: text, evidence: [{ ...source, role: 'supports' }] });
    await aVerdict(claim, { by: { name: `Desk ${text}` }, nativeLabel: text, summary: text });
    const { speaker } = claim.statement;
    await anAttribution({ id: claim.statement.statementId }, { summary: text });
    await amend(`people/${speaker.slug}`, { description: text, roles: [{ title: text }] });
    const statement: Body = (await site.get(`statements/${claim.statement.statementId}`)).body;
    const pages = [
      '/',
      '/people',
      `/people/${speaker.slug}`,
      `/people/${speaker.slug}?q=${encodeURIComponent(text.slice(0, 180))}`,
      `/claims/${claim.slug}`,
      `/statements/${statement.id}`,
      `/sources/${statement.sources[0].id}`,
      `/topics/${claim.topics[0].slug}`,
      `/search?q=${encodeURIComponent(text.slice(0, 180))}`,
      ...['', '?lang=de&theme=dark', '?rev=1'].map((query) => `/embed/claims/${claim.slug}${query}`),
      `/embed/statements/${statement.id}`,
      `/embed/people/${speaker.slug}`,
      `/embed/people/${speaker.slug}?theme=${encodeURIComponent(text)}`,
      `/embed/claims/${encodeURIComponent(text.slice(0, 100))}`,
      `/embed/code?kind=claims&reference=${claim.slug}&pin=1`,
      `/claims/${claim.slug}/feed.atom`,
      `/people/${speaker.slug}/feed.json`,
      '/feed.atom',
    ];
    const page = await browser.open('about:blank');
    for (const path of pages) {
      await page.goto(path);
      const links = await page.evaluate(() =>
        [...document.querySelectorAll('[href],[src],[action]')].flatMap((element) =>
          ['href', 'src', 'action'].map((name) => element.getAttribute(name) ?? ''),
        ),
      );
      expect({ path, links: links.filter((link) => /^\s*(javascript|data:text|vbscript)/i.test(link)) }).toEqual({
        path,
        links: [],
      });
    }
    await page.goto(`/claims/${claim.slug}`);
    await page.evaluate(async (src) => {
      const card = new Image();
      card.src = src;
      await card.decode();
    }, `/claims/${claim.slug}/card.png`);
    // An address of what is not there is a 404, of which the browser tells.
    const troubles = troublesOf(page).filter((trouble) => !/status of 4(04|22)|The layout shifted/.test(trouble));
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
