import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkHtml } from '../support/check-html.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aResponse, aStatement, aVerdict, amend, anAttribution } = recordsOn(site);

const show = (path: string) => site.get(path).set('accept', 'text/html,*/*;q=0.8');
/** The text of a page as it is read. */
const words = (html: string): string =>
  html
    .replace(/<(script|style)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');

const source = {
  url: 'https://paper.example.org/one',
  publisher: { name: 'The Paper' },
  title: 'What she said',
  role: 'primary',
};

let claim: Body;
let response: Body;
beforeAll(async () => {
  claim = await aClaim({
    text: 'The bridge was closed for a week',
    topics: ['Roads'],
    people: [{ person: { name: 'Carl Bridge' }, as: 'about' }],
    by: 'Ada Moss',
    saidOn: '2025-02-08~',
    quote: 'It was closed for a week.',
    sources: [source],
  });
  response = await aResponse(claim, {
    by: 'Борис Река',
    onBehalfOf: 'Millford Works',
    repliesTo: claim.statement.statementId,
    saidOn: '2025-02-09',
    stance: 'neither_confirms_nor_denies',
    quoteKind: 'translated',
    quote: 'I cannot say.',
    originalLanguage: 'ru',
    original: 'Не могу сказать.',
    sources: [{ ...source, role: 'reports', derivedFrom: [{ publisher: { name: 'Radio Mill' }, relation: 'quotes' }] }],
  });
  await aVerdict(claim, { status: 'mostly_true', summary: 'Six days', explanation: 'The **minutes** say so.' });
  await aVerdict(claim, {
    by: 'Other Desk',
    status: 'true',
    nativeLabel: 'Correct',
    url: 'https://desk.example.org/1',
  });
  await anAttribution(response, { status: 'disputed' });
});

const everyPage = (): string[] => [
  '/',
  '/people',
  '/people?q=moss',
  '/people/ada-moss',
  '/people/ada-moss?status=true,mostly_true&from=2025&order=asc&q=week',
  '/people/ada-moss?stance=denies',
  '/people/millford-works',
  '/people/carl-bridge',
  `/claims/${claim.slug}`,
  `/statements/${response.id}`,
  `/sources/${response.sources[0].id}`,
  '/topics',
  '/topics/roads',
  '/search',
  '/search?q=bridge',
  '/search?q=xylophone',
  '/about',
];

describe('every page', () => {
  it('is valid HTML, small, and asks nothing of other hosts', async () => {
    const { text: page } = await show('/about');
    const [, style] = /<link rel="stylesheet" href="([^"]+)"/.exec(page)!;
    const styleBytes = gzipSync((await site.get(style!)).text).length;
    for (const path of everyPage()) {
      const { text, headers } = await show(path).expect(200);
      await checkHtml(text, path);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['set-cookie']).toBeUndefined();
      expect([path, gzipSync(text).length + styleBytes < 60_000]).toEqual([path, true]);
      expect(text).not.toMatch(/<(script|img|iframe|link)[^>]+(src|href)="(https?:)?\/\/(?!record\.test)/);
      expect(text).toContain('<html lang="en"');
      expect(text.match(/<h1[ >]/g)).toHaveLength(1);
    }
  });

  it('has an ETag, and answers 304 until the record changes', async () => {
    for (const path of ['/people/ada-moss', `/claims/${claim.slug}`, '/']) {
      const { headers } = await show(path).expect(200);
      const same = await show(path).set('if-none-match', headers.etag!).expect(304);
      expect(same.headers['content-security-policy']).toBe(headers['content-security-policy']);
    }
  });

  it('says where it stands, and what it is', async () => {
    const { text } = await show('/people/ada-moss?utm_source=letter');
    expect(text).toContain(`<link rel="canonical" href="${claim.url.replace(/\/claims.*/, '')}/people/ada-moss"/>`);
    expect(text).toMatch(/<title>Ada Moss – On Record<\/title>/);
    expect(text).toMatch(/<meta property="og:title" content="Ada Moss"\/>/);
    expect(text).toMatch(/<meta name="description" content="[^"]*Ada Moss[^"]*"\/>/);
  });
});

