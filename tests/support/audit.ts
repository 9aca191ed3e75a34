import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { allowScripts, type TestBrowser, troublesOf } from './browser.ts';

/**
 * What every page must be, with scripts and without, in light and in dark: silent on the console, asking no other host,
 * never shifting what was laid out, accessible by axe's rules, not wider than a narrow screen, usable by keyboard.
 */
export async function audit(
  browser: TestBrowser,
  address: string,
  cookie?: string,
  scripts: readonly boolean[] = [true, false],
): Promise<void> {
  for (const javaScript of scripts) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.open(address, { javaScript, colorScheme, cookie });
      try {
        const found = [...(await keyboard(page)), ...(await axe(page)), ...troublesOf(page)];
        // Last, as whoever turns a screen sees all of it laid out anew.
        found.push(...(await overflow(page)));
        expect({ address, javaScript, colorScheme, found }).toEqual({ address, javaScript, colorScheme, found: [] });
      } finally {
        await page.context().close();
      }
    }
  }
}

async function axe(page: Page): Promise<string[]> {
  // axe is a script itself. What the page was to do without scripts, it has done.
  await allowScripts(page, true);
  // A preview is a page of its own in a frame, with landmarks of its own; public pages and embeds are audited by themselves.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe.preview').analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}, at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** WCAG 2.2, 1.4.10: nothing is to be scrolled sideways at a width of 320 CSS pixels. */
async function overflow(page: Page): Promise<string[]> {
  const size = page.viewportSize()!;
  await page.setViewportSize({ ...size, width: 320 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(size);
  return wide > 320 ? [`At a width of 320 it is ${wide} wide`] : [];
}

const REACHABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"]';

/** Goes through the page by the tab key: everything comes in the order of the page, and shows that it has the focus. */
async function keyboard(page: Page): Promise<string[]> {
  const expected = await page.evaluate((reachable) => {
    const all = [...document.querySelectorAll<HTMLElement>(reachable)].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [tabindex="-1"]'),
    );
    // Of radio buttons the tab key reaches one of a group.
    const radios = new Set<string>();
    const stops = all.filter((element) => {
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
      const group = element.form?.elements.namedItem(element.name);
      const checked = group instanceof RadioNodeList && group.value !== '';
      if (checked ? !element.checked : radios.has(element.name)) return false;
      radios.add(element.name);
      return true;
    });
    for (const [index, element] of stops.entries()) element.setAttribute('data-stop', String(index));
    // From the top, also where the page has put the focus somewhere.
    if (document.activeElement !== document.body) {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
    }
    // Of a whole page in a frame, the link that skips to its content comes in where the focus does, which counts as a shift.
    const preview = stops.findIndex((element) => element.matches('iframe.preview'));
    return preview < 0 ? stops.length : preview;
  }, REACHABLE);
  const found: string[] = [];
  for (let stop = 0; stop < expected; stop++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const { width, height, bottom, top } = element.getBoundingClientRect();
      return {
        stop: element.getAttribute('data-stop'),
        what: element.outerHTML.slice(0, 120),
        marked: (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
        seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
        frame: element.tagName === 'IFRAME',
      };
    });
    if (focused.stop !== String(stop))
      return [...found, `By keyboard, ${focused.what} is reached in place of stop ${stop}`];
    if (!focused.marked && !focused.frame) found.push(`The focus does not show on ${focused.what}`);
    if (!focused.seen) found.push(`The focus is out of sight on ${focused.what}`);
    if (focused.frame) break; // what is in it is walked through by itself
  }
  return found;
}
