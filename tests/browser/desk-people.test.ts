import { beforeAll, describe, expect, it } from '@jest/globals';
import { audit } from '../support/audit.ts';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { deskOn } from '../support/desk.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);
const { signedIn } = deskOn(site);
const { aPerson } = recordsOn(site);

let cookie: string;
beforeAll(async () => {
  ({ cookie } = await signedIn('editor'));
  await aPerson('Kremlin', { kind: 'organization' });
});

const onRecord = async (slug: string) => (await site.get(`people/${slug}`, 'editor').expect(200)).body;

describe.each([true, false])('by keyboard alone, with scripts %s', (javaScript) => {
  it('somebody gets a name in another script and a dated role', async () => {
    const { slug } = await aPerson('Dmitry Peskov');
    const page = await browser.open(`/desk/people/${slug}`, { cookie, javaScript });
    await page.getByLabel('Name', { exact: true }).nth(1).focus();
    await page.keyboard.type('Дмитрий Песков');
    for (const words of ['Trans', 'ru', 'Cyrl']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(words);
    }
    await page.getByLabel('Title', { exact: true }).first().focus();
    await page.keyboard.type('Press secretary');
    for (const words of ['Kreml', '2012-05', '']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(words);
      if (javaScript && words === 'Kreml') {
        await page.locator('[role=option]:visible').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
      }
    }
    await page.keyboard.press('Enter');
    if (!javaScript) {
      // Who is meant by "Kreml" is asked.
      await page.getByRole('radio', { name: 'Kremlin' }).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
    }
    await page.waitForURL('**?done=saved');
    expect(await onRecord(slug)).toMatchObject({
      names: [
        { name: 'Dmitry Peskov' },
        { name: 'Дмитрий Песков', kind: 'transliteration', language: 'ru', script: 'Cyrl' },
      ],
      roles: [{ title: 'Press secretary', organization: { name: 'Kremlin' }, from: '2012-05', to: null }],
    });
    if (javaScript) expect(troublesOf(page)).toEqual([]);
  });
});

describe('pages of people', () => {
  it.each(['/desk/people', '/desk/people?q=kremlin', '/desk/people/kremlin'])('pass the audit: %s', (path) =>
    audit(browser, path, cookie),
  );
});

describe.each([true, false])('with scripts %s', (javaScript) => {
  it('two people are merged, and set apart again, by keyboard alone', async () => {
    const [goes, stays] = [await aPerson(`Jana Novakova ${javaScript}`), await aPerson(`Iana Novák ${javaScript}`)];
    const page = await browser.open(`/desk/people/${goes.slug}`, { cookie, javaScript });
    if (javaScript) {
      await page.getByLabel('Name', { exact: true }).first().waitFor();
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press('m');
    } else {
      await page.getByRole('link', { name: 'Merge with another' }).focus();
      await page.keyboard.press('Enter');
    }
    await page.waitForURL('**/merge');
    if (!javaScript) await page.getByRole('textbox', { name: 'The other one' }).focus();
    await page.keyboard.type('Iana Nov');
    if (javaScript) {
      await page.locator('[role=option]:visible').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Enter');
    if (!javaScript) {
      await page.getByRole('link', { name: stays.name }).focus();
      await page.keyboard.press('Enter');
    }
    await page.getByRole('region', { name: `Stays: ${stays.name}` }).waitFor();
    await page.getByLabel('Why').focus();
    await page.keyboard.type('One woman');
    await page.keyboard.press('Enter');
    await page.waitForURL('**?merged=*');
    expect((await onRecord(goes.slug)).id).toBe(stays.id);
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**?done=apart');
    expect((await onRecord(goes.slug)).id).toBe(goes.id);
    expect(troublesOf(page)).toEqual([]);
  });
});

describe('pages on which two are compared', () => {
  it.each(['/desk/people/kremlin/merge', '/desk/people/kremlin/merge?into=the-kremlin'])(
    'pass the audit: %s',
    async (path) => {
      await aPerson('The Kremlin', { kind: 'organization', slug: 'the-kremlin' }).catch(() => undefined);
      await audit(browser, path, cookie);
    },
  );
});
