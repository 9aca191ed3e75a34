import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { change } from '../../src/db/change.ts';
import { inviteFirstAdministrator } from '../../src/domain/users/invite-first-administrator.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testBrowser } from '../support/browser.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const PASSWORD = 'the river bends twice at Millford';

/** A newsroom from its first link to its first correction, by two people who never touch a mouse. */
describe.each([true, false])('a newsroom, with scripts %s', (javaScript) => {
  let now = new Date('2025-02-13T12:00:00Z');
  const site = testSite(() => now);
  const browser = testBrowser(site);
  const { aPerson } = recordsOn(site);
  let ada: Page;
  let ben: Page;
  let claim: string;

  beforeAll(async () => {
    await aPerson('Donald Trump', { roles: [{ title: 'President of the United States', from: '2025-01-20' }] });
    await aPerson('Dmitry Peskov', { roles: [{ title: 'Press Secretary of the President', from: '2012' }] });
    await aPerson('Vladimir Putin');
  });
  afterAll(async () => {
    for (const page of [ada, ben]) await page?.context().close();
  });

  /** Goes to a field, button or link by the keyboard alone, by the words that name it. */
  async function to(page: Page, name: string | RegExp, nth = 0): Promise<void> {
    const named = page
      .getByRole('textbox', { name })
      .or(page.getByRole('combobox', { name }))
      .or(page.getByRole('checkbox', { name }))
      .or(page.getByRole('radio', { name }))
      .or(page.getByRole('button', { name }))
      .or(page.getByRole('link', { name }))
      .or(page.getByLabel(name, { exact: true }));
    const target = await named.nth(nth).elementHandle();
    for (let steps = 0; steps < 150; steps++) {
      await page.keyboard.press('Tab');
      if (await target!.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`"${name}" is not reached by the keyboard at ${page.url()}`);
  }
  async function fill(page: Page, fields: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(fields)) {
      await page.getByLabel(name, { exact: true }).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    }
  }
  const press = async (page: Page, name: string | RegExp, nth?: number): Promise<void> => {
    await to(page, name, nth);
    await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')]);
  };
  const open = (address: string) => browser.open(address, { javaScript });
  const answered = (page: Page, address: RegExp) => page.waitForURL(address, { waitUntil: 'load' });

  it('begins with the first administrator, by the link that the start prints', async () => {
    const { secret } = (await change(site.db, { actor: operator, action: 'user.invite' }, inviteFirstAdministrator))!;
    ada = await open(`/setup/${secret}`);
    await fill(ada, { 'Your name': 'Ada Moss', 'E-mail address': 'ada@example.org', Password: PASSWORD });
    await press(ada, 'Create my account');
    await ada.getByRole('heading', { name: 'Welcome, Ada Moss' }).waitFor();
  });

  it('invites an editor, who signs in with a code from then on', async () => {
    await ada.goto('/desk/users');
    const roles = ada.getByRole('group', { name: 'What they may do' });
    await roles.getByRole('checkbox', { name: 'editor' }).focus();
    await ada.keyboard.press('Space');
    await press(ada, 'Make a link');
    const link = await ada.locator('code.secret').textContent();
    ben = await open(link!);
    await fill(ben, { 'Your name': 'Ben Ash', 'E-mail address': 'ben@example.org', Password: PASSWORD });
    await press(ben, 'Create my account');
    await ben.getByRole('heading', { name: 'Welcome, Ben Ash' }).waitFor();

    await ben.goto('/desk/account/codes');
    const secret = (await ben.locator('code.secret').textContent())!.replaceAll(' ', '');
    const code = () => new TOTP({ secret }).generate({ timestamp: now.getTime() });
    await fill(ben, { 'Code of six digits': code(), 'Your password': PASSWORD });
    await press(ben, 'Turn codes on');
    await answered(ben, /done=codes-on/);
    await press(ben, 'Sign out');
    await answered(ben, /sign-in/);
    now = new Date(now.getTime() + 60_000);
    await fill(ben, { 'E-mail address': 'ben@example.org', Password: PASSWORD });
    await press(ben, 'Sign in');
    await ben.getByRole('heading', { name: 'Enter your code' }).waitFor();
    await fill(ben, { 'Code of six digits': code() });
    await press(ben, 'Sign in');
    await answered(ben, /\/desk$/);
  });

  it('logs a claim, which the other reviews and publishes', async () => {
    await ada.goto('/desk/claims/new');
    await fill(ada, {
      Who: 'Donald Trump',
      'What was said': 'I have spoken with him',
      When: '2025-02-08~',
      Where: 'Interview with the New York Post',
      'The claim': 'Donald Trump has spoken with Vladimir Putin by phone',
      'About whom': 'Vladimir Putin',
    });
    await press(ada, 'Log the claim');
    await answered(ada, /done=logged/);
    claim = new URL(ada.url()).pathname;
    await press(ada, 'Publish');
    await ada.getByRole('alert').waitFor();
    expect((await site.get(claim.replace('/desk/', '')).expect(404)).status).toBe(404);

    await ben.goto('/desk/queues/review');
    await press(ben, /^Donald Trump has spoken with Vladimir Putin by phone$/);
    await answered(ben, /\/desk\/claims\//);
    await press(ben, 'Publish');
    await answered(ben, /done=moved/);
    const { body } = await site.get(claim.replace('/desk/', '')).expect(200);
    expect(body).toMatchObject({ state: 'published', statement: { quote: 'I have spoken with him' } });
  });

  it('links the answer, with the role of its speaker on that day', async () => {
    await ada.goto(`${claim}/response`);
    await fill(ada, {
      Who: 'Dmitry Peskov',
      'What was said': 'I can neither confirm nor deny it',
      When: '2025-02-09',
    });
    await ada.getByLabel('It', { exact: true }).focus();
    await ada.keyboard.type('Neither');
    await press(ada, 'Link the response');
    await answered(ada, /done=linked/);
    await ben.goto(claim);
    await press(ben, 'Publish');
    await answered(ben, /done=moved/);
    const { body } = await site.get(`${claim.replace('/desk/', '')}/responses`).expect(200);
    expect(body.items[0]).toMatchObject({
      stance: 'neither_confirms_nor_denies',
      speaker: { name: 'Dmitry Peskov', role: 'Press Secretary of the President' },
    });
  });

  it('publishes a verdict, and corrects it in public', async () => {
    const give = async (summary: string, status: string, more: Record<string, string> = {}) => {
      await ada.goto(`${claim}/verdict`);
      await ada.getByLabel('It is', { exact: true }).focus();
      await ada.keyboard.type(status);
      if (more['What was wrong']) {
        await ada.getByLabel('Why it is revised', { exact: true }).focus();
        await ada.keyboard.type('Corr');
      }
      await fill(ada, { ...more, 'In a sentence or two': summary });
      await ada.getByLabel('Address', { exact: true }).first().focus();
      await ada.keyboard.type('https://paper.example.org/calls');
      await press(ada, more['What was wrong'] ? 'Revise the verdict' : 'Give the verdict');
      await answered(ada, /done=found/);
      await ben.goto(claim);
      await press(ben, 'Publish');
      await answered(ben, /done=moved/);
    };
    await give('No call is on record.', 'Unsup');
    await give('The Kremlin confirms a call.', 'True', { 'What was wrong': 'A later statement was overlooked' });
    const page = await open(claim.replace('/desk', ''));
    await page.getByText('The Kremlin confirms a call.').first().waitFor();
    await page.getByText('A later statement was overlooked').first().waitFor();
    await page.context().close();
  });

  it('corrects a slip in what is public: one proposes it, the other accepts it', async () => {
    const inPublic = async () => (await site.get(claim.replace('/desk/', '')).expect(200)).body.text;
    const before = await inPublic();
    await ada.goto(claim);
    await press(ada, 'Edit');
    await answered(ada, /\/edit/);
    await fill(ada, { 'The claim': `${before} this year`, Why: 'It was not said when' });
    await press(ada, 'Propose');
    await answered(ada, /proposals/);
    await ada.getByText('Somebody else accepts it.').waitFor();
    expect(await inPublic()).toBe(before);

    await ben.goto('/desk/queues/review');
    // The box that ticks it has the same name, and comes first.
    await press(ben, before, 1);
    await answered(ben, /proposals/);
    await ben.locator('ins', { hasText: 'this year' }).waitFor();
    if (javaScript) await ben.keyboard.press('a');
    else await press(ben, 'Accept');
    await answered(ben, /done=accepted/);
    expect(await inPublic()).toBe(`${before} this year`);
  });
});
