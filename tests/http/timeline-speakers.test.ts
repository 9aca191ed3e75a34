import { describe, expect, it } from '@jest/globals';
import { type Body, quotes, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aStatement, anAttribution, aVerdict, amend, timeline } = recordsOn(site);

describe('the role shown', () => {
  const roleOn = async (person: Body, saidOn: string, more: object = {}): Promise<string | null> =>
    (await aStatement({ by: person.id, saidOn, ...more })).speaker.role;

  it('is the one that was held when it was said', async () => {
    const trump = await aPerson('Donald Trump', {
      roles: [
        { title: 'President', from: '2017-01-20', to: '2021-01-20' },
        { title: 'President again', from: '2025-01-20' },
      ],
    });
    expect(await roleOn(trump, '2025-02-08~')).toBe('President again');
    expect(await roleOn(trump, '2019')).toBe('President');
    expect(await roleOn(trump, '2023-05')).toBeNull();
    expect(await roleOn(trump, '2021-01-20')).toBe('President');
    expect(await roleOn(trump, '2021-01-21')).toBeNull();
  });

  it('is one that contains the date before one that overlaps it', async () => {
    const person = await aPerson('Over Lap', {
      roles: [
        { title: 'containing', from: '2020', to: '2026' },
        { title: 'overlapping', from: '2025-02-08' },
      ],
    });
    expect(await roleOn(person, '2025-02-07/2025-02-09')).toBe('containing');
    expect(await roleOn(person, '2025-02-09')).toBe('overlapping');
    expect(await roleOn(person, '2027')).toBe('overlapping');
  });

  it('is of several the one that began last', async () => {
    const person = await aPerson('Two Hats', {
      roles: [
        { title: 'newer', from: '2024' },
        { title: 'older', from: '2010' },
      ],
    });
    expect(await roleOn(person, '2025')).toBe('newer');
    expect(await roleOn(person, '2015')).toBe('older');
  });

  it('is one without dates, where no other is', async () => {
    const person = await aPerson('No Dates', { roles: [{ title: 'always' }, { title: 'then', from: '2024' }] });
    expect(await roleOn(person, '2000')).toBe('always');
    expect(await roleOn(person, '2025')).toBe('then');
  });

  it('is the one named explicitly before all', async () => {
    const person = await aPerson('Named Role', {
      roles: [
        { title: 'author', from: '1990', to: '1991' },
        { title: 'mayor', from: '2020' },
      ],
    });
    expect(await roleOn(person, '2025', { role: 'author' })).toBe('author');
    const author = person.roles.find((role: Body) => role.title === 'author');
    expect(await roleOn(person, '2025', { role: author.id })).toBe('author');
    const unknown = {
      person: person.id,
      role: 'king',
      quoteKind: 'verbatim',
      quote: 'I',
      language: 'en',
      saidOn: '2025',
    };
    const { body } = await site.post('statements', unknown).expect(422);
    expect(body.errors).toEqual([{ pointer: '/role', detail: expect.stringMatching(/known: mayor, author/) }]);
  });

  it('follows the record: a date that is corrected corrects the role', async () => {
    const person = await aPerson('Late Start', { roles: [{ title: 'spokesman', from: '2026' }] });
    await aStatement({ by: person.id, saidOn: '2025' });
    await amend(`people/${person.id}`, { roles: [{ ...person.roles[0], organization: null, from: '2012' }] });
    expect((await timeline('late-start')).items[0].statement.speaker.role).toBe('spokesman');
  });
});

describe('a statement on an organization’s behalf', () => {
  it('is on both timelines, under the name of who spoke', async () => {
    await aStatement({ by: 'Dmitry Peskov', onBehalfOf: 'Kremlin Press', quote: 'for them' });
    await aStatement({ by: 'Dmitry Peskov', quote: 'for himself' });
    expect(quotes(await timeline('dmitry-peskov', 'order=asc'))).toEqual(['for them', 'for himself']);
    const [item, ...rest] = (await timeline('kremlin-press')).items;
    expect(rest).toEqual([]);
    expect(item.statement).toMatchObject({
      quote: 'for them',
      speaker: { name: 'Dmitry Peskov', onBehalfOf: { name: 'Kremlin Press' } },
    });
    expect((await site.get('people/kremlin-press')).body.kind).toBe('organization');
  });

  it('is there once, also where an organization speaks for itself', async () => {
    const ministry = await aPerson('Ministry', { kind: 'organization' });
    await aStatement({ by: ministry.id, onBehalfOf: ministry.id, quote: 'we' });
    expect(quotes(await timeline('ministry'))).toEqual(['we']);
  });

  it('is in order among the organization’s own, across pages', async () => {
    const org = await aPerson('Institute', { kind: 'organization' });
    for (const [day, by] of [
      [1, org.id],
      [2, 'Its Speaker'],
      [3, org.id],
      [4, 'Its Speaker'],
    ] as const)
      await aStatement({
        by,
        ...(by !== org.id && { onBehalfOf: org.id }),
        quote: `day ${day}`,
        saidOn: `2025-01-0${day}`,
      });
    const first = await timeline('institute', 'limit=3&order=asc');
    const second = await timeline('institute', `limit=3&order=asc&cursor=${first.page.next}`);
    expect([...quotes(first), ...quotes(second)]).toEqual(['day 1', 'day 2', 'day 3', 'day 4']);
  });
});

