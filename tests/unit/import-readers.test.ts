import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type FormatName, formats } from '../../src/domain/exchange/formats.ts';
import { losslessCsv } from '../../src/domain/exchange/forms/csv.ts';
import { columnsOf } from '../../src/domain/exchange/forms/table.ts';
import { rowsOf } from '../../src/domain/exchange/readers/csv-rows.ts';
import type { Reading, ReadingOptions } from '../../src/domain/exchange/reading.ts';
import type { RecordInput } from '../../src/domain/exchange/record-form.ts';

const options: ReadingOptions = { publisherUrl: 'https://record.example.org', language: 'und' };

/** In pieces of a few bytes, so that characters and lines are cut anywhere. */
const bytesOf = (content: string | Buffer, size = 7) => {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  return Readable.from(pieces, { objectMode: false });
};

async function readAll(
  format: FormatName,
  content: string | Buffer,
  more: Partial<ReadingOptions> = {},
): Promise<Reading[]> {
  const readings = await readWhole(format, content, more);
  return readings.filter((reading) => !('unread' in reading));
}

/** With what is said of columns that are not taken. */
async function readWhole(format: FormatName, content: string | Buffer, more: Partial<ReadingOptions> = {}) {
  const readings: Reading[] = [];
  for await (const reading of (await formats[format].reader())(bytesOf(content), { ...options, ...more }))
    readings.push(reading);
  return readings;
}

type Taken = Extract<Reading, { records: unknown }>;
const taken = (reading: Reading | undefined): Taken => {
  if (!reading || !('records' in reading)) throw new Error(`Not taken: ${JSON.stringify(reading)}`);
  return reading;
};
const of = <T extends RecordInput['type']>(reading: Reading | undefined, type: T) =>
  taken(reading).records.find((record) => record.type === type) as RecordInput<T> | undefined;

const review = (more: object = {}) => ({
  '@type': 'ClaimReview',
  url: 'https://checker.example.org/1',
  author: { '@type': 'Organization', name: 'A Checker' },
  claimReviewed: 'The bridge was closed',
  reviewRating: { ratingValue: '1', bestRating: '5', worstRating: '1', alternateName: 'False' },
  itemReviewed: { '@type': 'Claim', author: { name: 'Ada Moss' }, datePublished: '2025-02-08' },
  datePublished: '2025-02-10T12:00:00+01:00',
  ...more,
});
const rated = (ratingValue: unknown, bestRating: unknown, worstRating: unknown, alternateName: string) =>
  review({ reviewRating: { ratingValue, bestRating, worstRating, alternateName } });

