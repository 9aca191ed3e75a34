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
