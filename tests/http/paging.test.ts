import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { change } from '../../src/db/change.ts';
import { LogStatement, logStatement } from '../../src/domain/statements/log-statement.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { type Body, recordsOn, said } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aResponse, aVerdict, timeline } = recordsOn(site);

/** Logged by the act itself, as a property needs many. */
const log = (by: string, saidOn: string, sequence: number): Promise<string> =>
  change(site.db, { actor: operator, action: 'statement.log' }, (tx) =>
    logStatement(tx, LogStatement.parse(said({ by, saidOn, sequence }))),
  );

const aDay = fc.record({
  saidOn: fc.constantFrom(
    '2025-02-07',
    '2025-02-08',
    '2025-02-08~',
    '2025-02',
    '../2025-02-08',
    '2025-02-08/..',
    '2025',
  ),
  sequence: fc.integer({ min: -1, max: 1 }),
});

describe('paging through a list', () => {
  it('gives desc as the exact reverse of asc, in every list', async () => {
    const claim = await aClaim({ by: 'Ada Lists', topics: ['A', 'b', 'C'] });
    for (const title of ['One', 'Two']) await aClaim({ by: `Ada ${title}`, sources: [{ title, role: 'reports' }] });
    for (const status of ['true', 'false', 'mixed']) await aVerdict(claim, { status, decidedAt: '2025-02-08' });
    for (const name of ['Émile One', 'emile Two', 'Ödön Three']) await aResponse(claim, { by: name });
    const lists = [
      'people',
      'claims',
      'statements',
      'sources',
      'topics',
      `claims/${claim.id}/verdicts`,
      `claims/${claim.id}/responses`,
    ];
    for (const list of lists) {
      const asc = (await site.get(`${list}?limit=100&order=asc`).expect(200)).body.items;
      const desc = (await site.get(`${list}?limit=100&order=desc`).expect(200)).body.items;
      expect(asc.length).toBeGreaterThan(2);
      expect(desc).toEqual([...asc].reverse());
      const paged: Body[] = [];
      let next: string | undefined = `/api/v1/${list}?limit=2&order=asc`;
      while (next) {
        const page: Body = await site.get(next).expect(200);
        paged.push(...page.body.items);
        next = page.headers.link && site.local(/^<(.*)>; rel="next"$/.exec(page.headers.link)![1]!);
      }
      expect(paged).toEqual(asc);
    }
  });

  it('neither skips nor repeats what was there at the start, whatever is inserted meanwhile', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(aDay, { minLength: 1, maxLength: 7 }),
        fc.array(aDay, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('asc', 'desc'),
        async (atFirst, meanwhile, limit, order) => {
          const { id } = await aPerson(`Paged ${++run}`);
          const there: string[] = [];
          for (const { saidOn, sequence } of atFirst) there.push(await log(id, saidOn, sequence));
          const address = `people/${id}/timeline?limit=${limit}&order=${order}`;
          const whole = (await timeline(id, `limit=100&order=${order}`)).items.map((item: Body) => item.statement.id);
          expect([...whole].sort()).toEqual([...there].sort());

          const seen: string[] = [];
          let page = await site.get(address).expect(200);
          for (const { saidOn, sequence } of [...meanwhile, ...meanwhile, ...meanwhile]) {
            seen.push(...page.body.items.map((item: Body) => item.statement.id));
            if (!page.body.page.next) return expect(seen.filter((one) => there.includes(one))).toEqual(whole);
            await log(id, saidOn, sequence);
            page = await site.get(`${address}&cursor=${page.body.page.next}`).expect(200);
          }
          for (;;) {
            seen.push(...page.body.items.map((item: Body) => item.statement.id));
            if (!page.body.page.next) break;
            page = await site.get(`${address}&cursor=${page.body.page.next}`).expect(200);
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((one) => there.includes(one))).toEqual(whole);
        },
      ),
      { numRuns: 12 },
    );
  }, 30_000);

  it('says that there is no next page on the last one, be it full', async () => {
    const claim = await aClaim({ by: 'Just Full' });
    await aResponse(claim, { by: 'Just Full' });
    expect((await timeline('just-full', 'limit=2')).page).toEqual({ limit: 2, next: null });
  });
});

describe('a cursor', () => {
  let cursor: string;
  const of = 'people/ada-cursor/timeline?limit=1';
  beforeAll(async () => {
    const { id } = await aPerson('Ada Cursor');
    for (const day of ['2025-02-07', '2025-02-08', '2025-02-09']) await log(id, day, 0);
    await log((await aPerson('Bob Cursor')).id, '2025-02-07', 0);
    cursor = (await site.get(of).expect(200)).body.page.next;
  });
  const refused = async (address: string) => {
    const { body } = await site.get(address).expect(422);
    expect(body.errors[0].pointer).toBe('/cursor');
  };

  it('goes on with another limit', async () => {
    expect((await site.get(`people/ada-cursor/timeline?limit=5&cursor=${cursor}`).expect(200)).body.items).toHaveLength(
      2,
    );
  });

  it('is refused when it was tampered with', async () => {
    const [place, seal] = cursor.split('.');
    const other = Buffer.from(JSON.stringify(['2025-01-01', '2025-01-02', '0', 'x'])).toString('base64url');
    const bad = [
      `${other}.${seal}`,
      `${place}.${seal!.slice(1)}a`,
      place!,
      `${cursor}.more`,
      '.',
      '',
      'null',
      'ä'.repeat(32),
      `a.${'ä'.repeat(32)}`,
    ];
    for (const one of bad) await refused(`${of}&cursor=${encodeURIComponent(one)}`);
  });

  it.each([
    'people/bob-cursor/timeline?limit=1',
    'statements?limit=1',
    'people/ada-cursor/timeline?limit=1&order=asc',
    'people/ada-cursor/timeline?limit=1&from=2020',
    'people/ada-cursor/timeline?limit=1&asOf=2025-01-01',
  ])('of another list is refused at %s', (address) => refused(`${address}&cursor=${cursor}`));

  it('holds for one instant, however it is written', async () => {
    const now = new Date().toISOString();
    const first = await site.get(`${of}&asOf=${now}`).expect(200);
    const next = first.body.page.next;
    expect(decodeURIComponent(first.headers.link!)).toContain(`asOf=${now}`);
    await log('ada-cursor', '2025-02-08', 0);
    const same = now.replace('Z', '%2B00:00');
    const second = await site.get(`people/ada-cursor/timeline?limit=9&asOf=${same}&cursor=${next}`).expect(200);
    expect(second.body.items).toHaveLength(2);
    await refused(`${of}&cursor=${next}`);
  });
});