describe('a ClaimReview', () => {
  it('is a claim, the statement that makes it, and another publisher’s verdict', async () => {
    const [reading] = await readAll('claimreview', JSON.stringify(review()));
    expect(of(reading, 'claim')).toMatchObject({ text: 'The bridge was closed', language: 'und' });
    expect(of(reading, 'statement')).toMatchObject({
      person: { name: 'Ada Moss' },
      saidOn: '2025-02-08',
      quoteKind: 'paraphrase',
    });
    expect(of(reading, 'verdict')).toMatchObject({
      by: { name: 'A Checker' },
      status: 'false',
      nativeLabel: 'False',
      decidedAt: '2025-02-10T12:00:00+01:00',
    });
  });

  it.each([
    ['an inverted scale', rated('5', '1', '5', 'Falso'), 'false'],
    ['−1 for all', rated(-1, -1, -1, 'True'), 'true'],
    ['the best number for what is false', rated(5, 5, 1, 'Pants on Fire'), 'false'],
    ['one number for true and false', rated(4, 6, 1, 'Verdadeiro'), 'true'],
    ['one number for true and false', rated(4, 6, 1, 'Falso'), 'false'],
  ])('is understood by its label, with %s', async (_what, one, status) => {
    const [reading] = await readAll('claimreview', JSON.stringify(one));
    expect(of(reading, 'verdict')).toMatchObject({ status });
  });

  it('keeps a label that nobody knows, and says so', async () => {
    const [reading] = await readAll('claimreview', JSON.stringify(rated(1, 5, 1, 'Not really, charts say')));
    expect(of(reading, 'verdict')).toMatchObject({ status: 'unverified', nativeLabel: 'Not really, charts say' });
    expect(taken(reading).flags).toEqual([{ code: 'unknown_label', detail: 'Not really, charts say' }]);
  });

  it('is refused without words for its rating, or without a claim', async () => {
    const readings = await readAll('claimreview', JSON.stringify([rated(1, 5, 1, ''), review({ claimReviewed: ' ' })]));
    expect(readings).toMatchObject([
      { place: { path: '$[0]' }, refused: expect.stringContaining('no label') },
      { place: { path: '$[1]' }, refused: expect.stringContaining('which claim') },
    ]);
  });

  it('dated before its claim is kept, and flagged', async () => {
    const [reading] = await readAll('claimreview', JSON.stringify(review({ datePublished: '2025-02-01' })));
    expect(of(reading, 'verdict')).toMatchObject({ decidedAt: '2025-02-01' });
    expect(taken(reading).flags).toMatchObject([{ code: 'reviewed_before_said' }]);
  });

  it.each([
    ['2020-10-07 20:05', '2020-10-07T20:05:00'],
    ['2017-03-01 20:30:17 UTC', '2017-03-01T20:30:17Z'],
    ['2019-01-23T14:22:00+0100', '2019-01-23T14:22:00+01:00'],
    ['2020-02-03T00:00:00+00:00', '2020-02-03'],
    ['2020-09-08T02:48:10.123Z', '2020-09-08T02:48:10Z'],
  ])('may be dated %s', async (datePublished, edtf) => {
    const [reading] = await readAll('claimreview', JSON.stringify(review({ datePublished })));
    expect(of(reading, 'verdict')).toMatchObject({ decidedAt: edtf });
  });

  it('with a date that can be read in two ways is taken without it, and flagged', async () => {
    const [reading] = await readAll('claimreview', JSON.stringify(review({ datePublished: '09/02/2025' })));
    expect(of(reading, 'verdict')).toMatchObject({ decidedAt: '20XX' });
    expect(taken(reading).flags?.map(({ code }) => code)).toEqual(['unreadable_date', 'undated']);
  });

  it('at our own address is ours, and rests on what is shown there', async () => {
    const ours = review({ url: 'https://www.record.example.org/reviews/1', name: 'It was open' });
    const [reading] = await readAll('claimreview', JSON.stringify(ours));
    const verdict = of(reading, 'verdict')!;
    expect(verdict).toMatchObject({
      summary: 'It was open',
      evidence: [{ url: 'https://www.record.example.org/reviews/1' }],
    });
    expect(verdict).not.toHaveProperty('by');
  });

  it('is found in a list, a graph, a feed and around', async () => {
    const feed = {
      '@type': 'DataFeed',
      dateModified: '2025',
      dataFeedElement: [{ item: [review()] }, { item: null }, { item: [review({ '@type': 'MediaReview' })] }],
    };
    const graph = {
      '@context': 'https://schema.org',
      '@graph': [{ '@type': 'WebPage' }, review({ '@type': ['Thing', 'ClaimReview'] })],
    };
    const places = async (value: unknown) =>
      (await readAll('claimreview', JSON.stringify(value))).map((one) => 'place' in one && one.place.path);
    expect(await places([review(), review()])).toEqual(['$[0]', '$[1]']);
    expect(await places(graph)).toEqual(['$.@graph[1]']);
    expect(await places(feed)).toEqual(['$.dataFeedElement[0].item[0]', '$.dataFeedElement[2].item[0]']);
    expect(await places({ one: review() })).toEqual(['$.one']);
    expect(await places({ dataFeedElement: [] })).toEqual([]);
  });

  it('keeps markup as text', async () => {
    const text = '<script>alert(1)</script> & <b>the bridge</b>';
    const [reading] = await readAll('claimreview', JSON.stringify(review({ claimReviewed: text })));
    expect(of(reading, 'claim')).toMatchObject({ text });
  });

  it('is read from a page, as JSON-LD and as microdata', async () => {
    const page = `<!doctype html><html><head>
      <script type="application/ld+json">${JSON.stringify(review()).replaceAll('<', '\\u003c')}</script>
      <script type="application/ld+json">{ broken</script></head>
      <body><article itemscope itemtype="http://schema.org/ClaimReview">
        <meta itemprop="url" content="https://checker.example.org/2"><meta itemprop="claimReviewed" content="It&#039;s closed">
        <span itemprop="author" itemscope itemtype="http://schema.org/Organization"><meta itemprop="name" content="Second"></span>
        <span itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating"><span itemProp="alternateName">True</span>
          <meta itemprop="ratingValue" content="-1"></span></article></body></html>`;
    const readings = await readAll('claimreview', page);
    expect(of(readings[0], 'verdict')).toMatchObject({ by: { name: 'A Checker' } });
    expect(readings[1]).toMatchObject({
      place: { path: 'script[1]' },
      refused: expect.stringContaining('is not JSON'),
    });
    expect(of(readings[2], 'claim')).toMatchObject({ text: "It's closed" });
    expect(of(readings[2], 'verdict')).toMatchObject({ by: { name: 'Second' }, status: 'true' });
  });
});

