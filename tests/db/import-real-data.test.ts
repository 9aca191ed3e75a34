import { expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { change } from '../../src/db/change.ts';
import { loadDemoRecord } from '../../src/domain/exchange/load-demo-record.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { testDatabase } from '../support/database.ts';
import { importText, us } from '../support/importing.ts';
import { converted, textOf as text, withData } from '../support/real-data.ts';

jest.setTimeout(120_000);

const lines = (content: string) => content.split('\n').filter(Boolean);

withData('real data', () => {
  const database = testDatabase();
  const count = async (table: 'claims' | 'statements' | 'verdicts' | 'people'): Promise<number> => {
    const { n } = await database.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return n;
  };
  /** By how many rows a table grows. */
  const growth = async (work: () => Promise<unknown>) => {
    const counts = async () => ({
      claims: await count('claims'),
      statements: await count('statements'),
      verdicts: await count('verdicts'),
    });
    const before = await counts();
    await work();
    const after = await counts();
    return {
      claims: after.claims - before.claims,
      statements: after.statements - before.statements,
      verdicts: after.verdicts - before.verdicts,
    };
  };

  it('takes Factopolis whole beside the demonstration record', async () => {
    await change(database.db, { actor: operator, action: 'demo.load' }, (tx) => loadDemoRecord(tx, us));
    const said = lines(text('factopolis/statements.jsonl')).map((line) => JSON.parse(line));
    // A check without a rating is no verdict; one that names no claim is of each that was made.
    const rated = said.flatMap(({ claims, checks = [] }) =>
      checks.flatMap((check: { rating?: string; claims?: string[] }) =>
        check.rating ? [...new Set(check.claims ?? claims)] : [],
      ),
    );
    const file = await converted('factopolis', 'factopolis');
    const grown = await growth(async () => {
      const { report } = await importText(database.db, 'jsonl', file);
      expect(report.refusals).toEqual([]);
    });
    expect(grown).toEqual({
      claims: lines(text('factopolis/claims.jsonl')).length,
      statements: said.length,
      verdicts: rated.length,
    });
    const again = await importText(database.db, 'jsonl', file);
    expect(again.report.records.made).toEqual({});
  });

  it('takes each row of FACTCK.BR that has a claim and a label, by its label', async () => {
    const file = text('factckbr/FACTCKBR.tsv');
    const [header, ...rows] = lines(file).map((line) => line.split('\t'));
    const cell = (row: string[], name: string) => row[header!.indexOf(name)]!.trim();
    const whole = rows.filter((row) => cell(row, 'claimReviewed') && [...cell(row, 'claimReviewed')].length <= 5000);
    const labelled = whole.filter((row) => cell(row, 'alternativeName'));
    const mapping = {
      url: 'URL',
      publisher: 'Author',
      reviewedOn: 'datePublished',
      claim: 'claimReviewed',
      explanation: 'reviewBody',
      title: 'title',
      label: 'alternativeName',
    };
    const grown = await growth(async () => {
      const { report } = await importText(database.db, 'csv', file, { mapping, language: 'pt' });
      expect(report.rows).toEqual({ read: rows.length, refused: rows.length - whole.length });
      expect(new Set(report.refusals.map(({ reason }) => reason))).toEqual(
        new Set(['it does not say which claim was reviewed', '/text: must have at most 5000 characters']),
      );
      expect(report.unknownLabels).toEqual({ outros: 1 });
      expect(report.flagged).toEqual({ unknown_label: 1 });
    });
    const claims = new Set(whole.map((row) => cell(row, 'claimReviewed').normalize('NFC')));
    expect(grown).toEqual({ claims: claims.size, statements: 0, verdicts: labelled.length });

    const { rows: found } = await sql`
      select native_label from verdicts
       where lower(native_label) in ('falso', 'verdadeiro')
         and status <> case lower(native_label) when 'falso' then 'false' else 'true' end`.execute(database.db);
    expect(found).toEqual([]);
    const publishers = await database.db
      .selectFrom('people')
      .select('name')
      .where('name', 'like', '%.%')
      .orderBy('name')
      .execute();
    expect(publishers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['aosfatos.org', 'apublica.org', 'piaui.folha.uol.com.br']),
    );
  });

  it('takes LIAR-PLUS, each statement with the verdict on it and whoever made it', async () => {
    const rows = lines(text('liar-plus/plus_val2.tsv')).map((line) => line.split('\t'));
    const file = await converted('liar-plus', 'liar-plus/plus_val2.tsv');
    const grown = await growth(async () => {
      const { report } = await importText(database.db, 'csv', file);
      expect(report.refusals).toEqual([]);
      expect(report.rows.read).toBe(rows.length);
      expect(report.unknownLabels).toEqual({});
    });
    const said = new Set(rows.map((row) => JSON.stringify([row[3], row[5]])));
    expect(grown).toMatchObject({ claims: said.size, verdicts: rows.length });
    expect((await importText(database.db, 'csv', file)).report.records.made).toEqual({});
  });

  it('takes the legislators and the executive, with all their terms', async () => {
    const file = await converted(
      'congress-legislators',
      'congress-legislators/legislators-current.yaml',
      'congress-legislators/executive.yaml',
    );
    const bioguides = new Set(
      ['legislators-current', 'executive'].flatMap(
        (name) => text(`congress-legislators/${name}.yaml`).match(/^ {4}bioguide: \S+/gm) ?? [],
      ),
    );
    const { report } = await importText(database.db, 'jsonl', file);
    expect(report.refusals).toEqual([]);
    expect(report.rows.read).toBeGreaterThanOrEqual(bioguides.size);
    const { made = {}, present = {} } = report.records;
    // Two organizations, the chambers, are made beside.
    expect((made.person ?? 0) + (present.person ?? 0)).toBe(report.rows.read + 2);
    expect((await importText(database.db, 'jsonl', file)).report.records).toEqual({
      made: {},
      present: { person: report.rows.read },
    });
  });

  it.each(['burundi', 'estonia', 'ireland', 'kenya', 'pakistan', 'zimbabwe-senate'])(
    'takes everybody of %s',
    async (country) => {
      const file = text(`everypolitician/${country}-ep-popolo-v1.0.json`);
      const { persons, organizations } = JSON.parse(file);
      const { report } = await importText(database.db, 'popolo', file);
      expect(report.refusals).toEqual([]);
      expect(report.rows.read).toBe(persons.length + organizations.length);
      expect((report.records.made.person ?? 0) + (report.records.present.person ?? 0)).toBe(report.rows.read);
    },
  );

  it('takes the ClaimReviews of the field with all their oddities', async () => {
    const { report } = await importText(database.db, 'claimreview', text('claimreview-fixtures/real_markup.json'));
    expect(report.rows).toEqual({ read: 6, refused: 1 });
    expect(report.refusals).toMatchObject([{ path: '$.cr_5', reason: 'it does not say which claim was reviewed' }]);
    const page = await importText(database.db, 'claimreview', text('claimreview-fixtures/snopes_microdata_2018.html'));
    expect(page.report.records.made).toMatchObject({ claim: 1, verdict: 1 });
    const search = await importText(
      database.db,
      'claims-search',
      text('claimreview-fixtures/google_claims_search.json'),
    );
    expect(search.report.records.made).toMatchObject({ claim: 1, statement: 1, verdict: 1 });
  });
});
