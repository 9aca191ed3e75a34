import { beforeAll, describe, expect, it } from '@jest/globals';
import { audit } from '../support/audit.ts';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);
const { aClaim, aResponse, aVerdict, amend } = recordsOn(site);

const LONG = 'A very long word is Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft. ';
const source = { url: 'https://paper.example.org/one', publisher: { name: 'The Paper' }, title: LONG, role: 'primary' };

let claim: Body;
beforeAll(async () => {
  claim = await aClaim({
    text: 'The bridge was closed for a week',
    topics: ['Roads'],
    people: [{ person: { name: 'Carl Bridge' }, as: 'about' }],
    by: 'Ada Moss',
    saidOn: '2025-02-08~',
    quote: LONG.repeat(12),
    sources: [source],
  });
  await amend('people/ada-moss', { description: LONG, roles: [{ title: 'Mayor', from: '2020', to: null }] });
  await aResponse(claim, {
    by: 'מרים נהר',
    stance: 'denies',
    repliesTo: claim.statement.statementId,
    quote: 'הגשר היה פתוח (כל השבוע).',
    language: 'he',
  });
  await aResponse(claim, {
    by: 'Борис Река',
    stance: 'no_response',
    quoteKind: 'silence',
    quote: null,
    language: null,
    saidOn: undefined,
    askedOn: '2025-02-10',
    deadline: '2025-02-12',
  });
  for (const [saidOn, status] of [
    ['2023-05', 'true'],
    ['2024-11-02', 'false'],
    ['2024', 'misleading'],
  ]) {
    const other = await aClaim({ by: 'Ada Moss', saidOn });
    await aVerdict(other, { status, explanation: '# Why\n\nA *list*:\n\n- one\n- two\n\n> quoted' });
    await aVerdict(other, { by: 'Other Desk', status: 'true', nativeLabel: 'صحيح', url: 'https://desk.example.org/1' });
  }
});

describe('in a browser, every page passes the audit:', () => {
  it.each([
    '/',
    '/people',
    '/people/ada-moss',
    '/people/ada-moss?status=true&order=asc',
    '/people/ada-moss?q=nothing-of-the-kind',
    '/claims/the-bridge-was-closed-for-a-week',
    '/topics/roads',
    '/search?q=bridge',
    '/search?q=bridge&topic=roads&from=2024',
    '/search?q=xylophone',
    '/about',
  ])('%s', (path) => audit(browser, path), 300_000);

  it('a statement and a source', async () => {
    const statement = (await site.get(`statements/${claim.statement.statementId}`)).body;
    await audit(browser, `/statements/${statement.id}`);
    await audit(browser, `/sources/${statement.sources[0].id}`);
  }, 300_000);

  it('also at 400 % zoom of a wide screen, and in print', async () => {
    const page = await browser.open('/people/ada-moss', { width: 320 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('The bridge was closed for a week').first().isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Search' }).isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('a reader', () => {
  it('narrows a search down by what its records share, and widens it again, without scripts', async () => {
    const page = await browser.open('/search?q=bridge', { javaScript: false });
    const hits = page.locator('.hits > li');
    const all = await hits.count();
    await page.getByRole('navigation', { name: 'Narrow down' }).getByRole('link', { name: 'Ada Moss' }).click();
    await page.getByRole('link', { name: /^Claims/ }).click();
    expect(new URL(page.url()).search).toBe('?q=bridge&person=ada-moss&type=claim');
    expect(await hits.count()).toBeLessThan(all);
    await page.getByRole('link', { name: 'Without Ada Moss' }).click();
    await page.getByRole('link', { name: 'Everything' }).click();
    expect(await hits.count()).toBe(all);
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });

  it('filters by the picture, and comes back by the form, without scripts', async () => {
    const page = await browser.open('/people/ada-moss', { javaScript: false });
    await page.getByRole('link', { name: /^November 2024: 1 statement/ }).click();
    expect(new URL(page.url()).search).toBe('?from=2024-11&to=2024-11');
    expect(await page.locator('article.utterance').count()).toBe(2); // the one of "2024" may be of November
    await page.getByLabel('From').fill('2025');
    await page.getByLabel('To', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    expect(new URL(page.url()).search).toBe('?from=2025');
    expect(await page.locator('article.utterance').count()).toBe(1);
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });

  it('unfolds a long quotation, and reads right to left what is written so', async () => {
    const page = await browser.open('/people/ada-moss?from=2025', { javaScript: false });
    const rest = page.locator('details.rest > p');
    expect(await rest.isVisible()).toBe(false);
    await page.getByText('Go on reading').click();
    expect(await rest.isVisible()).toBe(true);
    const reply = page.getByText('הגשר היה פתוח');
    expect(await reply.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    await page.context().close();
  });
});