describe('a malformed file', () => {
  it.each([
    ['claimreview', '[\n {"a": 1},\n {"a" 2}\n]', 'Line 3, column 7'],
    ['claimreview', '[\n {"a": 1}', 'Line 2, column 10'],
    ['claimreview', '', 'Line 1, column 1'],
    ['jsonl', '{"type":"end","records":1}\n', 'Line 1, column 1: the file has 0 records, not 1'],
    ['jsonl', '{"type":"topic","name":"A"}\n', 'Line 2, column 1: the last line is missing'],
    ['jsonl', '{"type":"topic","name":"A"}\n{"type" "end"}\n', 'Line 2, column 9'],
    ['jsonl', '{"type":"end","records":0}\n{"type":"topic","name":"A"}\n', 'Line 2, column 1: stands after'],
    [
      'jsonl',
      '{"type":"claim","id":"x","version":1,"updatedAt":"2026-01-01T00:00:00Z"}\n',
      'Export it in lossless form',
    ],
    ['csv', 'claim,label\n"a,b\n', 'Line 2'],
    ['csv', 'claim,label\na,b,c\n', 'Line 2'],
    ['csv', 'claim,claim\na,b\n', 'Line 1, column 1: two columns are called “claim”'],
    ['csv', 'a,b\n1,2\n', 'Line 1, column 1: no column says which claim'],
  ] as [FormatName, string, string][])('of %s is refused with its place: %j', async (format, content, message) => {
    await expect(readAll(format, content)).rejects.toThrow(message);
  });

  it('in another encoding is refused with its place and what to do', async () => {
    const latin = Buffer.from('claim,label\nDie Br\u00fccke,Falsch\n', 'latin1');
    await expect(readAll('csv', latin)).rejects.toThrow('Line 2, column 7: the file is not UTF-8. Save it as UTF-8');
    await expect(readAll('csv', Buffer.from('\ufeffclaim,label', 'utf16le'))).rejects.toThrow('UTF-16');
  });
});

