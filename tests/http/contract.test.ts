import { beforeAll, describe, expect, it } from '@jest/globals';
import { closedForSixDays, noAnswer, phoneCall } from '../support/examples.ts';
import { type Body, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const aboutTheEighth = {
  edtf: '2025-02-08~',
  from: '2025-02-07T00:00:00',
  until: '2025-02-10T00:00:00',
  text: 'about 8 February 2025',
};
const theNinth = {
  edtf: '2025-02-09',
  from: '2025-02-09T00:00:00',
  until: '2025-02-10T00:00:00',
  text: '9 February 2025',
};

describe('in a new database, by name', () => {
  const site = testSite();

  it('takes the three requests and makes whoever they name', async () => {
    const claim = await site.post('claims', phoneCall).expect(201);
    await site.post(`claims/${claim.body.id}/responses`, noAnswer(claim.body.statement.id)).expect(201);
    await site.post(`claims/${claim.body.slug}/verdicts`, closedForSixDays).expect(201);
    const { body } = await site.get('people').expect(200);
    expect(body.items.map(({ name, kind }: Body) => `${name}: ${kind}`)).toEqual([
      'Council: organization',
      'Dmitry Peskov: person',
      'Donald Trump: person',
      'Euromaidan Press: organization',
      'Kremlin: organization',
      'New York Post: organization',
      'Record Check: organization',
      'Suspilne: organization',
      'TASS: organization',
      'Vladimir Putin: person',
    ]);
  });
});

describe('with people on record, by slug', () => {
  const site = testSite();
  const { aPerson, aVerdict, timeline } = recordsOn(site);
  let claim: Body;
  let response: Body;

  beforeAll(async () => {
    await aPerson('Vladimir Putin');
    await aPerson('Donald Trump', { roles: [{ title: 'President of the United States', from: '2025-01-20' }] });
    await aPerson('Dmitry Peskov', { roles: [{ title: 'Kremlin spokesman', from: '2012' }] });
    await aPerson('Kremlin', { kind: 'organization' });
    const byslug = {
      ...phoneCall,
      people: [{ person: 'vladimir-putin', as: 'about' }],
      statement: { ...phoneCall.statement, person: 'donald-trump' },
    };
    claim = (await site.post('claims', byslug).expect(201)).body;
    const answer = { ...noAnswer(claim.statement.id), person: 'dmitry-peskov', onBehalfOf: 'kremlin' };
    response = (await site.post(`claims/${claim.slug}/responses`, answer).expect(201)).body;
  });

  it('shows the statement, its claim, the answer and the sources on the timeline', async () => {
    expect(await timeline('donald-trump')).toEqual({
      person: { id: uuid, slug: 'donald-trump', name: 'Donald Trump', url: 'http://record.test/people/donald-trump' },
      asOf: null,
      items: [
        {
          statement: {
            id: claim.statement.id,
            url: `http://record.test/statements/${claim.statement.id}`,
            quote: 'I have spoken with him',
            quoteKind: 'reported',
            language: 'en',
            originalLanguage: 'en',
            original: null,
            saidOn: aboutTheEighth,
            venue: 'Interview with the New York Post',
            attribution: 'reported',
            askedOn: null,
            askedBy: null,
            deadline: null,
            speaker: {
              id: uuid,
              slug: 'donald-trump',
              name: 'Donald Trump',
              role: 'President of the United States',
              onBehalfOf: null,
            },
          },
          positions: [
            {
              id: uuid,
              stance: 'asserts',
              repliesTo: null,
              inResponseTo: null,
              repeat: { index: 1, count: 1, earlier: false },
              claim: {
                id: claim.id,
                slug: claim.slug,
                url: `http://record.test/claims/${claim.slug}`,
                text: phoneCall.text,
                verdict: { status: 'unverified', label: 'Unverified', summary: null, decidedAt: null },
                otherVerdicts: [],
              },
              responseCount: 1,
              responsesUrl: `http://record.test/api/v1/claims/${claim.id}/responses?to=${claim.statement.id}`,
              responses: [
                {
                  statementId: response.id,
                  stance: 'neither_confirms_nor_denies',
                  quote: 'I can neither confirm nor deny it',
                  quoteKind: 'translated',
                  language: 'en',
                  saidOn: theNinth,
                  speaker: {
                    id: uuid,
                    slug: 'dmitry-peskov',
                    name: 'Dmitry Peskov',
                    role: 'Kremlin spokesman',
                    onBehalfOf: { id: uuid, slug: 'kremlin', name: 'Kremlin' },
                  },
                },
              ],
            },
          ],
          inResponseTo: null,
          sources: [
            {
              id: uuid,
              url: 'https://paper.example.org/interview',
              title: null,
              publisher: 'New York Post',
              publishedOn: null,
              role: 'primary',
              excerpt: null,
              chain: ['New York Post'],
            },
          ],
          origins: ['New York Post'],
          independentOrigins: 1,
        },
      ],
      page: { limit: 20, next: null },
    });
  });

  it('shows the answer on its speaker’s own timeline, with the statement that it answers', async () => {
    const [item] = (await timeline('dmitry-peskov')).items;
    const answered = {
      statementId: claim.statement.id,
      url: `http://record.test/statements/${claim.statement.id}`,
      quote: 'I have spoken with him',
      quoteKind: 'reported',
      language: 'en',
      saidOn: aboutTheEighth,
      speaker: expect.objectContaining({ name: 'Donald Trump', role: 'President of the United States' }),
    };
    expect(item.inResponseTo).toEqual(answered);
    expect(item.positions[0]).toMatchObject({ repliesTo: claim.statement.id, inResponseTo: answered, repeat: null });
    expect(item.sources[0]).toMatchObject({
      publisher: 'Euromaidan Press',
      excerpt: { exact: 'neither confirm nor deny', prefix: null, suffix: null },
      chain: ['Euromaidan Press', 'Suspilne', 'TASS'],
    });
    expect(item).toMatchObject({ origins: ['TASS'], independentOrigins: 1 });
  });

  it('answers a POST with what GET at Location gives, under the same ETag', async () => {
    const posts: [string, object][] = [
      ['people', { name: 'Ada Lovelace' }],
      ['claims', { ...phoneCall, people: [], topics: [] }],
      [`claims/${claim.id}/responses`, noAnswer(null)],
      [`claims/${claim.slug}/verdicts`, closedForSixDays],
      ['statements', phoneCall.statement],
      [`statements/${claim.statement.id}/attributions`, { status: 'confirmed', evidence: closedForSixDays.evidence }],
      ['sources', { title: 'Minutes', publisher: { name: 'Council' } }],
    ];
    for (const [path, body] of posts) {
      const made = await site.post(path, body).expect(201);
      const read = await site.get(site.local(made.headers.location!), 'editor').expect(200);
      expect(read.body).toEqual(made.body);
      expect(read.headers.etag).toBe(made.headers.etag);
    }
  });

  it('raises no version of the claim for responses and verdicts, so that its If-Match stays good', async () => {
    const before = await site.get(`claims/${claim.id}`).expect(200);
    await aVerdict(claim, { status: 'mostly_true' });
    const after = await site.get(`claims/${claim.id}`).expect(200);
    expect(after.body.version).toBe(before.body.version);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    await site.patch(`claims/${claim.id}`, { language: 'en-GB' }, before.headers.etag!).expect(200);
  });

  it('records who did it and why', async () => {
    await site.post('people', { name: 'Grace Hopper', reason: 'Asked by a reader' }).expect(201);
    const last = await site.db
      .selectFrom('changes')
      .select(['action', 'reason'])
      .orderBy('at', 'desc')
      .executeTakeFirst();
    expect(last).toEqual({ action: 'person.add', reason: 'Asked by a reader' });
  });
});
