import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { exportListCommand } from '../../src/cli/export-list.ts';
import { readConfig } from '../../src/config.ts';
import { exportRows, formsOf } from '../../src/web/api/export.ts';
import type { Read } from '../../src/web/api/route.ts';
import { routes } from '../../src/web/api/router.ts';
import { type Form, forms } from '../../src/web/forms.ts';
import { publicUrl } from '../support/database.ts';
import { closedForSixDays, noAnswer, phoneCall } from '../support/examples.ts';
import { bytesOf, rowCount, rowsIn } from '../support/read-form.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aStatement, aVerdict, amend, anAttribution } = recordsOn(site);
const exported = routes.filter((route): route is Read => 'read' in route && formsOf(route).length > 0);
const every = exported.flatMap((route) => formsOf(route).map((form): [string, Form] => [route.path, form]));

let claim: Body;
let answer: Body;
beforeAll(async () => {
  claim = (await site.post('claims', phoneCall).expect(201)).body;
  answer = (await site.post(`claims/${claim.id}/responses`, noAnswer(claim.statement.id)).expect(201)).body;
  await site.post(`claims/${claim.id}/verdicts`, closedForSixDays).expect(201);
  await aVerdict(claim, {
    by: 'Fact Example',
    status: 'mixed',
    nativeLabel: 'Half True',
    url: 'https://fact.example.com/1',
  });
  await anAttribution(answer);
});

const address = (path: string): string =>
  path.slice(1).replace('{person}', 'dmitry-peskov').replace('{claim}', claim.slug).replace('{id}', answer.id);
/** What must be asked of a list. */
const asked = (path: string): string => (path === '/search' ? '?q=Putin' : '');
const rows = async (path: string, form: Form, query = ''): Promise<Body[]> =>
  rowsIn(form, await bytesOf(site.get(`${path}.${form}${query}`).expect(200)));
const records = async (path: string, form: Form, query = ''): Promise<Body[]> =>
  (await rows(path, form, query)).filter(({ type }) => type !== 'end' && type !== 'begin');

