import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Unreadable } from '../../src/web/read-page.ts';
import { audit } from '../support/audit.ts';
import { testBrowser, troublesOf } from '../support/browser.ts';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const PAGE =
  '<html lang="en"><meta property="og:title" content="Trump says he spoke"><meta property="og:site_name" content="New York Post"><meta name="author" content="Miranda Devine">';
const site = testSite(() => new Date('2025-02-13T12:00:00Z'), {
  readPage: async (url) => {
    if (url.includes('nypost.example.org')) return PAGE;
    throw new Unreadable('The page cannot be reached.');
  },
});
const browser = testBrowser(site);
const { signedIn } = deskOn(site);
const { aPerson, aClaim } = recordsOn(site);

let cookie: string;
beforeAll(async () => {
  ({ cookie } = await signedIn('editor'));
  await aPerson('Donald Trump', { roles: [{ title: 'President of the United States', from: '2025-01-20' }] });
  await aPerson('Vladimir Putin', { names: [{ name: 'Владимир Путин', kind: 'transliteration', language: 'ru' }] });
  await aPerson('New York Post', { kind: 'organization' });
});

/** Types one field after another, as somebody does who never leaves the keyboard. `pick` takes the first of what is offered. */
async function type(page: Page, ...keys: (string | { pick: string })[]): Promise<void> {
  for (const key of keys) {
    if (typeof key === 'string') await page.keyboard.type(key);
    else {
      await page.keyboard.type(key.pick);
      await page.locator('[role=option]:visible').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('[role=option]:visible').first().waitFor({ state: 'hidden' });
    }
    await page.keyboard.press('Tab');
  }
}

const latest = async () => (await site.get('claims?limit=1', 'editor').expect(200)).body.items[0];