describe('a person’s page', () => {
  it('shows what they said, on which claim, what was found and who answered', async () => {
    const read = words((await show('/people/ada-moss')).text);
    for (const part of [
      'about 8 February 2025',
      'It was closed for a week.',
      'asserts The bridge was closed for a week',
      'Mostly true',
      'Other Desk : Correct',
      'neither confirms nor denies',
      'for Millford Works',
      'one independent origin: The Paper',
    ])
      expect(read).toContain(part);
  });

  it('shows what was said on an organization’s behalf, with the statement that it answers and the words as spoken', async () => {
    const { text } = await show('/people/millford-works');
    const read = words(text);
    expect(read).toContain('It was closed for a week.');
    expect(read).toContain('I cannot say.');
    expect(read).toContain('Translated from Russian');
    expect(read).toContain('We have it from The Paper , citing Radio Mill');
    expect(text).toMatch(/<blockquote class="spoken original" lang="ru" dir="auto"><p>Не могу сказать\./);
  });

  it('keeps filters that are wrong, with what is wrong beside each', async () => {
    const { text } = await show('/people/ada-moss?from=09/02/2025&order=up').expect(422);
    expect(text).toContain('<h1 dir="auto">Ada Moss</h1>');
    expect(text).toMatch(/value="09\/02\/2025"[^>]*aria-describedby="dates from-wrong" aria-invalid/);
    expect(text).toContain('href="/people/ada-moss?from=09%2F02%2F2025"');
    await checkHtml(text, 'refused filters');
    await show('/people/nobody-at-all?from=09/02/2025').expect(404);
  });

  it('puts what was answered between quotation marks only where the words are the speaker’s own', async () => {
    const asked = await aClaim({ by: 'Fay Asked', quoteKind: 'paraphrase', quote: 'She says that it was shut.' });
    const to = { repliesTo: asked.statement.statementId };
    await aResponse(asked, { ...to, by: 'Gus Own', quoteKind: 'verbatim', quote: 'It was.' });
    await aResponse(asked, { ...to, by: 'Hal Told', quoteKind: 'paraphrase', quote: 'He thinks not.' });
    const { text } = await show('/people/fay-asked');
    expect(text).toContain('<blockquote class="brief spoken" lang="en" dir="auto"><p>It was.');
    expect(text).toContain('<blockquote class="brief" lang="en" dir="auto"><p>He thinks not.');
    const { text: answer } = await show('/people/gus-own');
    expect(answer).toContain('<blockquote class="brief" lang="en" dir="auto"><p>She says that it was shut.');
  });

  it('draws when, with bars that lead to their part', async () => {
    const { text } = await show('/people/ada-moss?status=mostly_true');
    expect(text).toContain('href="/people/ada-moss?status=mostly_true&amp;from=2025-02&amp;to=2025-02"');
    expect(text).toContain('aria-label="February 2025: 1 statement (1 true or kept)"');
    const part = words((await show('/people/ada-moss?status=mostly_true&from=2025-02&to=2025-02')).text);
    expect(part).toContain('It was closed for a week.');
  });

  it('keeps filters in the form and in the way on', async () => {
    for (let day = 1; day <= 25; day++)
      await aStatement({ by: 'Eve Many', saidOn: `2024-03-${String(day).padStart(2, '0')}`, quote: `Word ${day}.` });
    const { text } = await show('/people/eve-many?from=2024-03-02&q=word');
    const next = /<a class="next" rel="next" href="([^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    expect(next).toMatch(/^\/people\/eve-many\?q=word&from=2024-03-02&cursor=/);
    const second = await show(next).expect(200);
    expect(words(second.text)).toContain('Word 4.');
    expect(words(second.text)).not.toContain('Word 1.');
    expect(text).toContain('value="2024-03-02"');
  });

  it('leads from what a form left empty to an address that can be passed on', async () => {
    const { headers } = await show('/people/ada-moss?q=&from=&to=2025&status=true&status=mostly_true').expect(303);
    expect(headers.location).toBe('/people/ada-moss?to=2025&status=true,mostly_true');
  });

  it('says what is wrong with what was asked', async () => {
    const { text } = await show('/people/ada-moss?from=09/02/2025').expect(422);
    expect(words(text)).toContain('9 February 2025 (2025-02-09) or 2 September 2025');
    await checkHtml(text, '422');
  });
});

