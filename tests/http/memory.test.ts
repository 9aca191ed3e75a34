import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import { connect } from '../../src/db/connect.ts';
import type { Database } from '../../src/db/types.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { publicUrl } from '../support/database.ts';
import { type Body, recordsOn, said } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aResponse, amend } = recordsOn(site);
/** Who has the answer already. */
const again = (path: string, etag: string) => site.get(path).set('if-none-match', etag);

describe('If-None-Match', () => {
  it('gives 304 until the record changes, for records, lists and timelines', async () => {
    const claim = await aClaim({ by: 'Ada Lovelace' });
    for (const path of [
      `claims/${claim.id}`,
      'claims',
      'people/ada-lovelace/timeline',
      `statements/${claim.statement.id}`,
    ]) {
      const first = await site.get(path).expect(200);
      const etag = first.headers.etag!;
      for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const same = await again(path, header).expect(304);
        expect(same.headers).toMatchObject({ etag, 'access-control-allow-origin': '*' });
        expect(same.text).toBe('');
      }
      await again(path, '"other"').expect(200);
      await aResponse(claim);
      const after = await again(path, etag);
      expect([path, after.status]).toEqual([path, 200]);
      expect(after.headers.etag).not.toBe(etag);
    }
  });

  it('gives 304 still where a change elsewhere leaves the answer as it was', async () => {
    const claim = await aClaim({ by: 'Bob Elsewhere' });
    const first = await site.get(`claims/${claim.id}`).expect(200);
    await aClaim();
    await again(`claims/${claim.id}`, first.headers.etag!).expect(304);
  });

  it('is answered to who holds a token, too', async () => {
    const claim = await aClaim();
    const { headers } = await site.get(`claims/${claim.id}`, 'editor').expect(200);
    await site.get(`claims/${claim.id}`, 'editor').set('if-none-match', headers.etag!).expect(304);
    await site.get(`claims/${claim.id}`, 'editor').set('if-none-match', '"1-other"').expect(200);
  });
});

