import { beforeAll, describe, expect, it } from '@jest/globals';
import { audit } from '../support/audit.ts';
import { testBrowser } from '../support/browser.ts';
import { deskOn, PASSWORD } from '../support/desk.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);
const { aUser, signedIn } = deskOn(site);
const { aClaim, aVerdict } = recordsOn(site);

describe('every page of the desk', () => {
  let cookie: string;
  beforeAll(async () => {
    ({ cookie } = await signedIn('admin', 'editor'));
  });

  it.each([
    '/desk',
    '/desk/account',
    '/desk/users',
    '/desk/tokens',
    '/desk/changes',
    '/desk/queues/review',
    '/desk/queues/people',
    '/desk/settings',
    '/desk/erasure',
  ])('passes the audit: %s', (path) => audit(browser, path, cookie));

  it('passes the audit: what is to be erased, and a verdict before it is published', async () => {
    const claim = await aClaim({ text: 'Seen before it is found', by: 'Ada Early' });
    await aVerdict(claim, { state: 'draft' });
    await audit(browser, `/desk/erasure?record=${claim.id}`, cookie);
    await audit(browser, `/desk/claims/${claim.slug}/preview`, cookie);
  });

  it('passes the audit where nobody is signed in', () => audit(browser, '/desk/sign-in'));
});

describe.each([true, false])('by keyboard alone, with scripts %s', (javaScript) => {
  it('somebody signs in, is led where they wanted to go, and signs out', async () => {
    const { email } = await aUser('admin');
    const page = await browser.open('/desk/changes', { javaScript });
    await page.getByLabel('E-mail address').focus();
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/changes');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Changes');
    await page.getByRole('button', { name: 'Sign out' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/sign-in');
    await page.goto('/desk');
    expect(page.url()).toMatch(/sign-in/);
  });
});

describe.each([true, false])('in a queue, with scripts %s', (javaScript) => {
  it('somebody takes what is ticked, by keyboard alone', async () => {
    const { cookie } = await signedIn('editor');
    const claim = await aClaim({ text: `To be taken, ${javaScript}`, state: 'in_review' });
    const page = await browser.open('/desk/queues/review', { cookie, javaScript });
    await page.getByRole('checkbox', { name: `Tick “${claim.text}”` }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Assign' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/queues/review?done=assigned');
    await page.goto('/desk/queues/mine');
    expect(await page.getByRole('link', { name: claim.text }).isVisible()).toBe(true);
    await audit(browser, '/desk/queues/mine', cookie);
  });
});
