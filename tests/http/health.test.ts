import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { phoneCall } from '../support/examples.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const database = new URL(site.url).pathname.slice(1);

describe('while the database is there', () => {
  it('/livez says that the process is alive, /readyz that it is ready', async () => {
    expect((await site.get('/livez').expect(200)).body).toEqual({ status: 'alive' });
    const ready = await site.get('/readyz').expect(200);
    expect(ready.body).toEqual({ status: 'ready' });
    expect(ready.headers['cache-control']).toBe('no-store');
  });
});

describe('while the database is away', () => {
  const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL! });
  const allow = (allowed: boolean) => admin.query(`alter database ${database} allow_connections ${allowed}`);
  beforeAll(async () => {
    await admin.connect();
    await site.post('claims', phoneCall).expect(201);
    await site.get('people/donald-trump/timeline').expect(200);
    await allow(false);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
    await sleep(50);
  });
  afterAll(async () => {
    await allow(true);
    await admin.end();
  });

  it('/livez stays, /readyz is 503', async () => {
    await site.get('/livez').expect(200);
    const { body, headers } = await site.get('/readyz').expect(503);
    expect(body).toMatchObject({ status: 503, code: 'not_ready' });
    expect(headers['retry-after']).toBe('1');
  });

  it('reads, remembered ones too, and writes are 503, and tell nothing of the database', async () => {
    for (const answer of [
      await site.get('people/donald-trump/timeline'),
      await site.get('claims', 'editor'),
      await site.post('claims', phoneCall),
    ]) {
      expect(answer.status).toBe(503);
      expect(answer.body.instance).toMatch(/^urn:uuid:/);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).not.toMatch(/onrecord_test|postgres|127\.0\.0\.1/i);
    }
  });

  it('all comes back by itself when it does', async () => {
    await allow(true);
    const start = performance.now();
    while ((await site.get('/readyz')).status !== 200 && performance.now() - start < 5000) await sleep(50);
    await site.get('/readyz').expect(200);
    const { headers } = await site.get('people/donald-trump/timeline').expect(200);
    await site.get('people/donald-trump/timeline').set('if-none-match', headers.etag!).expect(304);
    await site.post('people', { name: 'After It All' }).expect(201);
  });
});