describe('a claim’s page', () => {
  it('shows the verdict with its reasons, others’ beside it, and every statement in time', async () => {
    const { text } = await show(`/claims/${claim.slug}`);
    const read = words(text);
    expect(text).toContain('<strong>minutes</strong>');
    for (const part of [
      'Mostly true',
      'Six days',
      'Other Desk : Correct',
      'which we read as True',
      'about Carl Bridge',
    ])
      expect(read).toContain(part);
    expect(read.indexOf('It was closed for a week.')).toBeLessThan(read.indexOf('I cannot say.'));
    expect(read).toContain('answering Ada Moss');
  });

  it('tells machines the same', async () => {
    const { text } = await show(`/claims/${claim.slug}`);
    const json = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)![1]!);
    expect(json).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'ClaimReview',
      claimReviewed: claim.text,
      reviewRating: { alternateName: 'Mostly true', ratingValue: 4, bestRating: 5, worstRating: 1 },
    });
    const unreviewed = await aClaim({ text: 'Nobody looked </script><script>alert(1)</script>' });
    const { text: page } = await show(`/claims/${unreviewed.slug}`);
    expect(page).not.toContain('<script>alert');
    expect(JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)![1]!)['@type']).toBe('Claim');
  });

  it('can be seen as it stood', async () => {
    const old = await aClaim({ text: 'The tunnel is open', by: 'Ada Past' });
    await aVerdict(old, { status: 'false', summary: 'Shut' });
    const { text } = await show(`/claims/${old.slug}?asOf=${old.updatedAt}`).expect(200);
    expect(words(text)).toContain('This is the record as it stood at');
    expect(words(text)).toContain('Unverified');
    expect(words(text)).not.toContain('Shut');
    const early = await show(`/claims/${old.slug}?asOf=2020-01-01`).expect(404);
    expect(words(early.text)).toContain('Not yet on record then');
  });

  it('leads from the past to the same past, and back to the present', async () => {
    const old = await aClaim({ text: 'The canal is deep', by: 'Ada Canal' });
    for (const path of [`/claims/${old.slug}`, '/people/ada-canal', `/statements/${old.statement.statementId}`]) {
      const { text } = await show(`${path}?asOf=${old.updatedAt}`).expect(200);
      const [, main = ''] = /<main[^>]*>(.*?)<\/main>/s.exec(text)!;
      const addresses = [...main.matchAll(/href="(\/(?:claims|people|statements|sources)\/[^"]*)"/g)].map(
        ([, to]) => to!,
      );
      const [present, ...others] = addresses;
      expect(present).toBe(path);
      expect(others.length).toBeGreaterThan(1);
      for (const to of others) {
        expect(to).toContain(`asOf=${old.updatedAt}`);
        await show(to).expect(200);
      }
    }
    expect((await show(`/claims/${old.slug}`)).text).not.toContain('asOf=2');
  });
});

describe('a claim’s picture', () => {
  const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

  it('is a PNG of the size that is announced, remembered, and another one after a verdict', async () => {
    const drawn = await aClaim({ text: 'Мост был закрыт – the bridge – was closed 🙂', by: 'Ада Мост' });
    const { text } = await show(`/claims/${drawn.slug}`);
    expect(text).toContain(`<meta property="og:image" content="${drawn.url}/card.png"/>`);
    const { body, headers } = await site.get(`/claims/${drawn.slug}/card.png`).buffer(true).expect(200);
    expect(headers['content-type']).toBe('image/png');
    expect(size(body)).toEqual([1200, 630]);
    await site.get(`/claims/${drawn.slug}/card.png`).set('if-none-match', headers.etag!).expect(304);
    await aVerdict(drawn, { status: 'false' });
    await site.get(`/claims/${drawn.slug}/card.png`).set('if-none-match', headers.etag!).expect(200);
  });

  const drawn = async ({ slug }: Body): Promise<Buffer> =>
    (await site.get(`/claims/${slug}/card.png`).buffer(true).expect(200)).body;

  it('says in which language a claim is whose script its faces lack, in place of boxes', async () => {
    const [one, other] = [
      await aClaim({ text: '桥关闭了', language: 'zh' }),
      await aClaim({ text: '桥', language: 'zh' }),
    ];
    const inWords = await aClaim({ text: 'A claim in Chinese' });
    expect((await drawn(one)).equals(await drawn(other))).toBe(true);
    expect((await drawn(one)).equals(await drawn(inWords))).toBe(true);
  });

  it('calls a speaker by a name on record that it can draw, and leaves out signs that it cannot', async () => {
    const by = 'ليلى منصور';
    await site.post('people', { name: by, names: [{ name: 'Layla Mansour', kind: 'transliteration' }] }).expect(201);
    const named = await drawn(await aClaim({ text: 'The gate → was shut ☭', by }));
    expect(named.equals(await drawn(await aClaim({ text: 'The gate was shut', by })))).toBe(true);
    expect(named.equals(await drawn(await aClaim({ text: 'The gate was shut', by: 'דוד כהן' })))).toBe(false);
  });

  it('is not of what is not public', async () => {
    const draft = await aClaim({ text: 'Undrawn draft', state: 'draft' });
    await site.get(`/claims/${draft.slug}/card.png`).set('accept', 'image/*').expect(404);
  });
});

