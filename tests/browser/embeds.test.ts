import { beforeAll, describe, expect, it } from '@jest/globals';
import { audit } from '../support/audit.ts';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);
const { aClaim, aResponse, aVerdict } = recordsOn(site);

let claim: Body;
let addresses: Record<string, string>;
beforeAll(async () => {
  claim = await aClaim({
    text: 'The bridge in Mill Street was closed for a week',
    by: 'Ada Moss',
    quote: 'That bridge was closed for a whole week.',
  });
  await aResponse(claim, {
    by: 'Ben Ruiz',
    onBehalfOf: 'Millford Works',
    quote: 'لم يكن أسبوعا كاملا',
    language: 'ar',
  });
  await aVerdict(claim, { status: 'mostly_true', summary: 'Closed for six days' });
  await aVerdict(claim, { by: 'PolitiFact', status: 'false', nativeLabel: 'Pants on Fire' });
  addresses = {
    claim: `/embed/claims/${claim.slug}`,
    statement: `/embed/statements/${claim.statement.statementId}`,
    person: '/embed/people/ada-moss',
    'pinned claim': `/embed/claims/${claim.slug}?rev=1&lang=de`,
    code: `/embed/code?kind=claims&reference=${claim.slug}`,
  };
});

describe('an embed by itself', () => {
  it.each(['claim', 'statement', 'person', 'pinned claim', 'code'])('of a %s passes the audit', (name) =>
    audit(browser, addresses[name]!),
  );

  it('shows a change of the verdict within a minute, and leaves the focus where it is', async () => {
    const page = await browser.open('about:blank');
    await page.clock.install();
    await page.goto(addresses.claim!);
    const link = page.getByRole('link', { name: 'Ada Moss' });
    await link.focus();
    await aVerdict(claim, { status: 'mixed', summary: 'It depends on what a week is' });
    await page.clock.runFor(60_000);
    await page.getByText('It depends on what a week is').waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });
});