describe('the form that logs a claim', () => {
  it('takes the demonstration record’s first claim by keyboard alone', async () => {
    const page = await browser.open('/desk', { cookie });
    await page.keyboard.press('n');
    await page.waitForURL('**/desk/claims/new');
    // Who, what, given as, its language, when, where, the source, its publisher, title, words and the rest, the claim, topics, about whom.
    await type(
      page,
      { pick: 'trump' },
      'I have spoken with him',
      'Rep',
      'en',
      'about 8 Feb 2025',
      'Interview with the New York Post',
    );
    await page.getByText('about 8 February 2025 (2025-02-08~)').waitFor();
    await type(page, 'https://paper.example.org/interview', { pick: 'new york' }, 'Exclusive interview', '');
    await page.getByText('Translation, on whose behalf').waitFor();
    await type(page, '', '', 'Donald Trump has spoken with Vladimir Putin by phone', 'Russia–Ukraine war');
    await type(page, { pick: 'Путин' });
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/desk/claims/*done=logged');
    expect(await latest()).toMatchObject({
      text: 'Donald Trump has spoken with Vladimir Putin by phone',
      people: [{ person: { name: 'Vladimir Putin' }, as: 'about' }],
      statement: {
        quote: 'I have spoken with him',
        saidOn: { edtf: '2025-02-08~' },
        speaker: { name: 'Donald Trump' },
      },
    });
    expect(troublesOf(page)).toEqual([]);
  });

  it('makes somebody new only where that is picked', async () => {
    const page = await browser.open('/desk/claims/new', { cookie });
    await page.getByLabel('Who', { exact: true }).fill('Nora Vale');
    await page.getByRole('option', { name: 'Somebody new: Nora Vale' }).click();
    await page.getByLabel('What was said').fill('Nothing was decided');
    await page.getByLabel('When').fill('yesterday');
    await page.getByText('12 February 2025 (2025-02-12)').waitFor();
    await page.getByLabel('The claim', { exact: true }).fill('Nothing was decided at the meeting');
    await page.getByRole('button', { name: 'Log the claim' }).click();
    await page.waitForURL('**/desk/claims/*done=logged');
    expect((await latest()).statement).toMatchObject({
      speaker: { name: 'Nora Vale' },
      saidOn: { edtf: '2025-02-12' },
    });
  });

  it('keeps what is typed, so that a reload loses nothing', async () => {
    const page = await browser.open('/desk/claims/new', { cookie });
    await page.getByLabel('What was said').fill('Half a sentence');
    await page.getByText('Kept.').waitFor();
    await page.reload();
    expect(await page.getByLabel('What was said').inputValue()).toBe('Half a sentence');
    const other = await browser.open('/desk', { cookie });
    await other.getByRole('link', { name: 'Half a sentence' }).click();
    expect(await other.getByLabel('What was said').inputValue()).toBe('Half a sentence');
  });

  it('fills in what the page at a pasted address says of itself, and writes over nothing', async () => {
    const page = await browser.open('/desk/claims/new', { cookie });
    await page.getByLabel('Title').fill('My own title');
    await page.getByLabel('Address').fill('https://nypost.example.org/a');
    await page.keyboard.press('Tab');
    await page.getByText('Filled in from the page: publisher, author, language of the source.').waitFor();
    const written = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
    expect(await Promise.all(['Title', 'Publisher', 'Author', 'Language of the source'].map(written))).toEqual([
      'My own title',
      'New York Post',
      'Miranda Devine',
      'en',
    ]);
    expect(troublesOf(page)).toEqual([]);
  });

  it('logs a repeat of what is on record by one key', async () => {
    const claim = await aClaim({ by: 'Donald Trump', text: 'The dam at Millford cracked after heavy rains' });
    const page = await browser.open('/desk/claims/new', { cookie });
    await page.getByLabel('Who', { exact: true }).fill('Donald Trump');
    await page.getByLabel('What was said').fill('It cracked, I tell you');
    await page.getByLabel('When').fill('2025-02-10');
    await page.getByLabel('The claim', { exact: true }).fill('Heavy rains cracked the dam at Millford');
    await page.getByRole('link', { name: 'The dam at Millford cracked after heavy rains' }).waitFor();
    await page.keyboard.press('Alt+r');
    await page.waitForURL('**/desk/claims/*done=repeated');
    expect((await site.get(`claims/${claim.id}`, 'editor')).body.statementCount).toBe(2);
    expect(troublesOf(page)).toEqual([]);
  });

  it('works without scripts: names and dates are chosen on the page that comes back', async () => {
    const page = await browser.open('/desk/claims/new', { cookie, javaScript: false });
    await page.getByLabel('Who', { exact: true }).fill('trump');
    await page.getByLabel('What was said').fill('It will end soon');
    await page.getByLabel('When').fill('09/02/2025');
    await page.getByLabel('The claim', { exact: true }).fill('The war will end soon');
    await page.getByRole('button', { name: 'Log the claim' }).click();
    await page.getByRole('radio', { name: 'Donald Trump' }).check();
    await page.getByRole('radio', { name: /9 February 2025/ }).check();
    await page.getByRole('button', { name: 'Log the claim' }).click();
    await page.waitForURL('**/desk/claims/*done=logged');
    expect((await latest()).statement).toMatchObject({
      speaker: { name: 'Donald Trump' },
      saidOn: { edtf: '2025-02-09' },
    });
  });
});

describe('the pages of claims at the desk', () => {
  let claim: Body;
  beforeAll(async () => {
    claim = await aClaim({ by: 'Donald Trump', text: 'Something that will be answered' });
  });

  it('lead from a claim to a response by a key, and back', async () => {
    const page = await browser.open(`/desk/claims/${claim.slug}`, { cookie });
    await page.keyboard.press('r');
    await page.waitForURL('**/response');
    await page.getByLabel('It', { exact: true }).selectOption({ label: 'Neither confirms nor denies' });
    await page.getByLabel('Who', { exact: true }).fill('Vladimir Putin');
    await page.getByLabel('What was said').fill('I can neither confirm nor deny it');
    await page.getByLabel('When').fill('2025-02-09');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/desk/claims/*done=linked');
    expect(await page.getByText('I can neither confirm nor deny it').isVisible()).toBe(true);
  });

  it.each([
    ['the form', '/desk/claims/new'],
    ['a claim', '/desk/claims/something-that-will-be-answered'],
    ['a history', '/desk/claims/something-that-will-be-answered/history'],
    ['the form of a verdict', '/desk/claims/something-that-will-be-answered/verdict'],
    ['the form of a response', '/desk/claims/something-that-will-be-answered/response'],
  ])('pass the audit: %s', (_, path) => audit(browser, path, cookie));
});