describe('an address', () => {
  it('that a record had before leads to the present one for ever', async () => {
    const moved = await aClaim({ text: 'Moved once', by: 'Moving Person' });
    await amend(`claims/${moved.id}`, { slug: 'moved-twice' });
    await amend('people/moving-person', { slug: 'settled-person' });
    expect((await show('/claims/moved-once?asOf=').expect(303)).headers.location).toBe('/claims/moved-once');
    expect((await show('/claims/moved-once').expect(308)).headers.location).toBe('/claims/moved-twice');
    expect((await show(`/claims/${moved.id}`).expect(308)).headers.location).toBe('/claims/moved-twice');
    const { headers } = await show('/people/moving-person?q=words').expect(308);
    expect(headers.location).toBe('/people/settled-person?q=words');
  });

  it('of a draft is not found, nor is anything of it shown', async () => {
    const draft = await aClaim({ text: 'A secret claim', by: 'Secret Speaker', state: 'draft' });
    for (const path of [`/claims/${draft.slug}`, '/people/secret-speaker']) await show(path).expect(404);
    for (const path of ['/', '/people', '/topics', '/search?q=secret']) {
      expect((await show(path)).text).not.toMatch(/secret-speaker|A secret claim/);
    }
    const token = await site.get(`/claims/${draft.slug}`, 'editor').set('accept', 'text/html');
    expect(token.status).toBe(404);
  });

  it('of what was withdrawn says so, and why', async () => {
    const gone = await aClaim({ text: 'Withdrawn later', by: 'Ada Gone' });
    await amend(`claims/${gone.id}`, { state: 'withdrawn', withdrawnBecause: 'It was about another bridge' });
    const { text } = await show(`/claims/${gone.slug}`).expect(410);
    expect(words(text)).toContain('Withdrawn');
    expect(words(text)).toContain('It was about another bridge');
    await checkHtml(text, '410');
  });

  it.each(['/claims/nothing', '/people/nobody', '/statements/1', '/sources/x', '/topics/none', '/people/A_B'])(
    '%s is not found',
    async (path) => {
      const { text, headers } = await show(path).expect(404);
      expect(headers['cache-control']).toBe('no-store');
      await checkHtml(text, path);
    },
  );
});

