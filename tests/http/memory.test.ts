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
