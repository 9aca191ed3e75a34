import { describe, expect, it } from '@jest/globals';
import { jsonl } from '../support/importing.ts';
import type { Body } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();

const send = (query: string, type: string, content: string) =>
  site.call('post', `imports?${query}`, 'editor').set('content-type', type).send(content);
const review = (more: object = {}) => ({
  '@context': 'https://schema.org',
  '@type': 'ClaimReview',
  url: 'https://checker.example.org/bridge',
  author: { '@type': 'Organization', name: 'A Checker' },
  claimReviewed: 'The bridge was closed for a week',
  reviewRating: { '@type': 'Rating', ratingValue: '5', bestRating: '1', worstRating: '5', alternateName: 'Falso' },
  itemReviewed: { '@type': 'Claim', author: { '@type': 'Person', name: 'Ada Moss' }, datePublished: '2025-02-08' },
  datePublished: '2025-02-10',
  ...more,
});

describe('POST /api/v1/imports', () => {
  it('brings in a file, answers its report, and what it brought stands on the timeline', async () => {
    const { body, headers } = await send('format=claimreview', 'application/ld+json', JSON.stringify(review())).expect(
      201,
    );
    expect(body).toMatchObject({
      format: 'claimreview',
      state: 'finished',
      dryRun: false,
      report: {
        rows: { read: 1, refused: 0 },
        records: { made: { person: 2, source: 1, claim: 1, statement: 1, verdict: 1 } },
      },
    });
    expect(headers.location).toBe(`http://record.test/api/v1/imports/${body.id}`);
    const timeline: Body = (await site.get('people/ada-moss/timeline').expect(200)).body;
    expect(timeline.items[0]).toMatchObject({
      statement: { quote: 'The bridge was closed for a week', saidOn: { edtf: '2025-02-08' } },
      positions: [
        { claim: { verdict: { status: 'unverified' }, otherVerdicts: [{ status: 'false', nativeLabel: 'Falso' }] } },
      ],
    });
  });

  it('makes nothing twice', async () => {
    const { body } = await send('format=claimreview', 'application/json', JSON.stringify([review()])).expect(201);
    expect(body.report.records).toEqual({ made: {}, present: { claim: 1, statement: 1, verdict: 1 } });
  });

  it('writes nothing in a dry run', async () => {
    const other = JSON.stringify(review({ claimReviewed: 'The bridge fell', url: 'https://checker.example.org/fell' }));
    const { body } = await send('format=claimreview&dryRun=true', 'application/json', other).expect(201);
    expect(body).toMatchObject({ dryRun: true, report: { records: { made: { claim: 1 } } } });
    expect((await site.get('claims?q=fell').expect(200)).body.items).toEqual([]);
  });

  it('says with line and column what is malformed, and writes nothing', async () => {
    const { body } = await send('format=claimreview', 'application/json', '[\n  {"@type": "ClaimReview",}\n]').expect(
      400,
    );
    expect(body).toMatchObject({
      code: 'malformed',
      detail: expect.stringMatching(/^Line 2, column 27: this is not JSON/),
    });
  });

  it('names a mapping that is none', async () => {
    const { body } = await send('format=csv&mapping=%7B', 'text/csv', 'a,b\n').expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/mapping' }]);
  });

  it('takes a file that is larger than a body of JSON may be', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({
      type: 'topic',
      key: `topic ${n}`,
      name: `Topic ${n} ${'x'.repeat(100)}`,
    }));
    const answer = await send('format=jsonl', 'application/jsonl', `${jsonl(many)}${' '.repeat(1_200_000)}`);
    expect([201, 202]).toContain(answer.status);
    for (let tries = 0; ; tries++) {
      const { body } = await site.get(`imports/${answer.body.id}`, 'contributor').expect(200);
      if (body.state === 'running' && tries < 100) await new Promise((resolve) => setTimeout(resolve, 200));
      else {
        expect(body).toMatchObject({ state: 'finished', report: { records: { made: { topic: 3000 } } } });
        return;
      }
    }
  }, 60_000);
});

describe('POST /api/v1/imports/{id}/undo', () => {
  it('withdraws what the import made, and tells what others have built on it', async () => {
    const other = review({ claimReviewed: 'The bridge sank', url: 'https://checker.example.org/sank' });
    const { body } = await send('format=claimreview', 'application/json', JSON.stringify(other)).expect(201);
    const claim = (await site.get('claims?q=sank').expect(200)).body.items[0];
    const ours = { status: 'true', summary: 'It did.', evidence: [{ title: 'A photograph', role: 'supports' }] };
    const verdict = (await site.post(`claims/${claim.id}/verdicts`, ours).expect(201)).body;

    const undone = (await site.call('post', `imports/${body.id}/undo`, 'editor').expect(200)).body;
    expect(undone).toMatchObject({
      state: 'undone',
      report: {
        undone: {
          withdrawn: 3,
          already: 0,
          builtOn: [{ noun: 'claim', id: claim.id, because: `has the verdict ${verdict.id}` }],
        },
      },
    });
    await site.get(`claims/${claim.id}`).expect(410);
    const again = (await send('format=claimreview', 'application/json', JSON.stringify(other)).expect(201)).body;
    expect(again.report.records.made).toMatchObject({ claim: 1, statement: 1, verdict: 1 });
  });
});
