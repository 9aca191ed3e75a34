import { describe, expect, it } from '@jest/globals';
import { type Element, xml2js } from 'xml-js';
import { z } from 'zod';
import { publicUrl } from '../support/database.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aResponse, aVerdict, amend } = recordsOn(site);

/** JSON Feed 1.1: what it demands, and of what we write, its types (https://www.jsonfeed.org/version/1.1/). */
const author = z.strictObject({ name: z.string(), url: z.url().optional() });
const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  home_page_url: z.url(),
  feed_url: z.url(),
  authors: z.array(author),
  items: z.array(
    z.strictObject({
      id: z.string().min(1),
      url: z.url(),
      title: z.string(),
      content_text: z.string(),
      authors: z.array(author).optional(),
      date_published: z.iso.datetime(),
      date_modified: z.iso.datetime(),
    }),
  ),
});

async function jsonFeed(path: string): Promise<z.output<typeof JsonFeed>> {
  const { text, headers } = await site.get(`${path}.json`).expect(200);
  expect(headers['content-type']).toBe('application/feed+json; charset=utf-8');
  return JsonFeed.parse(JSON.parse(text));
}

/** The elements that RFC 4287 demands, once each (§4.1.1, §4.1.2). */
async function atomFeed(path: string): Promise<{ feed: Element; entries: Element[] }> {
  const { text, headers } = await site.get(`${path}.atom`).expect(200);
  expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  const feed = (xml2js(text) as Element).elements!.find(({ type }) => type === 'element')!;
  expect(feed).toMatchObject({ name: 'feed', attributes: { xmlns: 'http://www.w3.org/2005/Atom' } });
  const entries = feed.elements!.filter(({ name }) => name === 'entry');
  for (const one of [feed, ...entries]) {
    for (const name of ['id', 'title', 'updated']) expect(one.elements!.filter((e) => e.name === name)).toHaveLength(1);
    expect(textOf(one, 'updated')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(URL.canParse(textOf(one, 'id'))).toBe(true);
  }
  expect(feed.elements!.some(({ name }) => name === 'author')).toBe(true);
  expect(feed.elements!.find(({ attributes }) => attributes?.rel === 'self')?.attributes?.href).toBe(
    `${publicUrl}${path}.atom`,
  );
  expect(new Set(entries.map((entry) => textOf(entry, 'id'))).size).toBe(entries.length);
  return { feed, entries };
}

const textOf = (of: Element, name: string): string =>
  (of.elements!.find((element) => element.name === name)?.elements ?? [])
    .map(({ text, cdata }) => text ?? cdata)
    .join('');

describe('feeds', () => {
  it('of the whole record have each claim once, as it stands, what changed last first', async () => {
    const older = await aClaim({ text: 'The tower leans' });
    const newer = await aClaim({ text: 'The tower is tall' });
    await aVerdict(older, { status: 'mixed', summary: 'It leans a little' });
    const { items } = await jsonFeed('/feed');
    expect(items.slice(0, 2)).toMatchObject([
      {
        id: `urn:uuid:${older.id}`,
        title: 'Mixed: The tower leans',
        content_text: 'It leans a little',
        url: older.url,
      },
      { id: `urn:uuid:${newer.id}`, title: 'Unverified: The tower is tall' },
    ]);
    expect(items[0]!.date_modified > items[0]!.date_published).toBe(true);
    const { entries, feed } = await atomFeed('/feed');
    expect(textOf(entries[0]!, 'title')).toBe('Mixed: The tower leans');
    expect(new Date(textOf(feed, 'updated')).getTime()).toBe(Date.parse(`${items[0]!.date_modified.slice(0, 23)}Z`));
  });

  it('of a person, a topic and a claim have what is theirs', async () => {
    const claim: Body = await aClaim({ by: 'Dora Lind', topics: ['Towers'], quote: 'It leans.', saidOn: '2025-02-08' });
    await aResponse(claim, { by: 'Emil Holm', onBehalfOf: 'Tower Office', quote: 'It does not.' });
    await aVerdict(claim, { status: 'true', summary: 'It does' });
    const said = { title: 'Dora Lind, 8 February 2025', content_text: 'It leans.', authors: [{ name: 'Dora Lind' }] };
    expect((await jsonFeed('/people/dora-lind/feed')).items).toMatchObject([said]);
    expect((await jsonFeed('/people/tower-office/feed')).items).toMatchObject([{ content_text: 'It does not.' }]);
    expect((await jsonFeed('/topics/towers/feed')).items).toMatchObject([{ id: `urn:uuid:${claim.id}` }]);
    const onClaim = (await jsonFeed(`/claims/${claim.slug}/feed`)).items;
    expect(onClaim.map(({ content_text }) => content_text)).toEqual(['True. It does', 'It does not.', 'It leans.']);
    for (const path of ['/people/dora-lind', '/topics/towers', `/claims/${claim.slug}`]) await atomFeed(`${path}/feed`);
  });

  it('tell a correction as an item of its own, by the number of the revision that embeds pin', async () => {
    const claim: Body = await aClaim();
    await aVerdict(claim, { status: 'false' });
    const correction = { status: 'mixed', revision: 'correction', note: 'We had counted the Sunday twice.' };
    await aVerdict(claim, correction);
    const [item] = (await jsonFeed('/corrections/feed')).items;
    expect(item).toMatchObject({
      id: `${publicUrl}/claims/${claim.id}#rev-3`,
      url: `${claim.url}#rev-3`,
      title: `Correction: ${claim.text}`,
    });
    expect(item!.content_text).toMatch(/^We had counted the Sunday twice\. Mixed\./);
    await aVerdict(claim, { ...correction, note: 'And the Monday.' });
    expect((await jsonFeed('/corrections/feed')).items.map(({ id }) => id.split('#')[1])).toEqual(['rev-4', 'rev-3']);
    await site.get(`/embed/claims/${claim.slug}?rev=4`).expect(200);
    await atomFeed('/corrections/feed');
  });

  it('keep ids when addresses change, and show neither drafts nor what was withdrawn', async () => {
    const claim: Body = await aClaim({ by: 'Finn Ax', quote: 'A slip' });
    await aClaim({ by: 'Finn Ax', quote: 'Not yet', state: 'draft' });
    const before = (await jsonFeed(`/claims/${claim.slug}/feed`)).items.map(({ id }) => id);
    await amend(`claims/${claim.id}`, { slug: 'another-address' });
    const moved = await jsonFeed(`/claims/${claim.slug}/feed`);
    expect(moved.items.map(({ id }) => id)).toEqual(before);
    expect(moved.feed_url).toBe(`${publicUrl}/claims/another-address/feed.json`);
    await amend(`claims/${claim.id}`, { state: 'withdrawn', withdrawnBecause: 'A slip' });
    await site.get('/claims/another-address/feed.json').set('accept', 'application/json').expect(410);
    expect((await jsonFeed('/feed')).items.map(({ id }) => id)).not.toContain(`urn:uuid:${claim.id}`);
  });

  it('escape what is in texts, and leave out what XML cannot hold', async () => {
    const text = `<script>alert(1)</script> & "]]>" ${String.fromCharCode(1)}end`;
    const claim: Body = await aClaim({ text, by: 'Gro <b>Dahl</b>', quote: text });
    expect((await jsonFeed('/feed')).items[0]!.title).toBe(`Unverified: ${text}`);
    const [entry] = (await atomFeed('/feed')).entries;
    // The title is HTML, within which the text is text.
    expect(textOf(entry!, 'title')).toBe(
      'Unverified: &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;]]&gt;&quot; end',
    );
    await atomFeed(`/claims/${claim.slug}/feed`);
  });

  it('answer 304 to who has them, and are linked from the pages', async () => {
    const claim: Body = await aClaim({ by: 'Dora Lind', topics: ['Towers'] });
    const { headers } = await site.get('/feed.atom').expect(200);
    expect(Date.parse(headers['last-modified']!)).toBeGreaterThan(Date.parse('2025-01-01'));
    await site.get('/feed.atom').set('if-none-match', headers.etag!).expect(304);
    for (const path of ['', '/people/dora-lind', '/topics/towers', `/claims/${claim.slug}`]) {
      const { text } = await site
        .get(path || '/')
        .set('accept', 'text/html')
        .expect(200);
      expect(text).toContain(`<link rel="alternate" type="application/atom+xml" href="${publicUrl}${path}/feed.atom"`);
    }
    await site.get('/people/nobody/feed.atom').set('accept', 'application/json').expect(404);
  });
});