describe('JSON-LD', () => {
  const wikidata = 'https://www.wikidata.org/wiki/Q42';

  it('says who somebody is by sameAs', async () => {
    const [reading] = await readAll(
      'claimreview',
      JSON.stringify(
        review({
          itemReviewed: { '@type': 'Claim', author: { name: 'Ada', sameAs: ['https://x.example.org', wikidata] } },
        }),
      ),
    );
    expect(of(reading, 'person')).toMatchObject({ name: 'Ada', key: wikidata, externalIds: { wikidata: 'Q42' } });
    expect(of(reading, 'statement')).toMatchObject({ person: { key: wikidata } });
  });

  it('may say a claim that nobody has reviewed, and give its id and address in an On Record', async () => {
    const id = '01a212de-1191-7fe5-a187-ead4ff1cf770';
    const claim = {
      '@type': 'Claim',
      text: 'It is shut',
      inLanguage: 'de',
      datePublished: '2025-02',
      appearance: { url: 'https://a.example.org' },
    };
    const own = {
      ...claim,
      identifier: `urn:uuid:${id}`,
      url: 'https://other.example.org/claims/the-bridge',
      author: { '@type': 'Person', name: 'Ada', url: 'https://other.example.org/people/ada-moss' },
    };
    const [one, other] = await readAll('claimreview', JSON.stringify({ '@graph': [claim, own] }));
    expect(taken(one).records).toMatchObject([{ type: 'claim', text: 'It is shut', language: 'de' }]);
    expect(of(other, 'claim')).toMatchObject({ id, slug: 'the-bridge' });
    expect(of(other, 'person')).toMatchObject({ name: 'Ada', slug: 'ada-moss', externalIds: {} });
    expect(of(other, 'statement')).toMatchObject({ saidOn: '2025-02', positions: [{ claim: id, stance: 'asserts' }] });
    expect(of(other, 'verdict')).toBeUndefined();
  });
});