describe('Accept-Encoding', () => {
  const zipped = (path: string) => site.get(path).set('accept-encoding', 'gzip, deflate, br, zstd');
  const plain = (path: string, accepted = 'identity') => site.get(path).set('accept-encoding', accepted);
  const timeline = 'people/ada-zipped/timeline';
  beforeAll(async () => {
    await aClaim({ by: 'Ada Zipped' });
  });

  it('is answered with gzip to who takes it, else plain, the first time and from memory', async () => {
    for (const path of [timeline, '/people/ada-zipped', '/feed.atom', '/embed/people/ada-zipped', '/embed.js']) {
      for (const _ of ['first', 'remembered']) {
        const [one, other] = [await zipped(path).expect(200), await plain(path).expect(200)];
        expect(one.headers['content-encoding']).toBe('gzip');
        expect(other.headers).not.toHaveProperty('content-encoding');
        expect(other.text).toBe(one.text);
        expect(Number(other.headers['content-length'])).toBe(Buffer.byteLength(other.text));
        expect(Number(one.headers['content-length'])).toBeLessThan(Buffer.byteLength(one.text) * 0.6);
        for (const { headers } of [one, other]) expect(headers.vary).toMatch(/\bAccept-Encoding$/);
      }
    }
  });

  it('is heeded in all its forms', async () => {
    for (const accepted of ['gzip;q=0', '*;q=0', 'br', '', 'identity, gzip;q=0.5', 'gzip;q=0, *'])
      expect([accepted, (await plain(timeline, accepted)).headers['content-encoding']]).toEqual([accepted, undefined]);
    for (const accepted of ['GZIP', '*', 'gzip;q=0.1', 'deflate, gzip;q=1.0, *;q=0.5'])
      expect([accepted, (await plain(timeline, accepted)).headers['content-encoding']]).toEqual([accepted, 'gzip']);
  });

  it('has an ETag of its own in each coding, either of which gives 304 and lets amend', async () => {
    const claim = await aClaim({ by: 'Ada Tagged' });
    const path = `claims/${claim.id}`;
    const tags = [(await zipped(path)).headers.etag!, (await plain(path)).headers.etag!];
    expect(tags[0]).toBe(tags[1]!.replace(/"$/, '-gzip"'));
    for (const etag of tags) {
      for (const ask of [zipped, plain]) {
        const same = await ask(path).set('if-none-match', `W/${etag}`).expect(304);
        expect(same.headers.etag).toBe(etag);
        expect(same.headers).not.toHaveProperty('content-encoding');
      }
    }
    const { headers } = await site.patch(path, { language: 'en-GB' }, tags[0]!).expect(200);
    await site.patch(path, { language: 'en' }, headers.etag!.replace('-gzip', '')).expect(200);
  });

  it('compresses neither pictures nor what fits into a packet', async () => {
    const { slug } = await aClaim({ by: 'Ada Drawn' });
    const card = await zipped(`/claims/${slug}/card.png`).expect(200);
    expect(card.headers).not.toHaveProperty('content-encoding');
    expect(card.headers.vary ?? '').not.toMatch(/encoding/i);
    const little = await zipped('people/ada-drawn').expect(200);
    expect(little.headers).not.toHaveProperty('content-encoding');
    expect(little.headers.vary).toMatch(/Accept-Encoding/);
  });
});

describe('the memory of answers', () => {
  it('gives the same bytes and headers the second time', async () => {
    await aClaim({ by: 'Ada Twice' });
    const [first, second] = [await site.get('people/ada-twice/timeline'), await site.get('people/ada-twice/timeline')];
    const headers = ({ headers }: Body) => ({ ...headers, date: undefined });
    expect(second.text).toBe(first.text);
    expect(headers(second)).toEqual(headers(first));
  });

  it('never tells a writer the old answer after their own write, whoever reads meanwhile', async () => {
    const claim = await aClaim({ by: 'Ada Fresh' });
    let reading = true;
    const readers = Array.from({ length: 4 }, async () => {
      while (reading) await site.get(`claims/${claim.id}`).expect(200);
    });
    for (let n = 1; n <= 15; n++) {
      const written = await site.patch(`claims/${claim.id}`, { text: `Draft ${n}` }, `"${n}"`).expect(200);
      const read = await site.get(`claims/${claim.id}`).expect(200);
      expect(read.body).toEqual(written.body);
    }
    reading = false;
    await Promise.all(readers);
  });

  it('keeps nothing of what was told to who holds a token', async () => {
    const draft = await site.post('claims', { text: 'A draft', language: 'en', state: 'draft' }).expect(201);
    const open = await aClaim({ by: 'Ada Private' });
    await site.post(`claims/${open.id}/responses`, { ...said(), stance: 'denies', state: 'draft' }).expect(201);
    const path = `claims/${open.id}/responses`;
    const desk = await site.get(path, 'editor').expect(200);
    expect(desk.headers['cache-control']).toBe('private, no-cache');
    expect(desk.body.items).toHaveLength(1);
    const told = await site.get(path).expect(200);
    expect(told.headers['cache-control']).toBe('public, no-cache');
    expect(told.body.items).toHaveLength(0);
    expect((await site.get(path, 'editor').expect(200)).body.items).toHaveLength(1);
    await site.get(`claims/${draft.body.id}`, 'editor').expect(200);
    await site.get(`claims/${draft.body.id}`).expect(404);
    await site.get(path).set('authorization', 'Bearer nonsense').expect(401);
  });

  it('keeps no refusal', async () => {
    const draft = await site.post('claims', { text: 'Soon', language: 'en', state: 'draft' }).expect(201);
    await site.get(`claims/${draft.body.id}`).expect(404);
    await amend(`claims/${draft.body.id}`, { state: 'published' });
    await site.get(`claims/${draft.body.id}`).expect(200);
  });

  it('does not say what a change says that was never made', async () => {
    const claim = await aClaim();
    await site.patch(`claims/${claim.id}`, { text: 'Stale' }, '"7"').expect(412);
    expect((await site.get(`claims/${claim.id}`)).body.text).toBe(claim.text);
  });
});

describe('a change by another process', () => {
  let other: Database;
  beforeAll(() => {
    other = connect(site.url, { publicUrl });
  });
  afterAll(() => other.destroy());

  it('is seen within a second', async () => {
    const claim = await aClaim({ by: 'Ada Elsewhere' });
    const { headers } = await site.get(`claims/${claim.id}`).expect(200);
    await again(`claims/${claim.id}`, headers.etag!).expect(304);
    await change(other, { actor: operator, action: 'claim.edit' }, (tx) =>
      tx.updateTable('claims').set({ text: 'Changed elsewhere', version: 2 }).where('id', '=', claim.id).execute(),
    );
    const start = performance.now();
    let text = '';
    while (text !== 'Changed elsewhere' && performance.now() - start < 5000) {
      text = (await site.get(`claims/${claim.id}`)).body.text;
      await sleep(5);
    }
    expect(performance.now() - start).toBeLessThan(1000);
    await again(`claims/${claim.id}`, headers.etag!).expect(200);
  });
});