describe('an export', () => {
  it.each(every)('of %s as %s has a row for every item, and says so', async (path, form) => {
    const { body } = await site.get(`${address(path)}${asked(path)}`).expect(200);
    const items = body.items ?? [body];
    expect(items.length).toBeGreaterThan(0);
    const response = await site
      .get(`${address(path)}.${form}${asked(path)}`)
      .buffer(true)
      .expect(200);
    expect(rowCount(response)).toBe(String(items.length));
    expect(response.headers['content-type']).toContain(forms[form]);
    const read = await rows(address(path), form, asked(path));
    const hasDates = ({ publishedOn, statement, saidOn, decidedAt }: Body) =>
      publishedOn ?? statement ?? saidOn ?? decidedAt;
    const expected = form === 'timelinejs' ? items.filter(hasDates) : items;
    expect(read).toHaveLength(expected.length + (form === 'csv' || form === 'jsonl' ? 1 : 0));
    if (form === 'csv') expect(Object.values(read.at(-1)).slice(0, 2)).toEqual(['end', String(items.length)]);
    if (form === 'jsonl') expect(read.at(-1)).toEqual({ type: 'end', records: items.length });
  });

  it.each(every)('of %s as %s has the same bytes each time', async (path, form) => {
    const get = () => bytesOf(site.get(`${address(path)}.${form}${asked(path)}`).expect(200));
    const first = await get();
    expect(await get()).toEqual(first);
  });

  it('is asked for by Accept as well, beside what is remembered of the address', async () => {
    await site.get('claims').expect(200);
    const { text, headers } = await site.get('claims').set('accept', 'text/csv').buffer(true).expect(200);
    expect(text).toMatch(/^\ufefftype,id,/);
    expect(headers.vary).toMatch(/accept/i);
    expect((await site.get('claims').expect(200)).headers.vary).toMatch(/accept/i);
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    await site
      .get('claims')
      .set('accept', browser)
      .expect('content-type', /^application\/json/);
    await site.get('claims').set('accept', 'text/csv;q=0.1, application/json').expect('content-type', /json/);
    await site.get('vocabulary').set('accept', 'text/csv').expect('content-type', /json/);
  });

  it('by address wins over Accept', async () => {
    await site
      .get('claims.json')
      .set('accept', 'text/csv')
      .expect('content-type', /^application\/json/);
    await site
      .get('claims.jsonl')
      .set('accept', 'text/csv')
      .expect('content-type', /ndjson/);
  });

  it('heeds the filters of the list', async () => {
    const mine = await aClaim({ text: 'The ferry was late', by: 'Ada Moss', topics: ['Ferries'] });
    expect((await records('claims', 'csv', '?topic=ferries')).map(({ id }) => id)).toEqual([mine.id]);
    expect(await records('claims', 'jsonl', '?topic=ferries&status=false')).toEqual([]);
    expect(await records('people/ada-moss/timeline', 'csv', '?from=2025-02-09')).toEqual([]);
    expect((await records('statements', 'parquet', '?person=ada-moss')).map(({ speaker }) => speaker)).toEqual([
      'Ada Moss',
    ]);
  });

  it('has all rows, not a page of them', async () => {
    for (let n = 0; n < 103; n++) await aStatement({ by: 'Bulk Speaker', quote: `Number ${n}` });
    const read = await records('people/bulk-speaker/timeline', 'csv', '?order=asc');
    expect(read.map(({ quote }) => quote)).toEqual(Array.from({ length: 103 }, (_, n) => `Number ${n}`));
    expect(await records('people/bulk-speaker/timeline', 'parquet')).toHaveLength(103);
    expect(await rows('people/bulk-speaker/timeline', 'xlsx')).toHaveLength(103);
  }, 60_000);

  it('is of one instant, whatever is written while it is read', async () => {
    const route = exported.find(({ path }) => path === '/people/{person}/timeline')!;
    const call = { params: { person: 'bulk-speaker' }, query: { order: 'asc' }, audience: 'public', instant: null };
    const { chunks } = await exportRows(
      route,
      'jsonl',
      call as never,
      {
        db: site.db,
        publicUrl,
        secret: 'x'.repeat(32),
        now: () => new Date(),
      } as never,
    );
    let text = (await chunks.next()).value as string;
    const [, second] = text.split('\n').map((line) => line && JSON.parse(line));
    await aStatement({ by: 'Bulk Speaker', quote: 'Too late' });
    const last = (await records('people/bulk-speaker/timeline', 'jsonl', '?order=asc')).at(-2)!;
    await amend(`statements/${last.statement.id}`, { state: 'withdrawn' });
    await amend(`statements/${second.statement.id}`, { venue: 'Elsewhere' });
    for await (const chunk of chunks) text += chunk;
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(104);
    expect(text).toContain(last.statement.id);
    expect(text).not.toMatch(/Too late|Elsewhere/);
  });

  it('takes asOf, and leaves out what was withdrawn', async () => {
    const told = await aClaim({ text: 'A tale', by: 'Tale Teller' });
    await amend(`claims/${told.id}`, { state: 'withdrawn', withdrawnBecause: 'It was one' });
    expect((await records('claims', 'csv')).map(({ id }) => id)).not.toContain(told.id);
    expect((await records('claims', 'csv', `?asOf=${told.updatedAt}`)).map(({ id }) => id)).toContain(told.id);
    await site.get(`claims/${told.id}.jsonld`).expect(410);
  });

  it('holds no connection when its reader goes away', async () => {
    const server = await listening();
    await new Promise<void>((resolve) => {
      const asked = ask(
        { port: (server.address() as AddressInfo).port, path: '/api/v1/statements.jsonl' },
        (response) => {
          response.once('data', () => response.destroy());
          response.once('close', resolve);
        },
      );
      asked.on('error', () => {}).end();
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { rows: open } = await sql`select state from pg_stat_activity
      where datname = current_database() and state like '%transaction%'`.execute(site.db);
    expect(open).toEqual([]);
    server.close();
  });

  it.each([
    ['claims.csv?limit=10', '/limit'],
    ['claims.xlsx?cursor=x', '/cursor'],
    ['claims.jsonl?form=spreadsheet', '/form'],
    ['claims.xlsx?form=lossless', '/form'],
    ['claims?form=lossless', '/form'],
    ['claims.csv?form=pretty', '/form'],
    ['claims.csv?status=wrong', '/status/0'],
    ['people/dmitry-peskov/timeline.csv?from=09/02/2025', '/from'],
  ])('refuses %s', async (path, pointer) => {
    const { body } = await site.get(path).expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it.each(['claims.doc', 'topics.jsonld', 'vocabulary.csv', 'people/nobody/timeline.csv', 'claims/nothing.jsonld'])(
    'of %s is not found',
    async (path) => void (await site.get(path).expect(404)),
  );

  it('of drafts needs a token, as their list does', async () => {
    await site.get('claims.csv?state=draft').expect(403);
    await aClaim({ text: 'Not yet', state: 'draft' });
    const bytes = await bytesOf(site.get('claims.csv?state=draft', 'contributor').expect(200));
    expect((await rowsIn('csv', bytes)).map((row) => row.claim)).toContain('Not yet');
  });

  it('answers HEAD without rows', async () => {
    const { headers, text } = await site.call('head', 'claims.csv').expect(200);
    expect(headers['content-type']).toMatch(/^text\/csv/);
    expect(text ?? '').toBe('');
  });
});

async function listening() {
  const { createServer } = await import('node:http');
  const server = createServer(site.app);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('at the command line', () => {
  const config = () => ({
    ...readConfig({ PUBLIC_URL: publicUrl, PUBLISHER_NAME: 'Record Check' }),
    databaseUrl: site.url,
  });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onrecord-export-list-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['claims', 'csv', ['form=lossless', 'anyStatus=mixed']],
    ['people/donald-trump/timeline', 'xlsx', []],
    ['statements', 'jsonl', ['order=asc']],
    ['claims', 'jsonld', []],
  ] as const)('an export of %s as .%s has the bytes that the address gives', async (what, form, filter) => {
    const output = join(folder, `${what.replaceAll('/', '-')}.${form}`);
    await exportListCommand(config(), what, { output, filter: [...filter], json: true });
    const asked = await bytesOf(site.get(`${what}.${form}?${filter.join('&')}`).expect(200));
    expect(asked.equals(await readFile(output))).toBe(true);
  });

  it.each([
    ['nothing/such', {}, /no list "nothing\/such". There are: people, /],
    ['claims', { filter: ['status'] }, /name=value/],
    ['claims', { filter: ['colour=red'] }, /colour/],
    ['claims', { filter: ['limit=3'] }, /limit: is for JSON alone/],
    ['claims', { filter: ['state=draft'] }, /Only what is published is public/],
    ['people', { format: 'timelinejs' }, /does not come as \.timelinejs/],
  ] as const)('of %s with %j is refused, and leaves no file', async (what, options, message) => {
    const output = join(folder, 'refused');
    const { filter = [], format } = options as { filter?: string[]; format?: Form };
    await expect(
      exportListCommand(config(), what, { output, filter: [...filter], ...(format && { format }) }),
    ).rejects.toThrow(message);
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });

  it('does not write over a file', async () => {
    const output = join(folder, 'mine.csv');
    await writeFile(output, 'mine');
    await expect(exportListCommand(config(), 'claims', { output })).rejects.toThrow('is there already');
    expect(await readFile(output, 'utf8')).toBe('mine');
  });
});

describe('the cells', () => {
  const nasty = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '＝1',
    'a\nb "c", d',
    'שלום, world',
    '👩‍👩‍👧',
    '_x0041_',
    '\u0001bell',
  ];

  it.each(nasty)('of CSV in lossless form, of JSON Lines, Parquet and XLSX have %j as it is', async (text) => {
    const { id } = await aClaim({ text });
    for (const [form, query] of [
      ['csv', '?form=lossless'],
      ['jsonl', ''],
      ['parquet', ''],
      ['xlsx', ''],
    ] as const) {
      const row = (await rows('claims', form, query)).find((one) => one.id === id);
      // Whitespace around is not what this reader of XLSX hands on; what is in the file is looked at below.
      const read = String(row.claim ?? row.text);
      if (form === 'xlsx')
        expect(read.replace('_x005F_', '_').replace('_x0001_', '\u0001').replace('_x000D_', '\r').trim()).toBe(
          text.trim(),
        );
      else expect([form, read]).toEqual([form, text]);
    }
  });

  it('of CSV for spreadsheets are never a formula', async () => {
    const bytes = await bytesOf(site.get('claims.csv').expect(200));
    const cells = (await rowsIn('csv', bytes)).flatMap((row) => Object.values<string>(row));
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    expect(cells).toContain("'=1+1");
  });

  it('of XLSX that are too long are cut, and say so', async () => {
    const explanation = '𝒜'.repeat(20_000);
    const { id } = await aStatement({ by: 'Long Winded', quote: explanation });
    const [row] = await rows('people/long-winded/timeline', 'xlsx');
    expect(row.id).toBe(id);
    expect(row.quote.length).toBeLessThanOrEqual(32_767);
    expect(row.quote).toMatch(/^𝒜+ … \[cut: this text has 40000 characters/u);
    const [whole] = await records('people/long-winded/timeline', 'csv', '?form=lossless');
    expect(whole.quote).toBe(explanation);
  });

  it('of dates are EDTF as text, in XLSX too', async () => {
    const [row] = await rows('claims', 'xlsx', '?topic=russia-ukraine-war');
    expect(row.saidOn).toBe('2025-02-08~');
  });

  it('of TimelineJS are no HTML of anybody else', async () => {
    await aStatement({
      by: 'Script Kiddie',
      quote: '<img src=x onerror=alert(1)> & "so"',
      saidOn: '2025-02-08/2025-03-01',
    });
    const [slide] = await rows('people/script-kiddie/timeline', 'timelinejs');
    expect(slide.text.headline).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;so&quot;</a>');
    expect(slide.start_date).toMatchObject({ year: 2025, month: 2, day: 8 });
    expect(slide.end_date).toMatchObject({ year: 2025, month: 3, day: 1 });
  });
});