describe('a CSV file', () => {
  it('may have a byte order mark, line ends of Windows, quoted line breaks, semicolons', async () => {
    const [reading] = await readAll(
      'csv',
      '\ufeffclaim;label;claimant;publisher\r\n"The bridge\r\nwas ""closed"";";Falsch;Ada;Prüfer\r\n',
    );
    expect(of(reading, 'claim')).toMatchObject({ text: 'The bridge\r\nwas "closed";' });
    expect(of(reading, 'statement')).toMatchObject({ person: { name: 'Ada' } });
  });

  it('is mapped by headers', async () => {
    const mapping = { claim: 'Behauptung', label: 'Urteil', url: 'Adresse', reviewedOn: 'Am' };
    const content =
      'Adresse,Behauptung,Urteil,Am\nhttps://c.example.org/1,Die Brücke ist zu,größtenteils falsch,2025-02-10\n';
    const [reading] = await readAll('csv', content, { mapping, language: 'de' });
    expect(of(reading, 'verdict')).toMatchObject({
      status: 'mostly_false',
      by: { name: 'c.example.org' },
      decidedAt: '2025-02-10',
    });
    expect(of(reading, 'claim')).toMatchObject({ language: 'de' });
  });

  it('may hold claims that nobody has checked yet', async () => {
    const [reading] = await readAll(
      'csv',
      'claim,claimant,saidOn,topics\nThe bridge is safe,Ada,2025-02-08,Roads; Bridges\n',
    );
    expect(of(reading, 'claim')).toMatchObject({ topics: ['Roads', 'Bridges'] });
    expect(of(reading, 'statement')).toMatchObject({ saidOn: '2025-02-08', sources: [] });
    expect(of(reading, 'verdict')).toBeUndefined();
  });

  it('of our own claims gives back their kind, when they fall due, and how they were said', async () => {
    const id = '01a212de-1191-7fe5-a187-ead4ff1cf770';
    const statementId = '01a212de-119d-7acb-8ae8-2d3b0e44d951';
    const table = (type: string) =>
      `type,id,claim,language,kind,dueOn,topics,claimant,saidOn,quote,statementId\r\n${type},${id},The bridge will open,en,promise,2026-06,"[""Roads""]",Ada Moss,2025-02-08~,We open it in June,${statementId}\r\nend,1,,,,,,,,,\r\n`;
    const [reading] = await readAll('csv', table('claim'));
    expect(of(reading, 'claim')).toMatchObject({ id, kind: 'promise', dueOn: '2026-06', topics: ['Roads'] });
    expect(of(reading, 'statement')).toMatchObject({
      id: statementId,
      quote: 'We open it in June',
      saidOn: '2025-02-08~',
    });
    await expect(readAll('csv', table('statement'))).rejects.toThrow('Export this one in lossless form');
  });

  it('of our own has apostrophes taken off formulas where it was made for spreadsheets alone', async () => {
    const table = 'type,id,claim\r\nclaim,01a212de-1191-7fe5-a187-ead4ff1cf770,"\'=1+1"\r\nend,1,\r\n';
    expect(of((await readAll('csv', `\ufeff${table}`))[0], 'claim')).toMatchObject({ text: '=1+1' });
    expect(of((await readAll('csv', table))[0], 'claim')).toMatchObject({ text: "'=1+1" });
  });

  it('of our own in lossless form is refused by row where a cell was changed', async () => {
    const item = { id: '01a212de-1191-7fe5-a187-ead4ff1cf770', text: 'The bridge is safe' };
    const record = JSON.stringify({ type: 'claim', ...item, language: 'en' });
    const rows = (async function* () {
      yield [{ item, records: [record] }];
    })();
    const publisher = { name: 'Record Check', url: options.publisherUrl };
    const begin = { type: 'begin', format: 'onrecord/1', publisher } as const;
    const table = { noun: 'claim', columns: columnsOf({ id: 'id', claim: 'text' }) };
    let content = '';
    for await (const chunk of losslessCsv(rows, table, begin)) content += chunk;
    expect(await readAll('csv', content)).toEqual([{ begin }, { place: { line: 3 }, records: [JSON.parse(record)] }]);
    expect(await readAll('csv', content.replace('bridge is safe', 'bridge is shut'))).toEqual([
      { begin },
      { place: { line: 3 }, refused: expect.stringContaining('a cell of this row was changed') },
    ]);
    await expect(readAll('csv', content.replace(/end,1/, 'end,2'))).rejects.toThrow('Line 4, column 1');
  });

  it('of Meedan Check is known by its headers, both exports', async () => {
    const list =
      'Claim,Item page URL,Status,Created by,Submitted at,Social Media Posted at,Report Published at,Number of media,Tags\nIt is closed,https://check.example.org/1,False,Ada,2025-02-01,,2025-02-03,1,"Roads, Bridges"\n';
    const feed =
      'Fact-check title,Fact-check summary,Fact-check URL,Tags,Workspace,Updated at,Rating\nIt is closed,It was open.,https://desk.example.org/1,Roads,Desk,2025-02-03,False\n';
    const [one] = await readAll('csv', list);
    expect(of(one, 'verdict')).toMatchObject({
      status: 'false',
      decidedAt: '2025-02-03',
      by: { name: 'check.example.org' },
    });
    expect(of(one, 'claim')).toMatchObject({ topics: ['Roads', 'Bridges'] });
    const [other] = await readAll('csv', feed);
    expect(of(other, 'verdict')).toMatchObject({ by: { name: 'Desk' }, explanation: 'It was open.' });
  });

  it('mends an author’s address that lost its slashes, and takes the host of the review for one that is beyond mending', async () => {
    const mapping = { claim: 'claimReviewed', label: 'alternativeName', url: 'URL', publisher: 'Author' };
    const content =
      'URL\tAuthor\tclaimReviewed\talternativeName\nhttps://piaui.example.br/lupa/1\thttps:piaui.example.brlupa\tUma ponte\tFalso\n';
    const [reading] = await readAll('csv', content, { mapping });
    expect(of(reading, 'verdict')).toMatchObject({ by: { name: 'piaui.example.br' } });
  });

  it('says which of its columns are not taken', async () => {
    const [first] = await readWhole('csv', 'claim,rating,,date\nThe bridge is shut,False,,2025\n');
    expect(first).toEqual({ unread: ['rating', 'date'] });
    expect(await readWhole('csv', 'claim\nThe bridge is shut\n')).toHaveLength(1);
  });
});

