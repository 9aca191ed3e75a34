import { describe, expect, it } from '@jest/globals';
import { testSite } from '../support/site.ts';

const site = testSite();
const inBrowser = (path: string) => site.get(path).set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8');

describe('what goes wrong', () => {
  it('is told on a page to who asks for a page', async () => {
    const { text, headers } = await inBrowser('/nothing/here').expect(404);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('<h1>Not found</h1>');
    expect(text).toContain('There is nothing at /nothing/here.');
    expect(text).toContain('<meta name="robots" content="noindex"/>');
  });

  it('is told as JSON to who asks for JSON, and always by the API', async () => {
    expect((await site.get('/nothing').set('accept', 'application/json').expect(404)).body.code).toBe('not_found');
    expect((await inBrowser('/api/v1/claims/nothing').expect(404)).body.code).toBe('claim.not_found');
  });

  it('never puts into a page what was in the address', async () => {
    const { text } = await inBrowser('/<script>alert(1)</script>/"><img src=x onerror=alert(1)>').expect(404);
    expect(text).not.toMatch(/<script>|<img/);
    expect(text).toContain('alert(1)');
  });
});

describe('the stylesheet', () => {
  it('is at an address that has its hash, and is kept for ever', async () => {
    const { text } = await inBrowser('/nothing');
    const [, path] = /<link rel="stylesheet" href="([^"]+)"/.exec(text)!;
    const { headers } = await site.get(path!).expect(200);
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
  });
});
