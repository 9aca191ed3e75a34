import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { change } from '../../src/db/change.ts';
import type { Database } from '../../src/db/types.ts';
import type { FormatName } from '../../src/domain/exchange/formats.ts';
import { loadDemoRecord } from '../../src/domain/exchange/load-demo-record.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { exportAt } from '../../src/web/api/router.ts';
import type { Form } from '../../src/web/forms.ts';
import { acting } from '../db/acting.ts';
import { publicUrl, testDatabase } from '../support/database.ts';
import { importText } from '../support/importing.ts';
import { converted, withData } from '../support/real-data.ts';

jest.setTimeout(120_000);

const us = { name: 'Record Check', url: publicUrl };
const record = testDatabase();
const { logClaim, giveVerdict, linkResponse, attributeStatement, editClaim, editPerson, merge } = acting(record);

const formats: Partial<Record<Form, FormatName>> = { csv: 'csv', jsonl: 'jsonl', jsonld: 'claimreview' };

async function exported(db: Database, path: string, form: Form, filters: Record<string, string> = {}) {
  const site = {
    db,
    publicUrl,
    publisherName: us.name,
    publisherUrl: us.url,
    secret: 'x'.repeat(32),
    now: () => new Date(),
  };
  const query = { ...(form !== 'jsonld' && { form: 'lossless' }), ...filters };
  const { chunks } = await exportAt(site as never, form, { path: `/${path}`, query, actor: null });
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

const lists: [string, Record<string, string>][] = [
  ['claims', {}],
  ['claims', { status: 'false', q: 'bridge' }],
  ['claims', { topic: 'bridges', anyStatus: 'mixed' }],
  ['statements', {}],
  ['statements', { status: 'false', order: 'asc' }],
  ['people/donald-trump/timeline', {}],
  ['people/ada-moss/timeline', { from: '2025-03' }],
  ['claims/bridge/responses', {}],
  ['claims/bridge/verdicts', {}],
  ['search', { q: 'bridge' }],
];

describe('export, import into an empty record, export gives the same bytes', () => {
  beforeAll(async () => {
    await change(record.db, { actor: operator, action: 'demo.load' }, (tx) => loadDemoRecord(tx, us));
    const says = (person: string, quote: string, saidOn: string, url: string) => ({
      person: { name: person },
      quoteKind: 'verbatim' as const,
      quote,
      language: 'en',
      saidOn,
      sources: [{ url, role: 'primary' as const, publisher: { name: 'The Ferry Post' } }],
    });
    const bridge = await logClaim({
      text: '=1+1 bridges, "closed"\r\nfor \'six\' days',
      language: 'en',
      topics: ['Bridges'],
      people: [{ person: { name: 'Kim Council' }, as: 'about' }],
      statement: says('Ada Moss', "'=It was closed", '2025-03-01~', 'https://z.example.org/1'),
    });
    await editClaim(bridge, { slug: 'bridge' });
    const shut = await logClaim({
      text: 'The bridges were shut',
      language: 'en',
      statement: says('Ada Moos', 'Shut!', '2025-03-04', 'https://a.example.org/2'),
    });
    await merge('claims', shut, bridge);
    const ada = await personNamed('Ada Moss');
    await merge('people', await personNamed('Ada Moos'), ada);
    await editPerson(ada, { externalIds: { wikidata: 'Q1' } });
    const [first] = await statementsOn(bridge);
    await linkResponse(shut, {
      ...says('Kim Council', 'It was closed for six days', '2025-03-05', 'https://minutes.example.org/3'),
      stance: 'denies',
    });
    await attributeStatement(first!, {
      status: 'confirmed',
      evidence: [{ url: 'https://tape.example.org', role: 'supports' }],
    });
    await giveVerdict(bridge, {
      by: { name: 'Fact Example', kind: 'organization' },
      status: 'mixed',
      nativeLabel: '-half true',
      url: 'https://fact.example.com/1',
    });
    const found = { summary: 'It was open', evidence: [{ title: 'Minutes', role: 'refutes' as const }] };
    await giveVerdict(bridge, { ...found, status: 'mixed' });
    await giveVerdict(bridge, { ...found, status: 'false', revision: 'correction', note: 'We misread the minutes' });
    const other = await logClaim({ text: 'The ferry was late', language: 'en', kind: 'opinion' });
    await change(record.db, { actor: operator, action: 'position.add' }, (tx) =>
      sql`insert into positions (id, statement_id, claim_id, stance) values (gen_random_uuid(), ${first}, ${other}, 'asserts')`.execute(
        tx,
      ),
    );
    await logClaim({ text: 'A draft about a bridge', language: 'en', state: 'draft', topics: ['Bridges'] });
  });

  // What schema.org has no words for, such as others' findings, is not there to be filtered by.
  const hasMarkup = (path: string, filters: object) =>
    /claims(\/\w+\/verdicts)?$/.test(path) && !('anyStatus' in filters);
  const all = lists.flatMap(([path, filters]) =>
    (['csv', 'jsonl', ...(hasMarkup(path, filters) ? (['jsonld'] as const) : [])] as const).map(
      (form) => [path, form, filters] as const,
    ),
  );

  describe.each(all)('%s as .%s with %j', (path, form, filters) => {
    const copy = testDatabase();

    it('goes round', async () => {
      const out = await exported(record.db, path, form, filters);
      expect(out.length).toBeGreaterThan(500);
      expect(out).not.toContain('A draft about');
      const { report } = await importText(copy.db, formats[form]!, out, { us });
      expect(report.refusals).toEqual([]);
      expect(await exported(copy.db, path, form, filters)).toBe(out);
      expect((await importText(copy.db, formats[form]!, out, { us })).report.records.made).toEqual({});
    });
  });

  async function personNamed(name: string): Promise<string> {
    return (await record.db.selectFrom('people').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
  }

  async function statementsOn(claim: string): Promise<string[]> {
    const rows = await record.db.selectFrom('positions').select('statement_id').where('claim_id', '=', claim).execute();
    return rows.map((row) => row.statement_id);
  }
});

withData('a real record', () => {
  const real = testDatabase();
  beforeAll(async () => {
    await importText(real.db, 'jsonl', await converted('factopolis', 'factopolis'), { us });
  });

  describe.each(['csv', 'jsonl', 'jsonld'] as const)('as .%s', (form) => {
    const copy = testDatabase();

    it('goes round', async () => {
      const out = await exported(real.db, 'claims', form);
      const { report } = await importText(copy.db, formats[form]!, out, { us });
      expect(report.refusals).toEqual([]);
      expect((await exported(copy.db, 'claims', form)) === out).toBe(true);
      if (form !== 'jsonld') {
        const statements = await exported(real.db, 'statements', form);
        expect((await exported(copy.db, 'statements', form)) === statements).toBe(true);
      }
    });
  });
});