const spectrum = new URL('../../../shared/data/csv-spectrum/', import.meta.url);
const withSpectrum = existsSync(spectrum) ? describe : describe.skip;
withSpectrum('csv-spectrum', () => {
  // One of them has another telephone number in its JSON than in its CSV.
  const files = existsSync(spectrum)
    ? readdirSync(new URL('csvs/', spectrum)).filter((file) => file !== 'location_coordinates.csv')
    : [];
  it.each(files)('%s is read as it says', async (file) => {
    const expected = JSON.parse(readFileSync(new URL(`json/${file.replace(/csv$/, 'json')}`, spectrum), 'utf8'));
    const rows: unknown[] = [];
    for await (const { row } of rowsOf(bytesOf(readFileSync(new URL(`csvs/${file}`, spectrum))))) rows.push(row);
    expect(rows).toEqual(expected);
  });
});

describe('an answer of claims:search', () => {
  it('is a row a review, and may be empty', async () => {
    const claim = {
      text: 'The bridge is closed',
      claimant: 'Ada Moss',
      claimDate: '2025-02-08T00:00:00Z',
      claimReview: [1, 2].map((n) => ({
        publisher: { site: `c${n}.example.org` },
        url: `https://c${n}.example.org/x`,
        textualRating: 'Vrai',
        languageCode: 'fr',
        reviewDate: '2025-02-10T00:00:00Z',
      })),
    };
    const readings = await readAll('claims-search', JSON.stringify({ claims: [claim], nextPageToken: 'x' }));
    expect(readings.map((reading) => of(reading, 'verdict'))).toMatchObject([
      { status: 'true', by: { name: 'c1.example.org' } },
      { status: 'true', by: { name: 'c2.example.org' } },
    ]);
    expect(of(readings[0], 'claim')).toEqual(of(readings[1], 'claim'));
    expect(await readAll('claims-search', '{}')).toEqual([]);
  });
});

describe('Popolo', () => {
  it('is people with names in every language, and memberships as roles', async () => {
    const file = {
      persons: [
        {
          id: 'p1',
          name: 'Анна Мосс',
          other_names: [{ lang: 'en', name: 'Anna Moss' }, { lang: 'en', name: 'A. Moss' }, { name: 'Annie' }],
          identifiers: [{ scheme: 'wikidata', identifier: 'Q1' }],
        },
      ],
      organizations: [
        { id: 'IND', name: 'Independent' },
        { id: 'house', name: 'House' },
      ],
      memberships: [
        {
          person_id: 'p1',
          organization_id: 'house',
          on_behalf_of_id: 'IND',
          role: 'speaker',
          legislative_period_id: 't1',
          end_date: '2011-04-07',
        },
      ],
      events: [{ id: 't1', start_date: '2011-03-27', end_date: '2015-03-23' }],
    };
    const readings = await readAll('popolo', JSON.stringify(file));
    expect(readings.map((one) => of(one, 'person')?.name)).toEqual(['Independent', 'House', 'Анна Мосс']);
    expect(of(readings[2], 'person')).toMatchObject({
      key: 'p1 Анна Мосс',
      externalIds: { wikidata: 'Q1' },
      names: [
        { name: 'Анна Мосс', kind: 'primary' },
        { name: 'Anna Moss', kind: 'primary', language: 'en' },
        { name: 'A. Moss', kind: 'alias', language: 'en' },
        { name: 'Annie', kind: 'alias' },
      ],
      roles: [
        { title: 'speaker', organization: { key: 'house House' }, from: '2011-03-27', to: '2011-04-07' },
        { title: 'member', organization: { key: 'IND Independent' } },
      ],
    });
  });
});
