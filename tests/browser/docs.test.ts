import { expect, it } from '@jest/globals';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const browser = testBrowser(site);

it('the documentation of the API shows all of it, under a policy that allows nothing inline', async () => {
  const page = await browser.open('/api/docs');
  const call = page.locator('.opblock', { hasText: '/people/{person}/timeline' });
  await call.first().getByRole('button').first().click();
  await call.getByText('What a person said, who answered').first().waitFor();
  await call.getByRole('button', { name: 'Try it out' }).click();
  await call.getByPlaceholder('person').first().fill('nobody');
  await call.getByRole('button', { name: 'Execute' }).click();
  await call.locator('.live-responses-table', { hasText: 'not_found' }).waitFor();
  expect(troublesOf(page).filter((trouble) => !/404|layout shifted/.test(trouble))).toEqual([]);
});
