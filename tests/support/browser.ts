import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { publicUrl } from './database.ts';
import type { Site } from './site.ts';

export interface Visit {
  javaScript?: boolean;
  colorScheme?: 'light' | 'dark';
  width?: number;
  /** What the browser sends along, such as a session: `name=value`. */
  cookie?: string | undefined;
}

/** What went wrong on a page since it was opened, as sentences. */
const troubles = new WeakMap<Page, string[]>();
export const troublesOf = (page: Page): string[] => troubles.get(page)!;

/**
 * Chromium, for which the site is at its public address and each of `others` at its own, such as `news.test`; no other
 * address leads anywhere. Everything that a page asks of another host than these, and every error, is written down.
 */
export function testBrowser(site: Site, others: Record<string, RequestListener> = {}) {
  jest.setTimeout(120_000);
  const servers: Server[] = [];
  let browser: Browser;
  beforeAll(async () => {
    const rules: string[] = [];
    for (const [host, handler] of Object.entries({ [new URL(publicUrl).host]: site.app, ...others })) {
      const server = createServer(handler);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.push(server);
      rules.push(`MAP ${host} 127.0.0.1:${(server.address() as AddressInfo).port}`);
    }
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM!,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // As it would be under https: else some headers are ignored, and the console says so.
        `--unsafely-treat-insecure-origin-as-secure=${publicUrl}`,
        `--host-resolver-rules=${rules.join(', ')}, MAP * ~NOTFOUND`,
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close().closeAllConnections();
  });

  const hosts = () => new Set([new URL(publicUrl).host, ...Object.keys(others)]);

  return {
    /** Opens an address of the site, or a whole one, in a new, empty profile. */
    async open(
      address: string,
      { javaScript = true, colorScheme = 'light', width = 1024, cookie }: Visit = {},
    ): Promise<Page> {
      const context = await browser.newContext({
        baseURL: publicUrl,
        colorScheme,
        viewport: { width, height: 800 },
        reducedMotion: 'reduce',
      });
      if (cookie) {
        const [name, value] = cookie.split('=');
        await context.addCookies([{ name: name!, value: value!, url: publicUrl }]);
      }
      const page = await context.newPage();
      await writeDownTroubles(page, hosts());
      await allowScripts(page, javaScript);
      await page.goto(address, { waitUntil: 'load' });
      return page;
    },
  };
}

export type TestBrowser = ReturnType<typeof testBrowser>;

/** Turns the page's scripts off or on. (Under Playwright's `javaScriptEnabled`, tests could not wait for scripts of their own.) */
export async function allowScripts(page: Page, allowed: boolean): Promise<void> {
  const devTools = await devToolsOf(page);
  await devTools.send('Emulation.setScriptExecutionDisabled', { value: !allowed });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();
function devToolsOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

async function writeDownTroubles(page: Page, hosts: Set<string>): Promise<void> {
  const found: string[] = [];
  troubles.set(page, found);
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !hosts.has(host)) found.push(`It asked ${host} for ${request.url()}`);
  });
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error') found.push(`The console says: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => found.push(`A script threw: ${error.message}`));
  page.on('dialog', async (dialog) => {
    found.push(`A dialog opened: ${dialog.message()}`);
    await dialog.dismiss();
  });
  // The browser's own timeline, which needs no script in the page.
  const devTools = await devToolsOf(page);
  devTools.on('PerformanceTimeline.timelineEventAdded', ({ event }) => {
    const shift = event.layoutShiftDetails;
    if (shift && !shift.hadRecentInput) found.push(`The layout shifted by ${shift.value}`);
  });
  await devTools.send('PerformanceTimeline.enable', { eventTypes: ['layout-shift'] });
}