describe('a silence', () => {
  it('has no quote, but who asked and until when, and stands at the deadline', async () => {
    const silence = await aStatement({
      by: 'Quiet One',
      quoteKind: 'silence',
      quote: undefined,
      language: undefined,
      saidOn: undefined,
      askedOn: '2025-02-07',
      askedBy: { name: 'The Asking Post' },
      deadline: '2025-02-10',
    });
    expect(silence).toMatchObject({
      quote: null,
      language: null,
      askedOn: { edtf: '2025-02-07' },
      askedBy: { name: 'The Asking Post' },
      deadline: { edtf: '2025-02-10' },
      saidOn: { edtf: '2025-02-10' },
    });
    await site.get('people/the-asking-post').expect(200);
  });
});

describe('our verdict on a claim', () => {
  const standing = async (claim: Body) => (await site.get(`claims/${claim.id}`)).body.verdict;

  it('is unverified until there is one', async () => {
    expect(await standing(await aClaim())).toEqual({
      status: 'unverified',
      label: 'Unverified',
      summary: null,
      decidedAt: null,
    });
  });

  it('is the one decided last, in whichever order they were recorded', async () => {
    const claim = await aClaim({ by: 'Ada Verdict' });
    await aVerdict(claim, { status: 'false', decidedAt: '2025-03-01' });
    await aVerdict(claim, { status: 'true', decidedAt: '2025-02-01' });
    expect(await standing(claim)).toMatchObject({ status: 'false', label: 'False', decidedAt: '2025-03-01' });
    expect((await timeline('ada-verdict')).items[0].positions[0].claim.verdict.status).toBe('false');
    const all = (await site.get(`claims/${claim.id}/verdicts`)).body.items;
    expect(all.map((verdict: Body) => verdict.status)).toEqual(['false', 'true']);
  });

  it('is of two decided at one time the one recorded later', async () => {
    const claim = await aClaim();
    for (const status of ['mixed', 'misleading', 'unsupported'])
      await aVerdict(claim, { status, decidedAt: '2025-03-01' });
    expect((await standing(claim)).status).toBe('unsupported');
  });

  it('is never another’s: theirs stand beside it, the latest of each, with their own label', async () => {
    const claim = await aClaim();
    await aVerdict(claim, { status: 'mixed', decidedAt: '2025-01-01' });
    await aVerdict(claim, {
      by: 'PolitiFact',
      status: 'mostly_false',
      nativeLabel: 'Mostly False',
      decidedAt: '2025-02-01',
    });
    await aVerdict(claim, {
      by: 'PolitiFact',
      status: 'false',
      nativeLabel: 'Pants on Fire!',
      url: 'https://pf.example.org/1',
      decidedAt: '2025-03-01',
    });
    await aVerdict(claim, { by: 'AFP', status: 'misleading', decidedAt: '2025-04-01' });
    const { body } = await site.get(`claims/${claim.id}`);
    expect(body.verdict.status).toBe('mixed');
    expect(body.otherVerdicts.map((v: Body) => [v.by.name, v.status, v.nativeLabel, v.url])).toEqual([
      ['AFP', 'misleading', null, null],
      ['PolitiFact', 'false', 'Pants on Fire!', 'https://pf.example.org/1'],
    ]);
  });

  it('needs a summary and evidence, and a promise’s progress needs a promise', async () => {
    const claim = await aClaim();
    const post = (body: object) => site.post(`claims/${claim.id}/verdicts`, body).expect(422);
    expect((await post({ status: 'true', summary: 'So' })).body.errors[0].pointer).toBe('/evidence');
    expect((await post({ status: 'true', evidence: [{ title: 'M', role: 'supports' }] })).body.errors[0].pointer).toBe(
      '/summary',
    );
    expect((await post({ status: 'kept', by: { name: 'AFP' } })).body.errors[0].pointer).toBe('/status');
    await aVerdict(await aClaim({ kind: 'promise' }), { status: 'kept' });
  });
});

describe('the attribution of a statement', () => {
  it('is "reported" until something was found, then what was found last, and says nothing of the claim', async () => {
    const claim = await aClaim({ by: 'Ada Said' });
    const shown = async () => (await timeline('ada-said')).items[0].statement.attribution;
    expect(await shown()).toBe('reported');
    await anAttribution(claim.statement, { status: 'fabricated', decidedAt: '2025-03-01' });
    await anAttribution(claim.statement, { status: 'confirmed', decidedAt: '2025-02-01' });
    expect(await shown()).toBe('fabricated');
    expect((await site.get(`claims/${claim.id}`)).body.verdict.status).toBe('unverified');
  });

  it('is ours before another’s', async () => {
    const claim = await aClaim({ by: 'Bob Said' });
    await anAttribution(claim.statement, { status: 'confirmed', decidedAt: '2025-02-01' });
    await anAttribution(claim.statement, { status: 'disputed', by: { name: 'AFP' }, decidedAt: '2025-04-01' });
    expect((await site.get(`statements/${claim.statement.id}`)).body.attribution).toBe('confirmed');
    const { items } = (await site.get(`statements/${claim.statement.id}/attributions`)).body;
    expect(items.map((item: Body) => [item.status, item.ours, item.by.name])).toEqual([
      ['disputed', false, 'AFP'],
      ['confirmed', true, 'Record Check'],
    ]);
  });
});