describe('a page as data', () => {
  it.each([
    ['/people/ada-moss.json?q=week', '/api/v1/people/ada-moss/timeline?q=week'],
    ['/people/ada-moss.csv', '/api/v1/people/ada-moss/timeline.csv'],
    ['/people.json', '/api/v1/people'],
  ])('%s is at the API', async (path, address) => {
    const { headers } = await site.get(path).expect(303);
    expect(site.local(headers.location!)).toBe(address);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('is had by Accept too, also where the page is remembered', async () => {
    await show('/people/ada-moss').expect(200);
    const { headers } = await site.get('/people/ada-moss').set('accept', 'application/json').expect(303);
    expect(site.local(headers.location!)).toBe('/api/v1/people/ada-moss/timeline');
    expect(headers.vary).toMatch(/accept/i);
    await site.get('/people/ada-moss').set('accept', '*/*').expect('content-type', /html/);
  });
});

describe('texts from anywhere', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3) {{7*7}} ' & </title></blockquote>`;

  it('stay texts on every page', async () => {
    const one = await aClaim({
      text: `Claim ${evil}`,
      topics: [`Topic ${evil}`],
      by: 'Mallory Evil',
      quote: `Quote ${evil}`,
      sources: [{ ...source, url: 'https://evil.example.org/', title: evil, excerpt: { exact: evil, prefix: evil } }],
    });
    await amend('people/mallory-evil', { description: evil, roles: [{ title: evil }] });
    await aVerdict(one, {
      summary: evil,
      explanation: `${evil} [x](javascript:alert(4)) <b>bold</b> ![p](https://x.example/p.png)`,
    });
    await aResponse(one, { by: `Name ${evil}`, quote: evil, venue: evil });
    const statement = (await site.get(`claims/${one.slug}`)).body.statement;
    const paths = [
      '/',
      '/people',
      '/people/mallory-evil',
      `/claims/${one.slug}`,
      `/statements/${statement.statementId}`,
      `/topics/${one.topics[0].slug}`,
      `/search?q=${encodeURIComponent('<script>')}`,
      `/people/mallory-evil?q=${encodeURIComponent(evil.slice(0, 100))}`,
    ];
    for (const path of paths) {
      const { text } = await show(path).expect(200);
      expect([path, /<script(?! type="application\/ld\+json")|<img|href="javascript|<b>/.exec(text)]).toEqual([
        path,
        null,
      ]);
      await checkHtml(text, path);
    }
  });

  it('may be long: they fold, and all is there', async () => {
    const quote = `${'This goes on and on. '.repeat(60)}The end.`;
    await aStatement({ by: 'Long Winded', quote });
    const { text } = await show('/people/long-winded');
    expect(text).toContain('<summary>Go on reading</summary>');
    expect(words(text)).toContain('The end.');
  });
});

describe('the search', () => {
  it('shows what was found in one list, the words marked, with counts that narrow it down', async () => {
    const { text } = await show('/search?q=bridges').expect(200);
    expect(text).toContain('<mark>bridge</mark>');
    expect(words(text)).toMatch(/Claims \d/);
    expect(text).toContain('href="/search?q=bridges&amp;topic=roads"');
    const narrowed = await show('/search?q=bridges&topic=roads&type=claim').expect(200);
    expect(words(narrowed.text)).toContain('Without Roads ×');
    expect(narrowed.text).toContain(`href="/claims/${claim.slug}"`);
    await checkHtml(narrowed.text, 'narrowed');
  });

  it('goes on page after page', async () => {
    for (let n = 0; n < 25; n++) await aClaim({ text: `A windmill, number ${n}` });
    const { text } = await show('/search?q=windmill').expect(200);
    const next = /<a class="next" rel="next" href="([^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    const second = await show(next).expect(200);
    expect(second.text.match(/<li><p class="kicker">/g)).toHaveLength(5);
    expect(second.text).toContain('To the beginning');
  });

  it('leads on where nothing is found', async () => {
    const { text } = await show('/search?q=bridge+xylophone&from=1999').expect(200);
    expect(text).toContain('<h1>Nothing found for <q dir="auto">bridge xylophone</q></h1>');
    expect(text).toContain('href="/search?q=bridge+xylophone"');
    expect(text).toContain('href="/search?q=bridge+OR+xylophone&amp;from=1999"');
  });

  it('says beside the field what is wrong with it, and keeps what was typed', async () => {
    const { text } = await show('/search?q=bridge&from=09/02/2025&type=planet').expect(422);
    expect(text).toMatch(/value="09\/02\/2025"[^>]*aria-describedby="dates from-wrong" aria-invalid/);
    expect(text).toContain('9 February 2025 (2025-02-09)');
    expect(text).toContain('href="/search?q=bridge&amp;from=09%2F02%2F2025"');
    await checkHtml(text, 'refused');
    expect((await show('/search?q=-bridge').expect(422)).text).toContain('add a word to look for');
  });
});

describe('for search engines', () => {
  it('every public page is in the sitemap, and nothing else', async () => {
    const draft = await aClaim({ text: 'Unlisted draft', state: 'draft' });
    const index = await site.get('/sitemap.xml').expect(200);
    expect(index.headers['content-type']).toContain('xml');
    const parts = [...index.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => site.local(address!));
    const all = (await Promise.all(parts.map(async (part) => (await site.get(part).expect(200)).text))).join('');
    for (const path of ['/people/ada-moss', `/claims/${claim.slug}`, `/statements/${response.id}`, '/topics/roads'])
      expect(all).toContain(`${path}</loc>`);
    expect(all).not.toContain(draft.slug);
    expect((await site.get('/robots.txt').expect(200)).text).toContain('/sitemap.xml');
  });
});
