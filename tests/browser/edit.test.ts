import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { audit } from '../support/audit.ts';
import { testBrowser } from '../support/browser.ts';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);
const { signedIn } = deskOn(site);
const { aClaim } = recordsOn(site);

let cookie: string;
beforeAll(async () => {
  ({ cookie } = await signedIn('editor'));
});

const meanwhile = (claim: Body) =>
  site.patch(`claims/${claim.id}`, { text: 'The old bridge is shut', kind: 'opinion' }, '"1"').expect(200);
const onRecord = async ({ id }: Body) => (await site.get(`claims/${id}`).expect(200)).body;

/** Brings the focus to a field by the keyboard alone. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached by the keyboard`);
}

describe('two who edit one claim', () => {
  it('settle it by keyboard alone: the second sees both versions, takes one field and keeps another', async () => {
    const claim = await aClaim({ by: 'Ada Moss', text: 'The bridge is shut' });
    const page = await browser.open(`/desk/claims/${claim.slug}`, { cookie });
    await page.keyboard.press('e');
    await page.waitForURL('**/edit', { waitUntil: 'load' });
    await page.locator('textarea[name=text]:focus').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('The new bridge is shut');
    await meanwhile(claim);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Somebody else has changed this meanwhile' }).waitFor();
    await tabTo(page, 'input[name=take][value=kind]');
    expect(await page.locator('input[name=take][value=kind]').isChecked()).toBe(true);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/desk/claims/*done=edited');
    expect(await onRecord(claim)).toMatchObject({ text: 'The new bridge is shut', kind: 'opinion' });
  });

  it('settle it without scripts, too', async () => {
    const claim = await aClaim({ text: 'The ferry is late' });
    const page = await browser.open(`/desk/claims/${claim.slug}/edit`, { cookie, javaScript: false });
    await page.getByLabel('The claim', { exact: true }).fill('The ferry is always late');
    await meanwhile(claim);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('checkbox', { name: 'text' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await onRecord(claim)).toMatchObject({ text: 'The old bridge is shut', kind: 'opinion' });
  });
});

describe('the pages that edit', () => {
  let claim: Body;
  beforeAll(async () => {
    claim = await aClaim({ by: 'Ada Moss', text: 'Something that is edited' });
  });
  it('pass the audit: a claim', () => audit(browser, `/desk/claims/${claim.slug}/edit`, cookie));
  it('pass the audit: a statement', () => audit(browser, `/desk/statements/${claim.statement.id}/edit`, cookie));
});
