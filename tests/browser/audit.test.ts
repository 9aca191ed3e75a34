import { describe, expect, it } from '@jest/globals';
import { audit } from '../support/audit.ts';
import { testBrowser } from '../support/browser.ts';
import { testSite } from '../support/site.ts';

const page = (content: string) => `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
  <link rel="icon" href="data:,"><title>A page</title><main><h1>A page</h1>${content}</main></html>`;

const PAGES: Record<string, string> = {
  '/good': page('<p><a href="/">A link</a> and <button>a button</button></p>'),
  '/other-host': page('<p>Words</p><script src="http://elsewhere.example.org/a.js"></script>'),
  '/throws': page('<p>Words</p><script>throw new Error("on purpose")</script>'),
  '/shifts': page(
    '<p id="late"></p><p>Words that move, as what stands before them is laid out later.</p><script>setTimeout(() => { late.style.height = "300px"; }, 100)</script>',
  ),
  '/scripted': page('<p id="said">No scripts run here.</p><script>said.textContent = "A script ran."</script>'),
  '/faint': page('<p style="color:#ddd;background:#fff">Words that are hard to read</p>'),
  '/wide': page('<p style="width:600px">Words</p>'),
  '/no-focus': page('<p><a href="/" style="outline:none">A link</a></p>'),
  '/order': page('<p><a href="/">One</a> <a href="/" tabindex="3">Two</a></p>'),
};

const site = testSite();
const browser = testBrowser(site, {
  'pages.test': (req, res) => {
    res.setHeader('content-type', 'text/html');
    res.end(PAGES[req.url!]);
  },
});

describe('an audit of a page', () => {
  it('finds nothing where nothing is wrong', () => audit(browser, 'http://pages.test/good'));

  it('sees the page without scripts, too', async () => {
    const page = await browser.open('http://pages.test/scripted', { javaScript: false });
    expect(await page.getByText('No scripts run here').isVisible()).toBe(true);
  });

  it.each([
    ['/other-host', /It asked elsewhere.example.org/],
    ['/throws', /A script threw: on purpose/],
    ['/shifts', /The layout shifted/],
    ['/faint', /color-contrast/],
    ['/wide', /At a width of 320 it is 6\d\d wide/],
    ['/no-focus', /The focus does not show on <a/],
    ['/order', /is reached in place of stop 0/],
  ])('finds what is wrong at %s', async (path, what) => {
    await expect(audit(browser, `http://pages.test${path}`)).rejects.toThrow(what);
  });
});
