import { beforeAll, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aClaim, aVerdict, aStatement } = recordsOn(site);
type User = Awaited<ReturnType<typeof desk.signedIn>>;

let contributor: User;
let claim: Body;
let path: string;
beforeAll(async () => {
  contributor = await desk.signedIn('contributor');
  claim = await aClaim({ text: 'A draft to be previewed', by: 'Pia Preview', state: 'draft', topics: ['Previews'] });
  await aStatement({ on: claim.id, stance: 'denies', by: 'Paul Preview', quote: 'Not at all', state: 'in_review' });
  await aVerdict(claim, { status: 'mixed', summary: 'Partly so', state: 'draft' });
  path = `/desk/claims/${claim.slug}/preview`;
});
const show = async (address: string) => desk.get(address, contributor.cookie).expect(200);
const changes = () =>
  site.db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirst();

describe('the preview of a claim', () => {
  it('is for who is signed in', async () => {
    for (const address of [path, `${path}/page`, `${path}/embed`]) {
      const { headers } = await desk.get(address).expect(303);
      expect(headers.location).toContain('/desk/sign-in');
    }
    await desk.get('/desk/claims/nothing/preview/page', contributor.cookie).expect(404);
    await site.get(`/desk/claims/${claim.slug}/preview/page`, 'editor').expect(303);
  });

  it('shows the public page and the embed with all that waits on it', async () => {
    expect((await show(path)).text).toContain(`<iframe class="preview" src="${path}/page"`);
    const page = await show(`${path}/page`);
    for (const words of [claim.text, 'Pia Preview', 'Not at all', 'Partly so', 'Previews'])
      expect(page.text).toContain(words);
    expect(page.text).toContain('class="site-header"');
    const embed = await show(`${path}/embed`);
    expect(embed.text).toContain('Partly so');
    expect(embed.text).not.toContain('<script');
    for (const { headers } of [page, embed])
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
  });

  it('publishes nothing, changes nothing, and is remembered by nothing that readers ask', async () => {
    const before = await changes();
    await show(`${path}/page`);
    await show(`${path}/embed`);
    expect(await changes()).toEqual(before);
    for (const address of [
      `/claims/${claim.slug}`,
      `/embed/claims/${claim.slug}`,
      '/topics/previews',
      '/people/pia-preview',
    ])
      await desk.get(address).expect(404);
    await site.get(`claims/${claim.slug}`).expect(404);
    expect((await site.get('search?q=previewed').expect(200)).body.items).toEqual([]);
    expect((await site.get(`claims/${claim.id}`, 'editor')).body).toMatchObject({ state: 'draft', version: 1 });
  });

  it('is the page that there is then', async () => {
    const { text } = await show(`${path}/page`);
    await site.patch(
      `claims/${claim.id}`,
      { state: 'published' },
      (await site.get(`claims/${claim.id}`, 'editor')).headers.etag!,
    );
    const statements = (await site.get(`statements?claim=${claim.id}&state=draft,in_review`, 'editor')).body.items;
    for (const { id } of statements)
      await site
        .patch(`statements/${id}`, { state: 'published' }, (await site.get(`statements/${id}`, 'editor')).headers.etag!)
        .expect(200);
    const [verdict] = (await site.get(`claims/${claim.id}/verdicts`, 'editor')).body.items;
    const address = `claims/${claim.id}/verdicts/${verdict.id}`;
    await site.patch(address, { state: 'published' }, (await site.get(address, 'editor')).headers.etag!).expect(200);
    expect((await desk.get(`/claims/${claim.slug}`).expect(200)).text).toBe(text);
  });

  it('holds where four eyes do', async () => {
    const { etag } = (await site.get('settings', 'admin')).headers;
    await site.patch('settings', { fourEyes: 'always' }, etag!, 'admin').expect(200);
    const waiting = await aClaim({ text: 'Waiting for a second pair of eyes' });
    expect((await show(`/desk/claims/${waiting.slug}/preview/page`)).text).toContain(waiting.text);
    await desk.get(`/claims/${waiting.slug}`).expect(404);
  });
});
