import { describe, expect, it } from '@jest/globals';
import { change } from '../../src/db/change.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { type Body, quotes, recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aPerson, aResponse, aStatement, aVerdict, timeline } = recordsOn(site);

const firstPosition = async (person: string): Promise<Body> => (await timeline(person)).items[0].positions[0];
const responses = (position: Body): string[] => position.responses.map((response: Body) => response.quote);
const merge = (table: 'people' | 'claims', from: Body, into: Body) =>
  change(site.db, { actor: operator, action: 'record.merge' }, (tx) =>
    tx.updateTable(table).set({ canonical_id: into.id }).where('id', '=', from.id).execute(),
  );

describe('under a position that asserts', () => {
  it('stand the replies to it, then what replies to nothing, each oldest first', async () => {
    const claim = await aClaim({ by: 'Ada One', saidOn: '2025-02-08' });
    const to = claim.statement.id;
    await aResponse(claim, { by: 'B', quote: 'late, to nothing', saidOn: '2025-02-12' });
    await aResponse(claim, { by: 'B', quote: 'early, to nothing', saidOn: '2025-02-01' });
    await aResponse(claim, { by: 'B', quote: 'late reply', saidOn: '2025-02-11', repliesTo: to });
    await aResponse(claim, { by: 'B', quote: 'early reply', saidOn: '2025-02-09', repliesTo: to });
    const position = await firstPosition('ada-one');
    expect(responses(position)).toEqual(['early reply', 'late reply', 'early, to nothing', 'late, to nothing']);
  });

  it('stands neither itself, nor another assertion that replies to nothing, nor a reply to another', async () => {
    const claim = await aClaim({ by: 'Ada Two', quote: 'mine' });
    const other = await aStatement({ by: 'C', on: claim.id, quote: 'another assertion' });
    await aResponse(claim, { by: 'B', quote: 'to the other', repliesTo: other.id });
    await aResponse(claim, { by: 'B', stance: 'asserts', quote: 'he is right', repliesTo: claim.statement.id });
    const position = await firstPosition('ada-two');
    expect(responses(position)).toEqual(['he is right']);
    expect(position.responseCount).toBe(1);
  });
});

describe('under any other position', () => {
  it('stand only the replies to it', async () => {
    const claim = await aClaim({ by: 'Ada Three' });
    const denial = await aResponse(claim, { by: 'Bob Three', quote: 'no' });
    await aResponse(claim, { by: 'C', stance: 'confirms', quote: 'to nothing' });
    await aResponse(claim, { by: 'C', stance: 'contradicts', quote: 'to the denial', repliesTo: denial.id });
    expect(responses(await firstPosition('bob-three'))).toEqual(['to the denial']);
  });
});

describe('of many responses', () => {
  it('five are shown; the count and the address lead to the rest, in the same order', async () => {
    const claim = await aClaim({ by: 'Ada Four' });
    for (let day = 1; day <= 7; day++) {
      const repliesTo = day > 4 ? claim.statement.id : null;
      await aResponse(claim, { by: 'B', quote: `day ${day}`, saidOn: `2025-03-0${day}`, repliesTo });
    }
    const position = await firstPosition('ada-four');
    expect(responses(position)).toEqual(['day 5', 'day 6', 'day 7', 'day 1', 'day 2']);
    expect(position.responseCount).toBe(7);

    const paged: string[] = [];
    let next: string | undefined = `${site.local(position.responsesUrl)}&limit=3`;
    while (next) {
      const page: Body = await site.get(next).expect(200);
      paged.push(...page.body.items.map((item: Body) => item.quote));
      next = page.headers.link && site.local(/<(.*)>/.exec(page.headers.link)![1]!);
    }
    expect(paged).toEqual(['day 5', 'day 6', 'day 7', 'day 1', 'day 2', 'day 3', 'day 4']);
    const reversed = await site.get(`${site.local(position.responsesUrl)}&order=desc`).expect(200);
    expect(reversed.body.items.map((item: Body) => item.quote)).toEqual(paged.reverse());
  });

  it('those of one stance are found', async () => {
    const claim = await aClaim({ by: 'Ada Five' });
    await aResponse(claim, { stance: 'denies', quote: 'no' });
    await aResponse(claim, { stance: 'neither_confirms_nor_denies', quote: 'neither' });
    const { body } = await site.get(`claims/${claim.slug}/responses?stance=neither_confirms_nor_denies`).expect(200);
    expect(quotes({ items: body.items })).toEqual(['neither']);
    expect(body.items[0]).toMatchObject({ stance: 'neither_confirms_nor_denies', repliesTo: null });
  });
});

describe('a repeat', () => {
  it('is counted in the order of time, for the same speaker and claim', async () => {
    const claim = await aClaim({ by: 'Ada Six', saidOn: '2025-02-08', quote: 'second' });
    await aStatement({ by: 'Ada Six', on: claim.id, saidOn: '2025-02-09', quote: 'third' });
    await aStatement({ by: 'Ada Six', on: claim.id, saidOn: '2025-01', quote: 'first', repeatOfEarlier: true });
    await aStatement({ by: 'Another Six', on: claim.id, saidOn: '2025-01', quote: 'not hers' });
    const { items } = await timeline('ada-six', 'order=asc');
    expect(items.map((item: Body) => [item.statement.quote, item.positions[0].repeat])).toEqual([
      ['first', { index: 1, count: 3, earlier: true }],
      ['second', { index: 2, count: 3, earlier: false }],
      ['third', { index: 3, count: 3, earlier: false }],
    ]);
  });

  it('is no matter of other stances', async () => {
    const claim = await aClaim({ by: 'Ada Seven' });
    await aResponse(claim, { by: 'Ada Seven', stance: 'retracts', quote: 'I was wrong', saidOn: '2025-03' });
    const [retraction, assertion] = (await timeline('ada-seven')).items;
    expect(retraction.positions[0].repeat).toBeNull();
    expect(assertion.positions[0].repeat).toEqual({ index: 1, count: 1, earlier: false });
    await site
      .post(`claims/${claim.id}/responses`, {
        person: 'ada-seven',
        quoteKind: 'verbatim',
        quote: 'No',
        language: 'en',
        saidOn: '2025',
        stance: 'denies',
        repeatOfEarlier: true,
      })
      .expect(422);
  });
});

describe('an item with several positions', () => {
  it('answers what its first answering position answers', async () => {
    const [one, two] = [
      await aClaim({ by: 'Eve Eight', quote: 'one' }),
      await aClaim({ by: 'Eve Eight', quote: 'two' }),
    ];
    await aStatement({
      by: 'Ada Eight',
      positions: [
        { claim: one.id, stance: 'clarifies' },
        { claim: two.id, stance: 'denies', repliesTo: two.statement.id },
      ],
    });
    const [item] = (await timeline('ada-eight')).items;
    expect(item.positions.map((position: Body) => position.inResponseTo?.quote)).toEqual([undefined, 'two']);
    expect(item.inResponseTo.quote).toBe('two');
  });

  it('replies on each claim only to a statement on that claim, and never to itself', async () => {
    const [one, two] = [await aClaim({ by: 'Eve Nine' }), await aClaim({ by: 'Eve Nine' })];
    const reply = { ...one.statement, claim: one.id };
    const wrong = await site
      .post(`claims/${one.id}/responses`, {
        person: 'eve-nine',
        quoteKind: 'verbatim',
        quote: 'No',
        language: 'en',
        saidOn: '2025',
        stance: 'denies',
        repliesTo: two.statement.id,
      })
      .expect(422);
    expect(wrong.body.errors[0].pointer).toBe('/repliesTo');
    const itself = { positions: [{ claim: reply.claim, stance: 'denies', repliesTo: reply.id }] };
    await site.patch(`statements/${reply.id}`, itself, '"1"').expect(422);
  });
});

describe('a statement on record', () => {
  it('is linked to a further claim, once', async () => {
    const claim = await aClaim({ by: 'Ada Ten' });
    const statement = await aStatement({ by: 'Bob Ten' });
    const link = { id: statement.id, stance: 'contradicts', repliesTo: claim.statement.id };
    const linked = await site.post(`claims/${claim.id}/responses`, link).expect(201);
    expect(linked.body).toMatchObject({
      id: statement.id,
      version: 2,
      inResponseTo: { statementId: claim.statement.id },
    });
    await site.post(`claims/${claim.id}/responses`, link).expect(409);
  });
});

describe('merging', () => {
  it('puts the statements of merged people on one timeline, and repeats are theirs together', async () => {
    const [kept, merged] = [await aPerson('Volodymyr Zelenskyy'), await aPerson('Зеленський')];
    const claim = await aClaim({ by: kept.id, quote: 'in English', saidOn: '2025-02-08' });
    await aStatement({ by: merged.id, on: claim.id, quote: 'in Ukrainian', saidOn: '2025-02-09' });
    await merge('people', merged, kept);
    for (const reference of [kept.slug, merged.slug, merged.id]) {
      const { person, items } = await timeline(reference, 'order=asc');
      expect(person.id).toBe(kept.id);
      expect(quotes({ items })).toEqual(['in English', 'in Ukrainian']);
      expect(items[1].statement.speaker.id).toBe(kept.id);
      expect(items[1].positions[0].repeat).toEqual({ index: 2, count: 2, earlier: false });
    }
    expect((await site.get(`people/${merged.slug}`)).body.id).toBe(kept.id);
    const found = await aStatement({ by: 'Зеленський Enterprises' });
    expect(found.speaker.id).not.toBe(kept.id);
  });

  it('shares responses and verdicts of merged claims', async () => {
    const [kept, merged] = [await aClaim({ by: 'Ada Eleven' }), await aClaim()];
    await aResponse(merged, { by: 'Bob Eleven', quote: 'no' });
    await aVerdict(merged, { status: 'mixed' });
    await merge('claims', merged, kept);
    const position = await firstPosition('ada-eleven');
    expect(responses(position)).toEqual(['no']);
    expect(position.claim).toMatchObject({ id: kept.id, verdict: { status: 'mixed' } });
    expect((await firstPosition('bob-eleven')).claim.id).toBe(kept.id);
    expect((await site.get(`claims/${merged.slug}`)).body).toMatchObject({ id: kept.id, statementCount: 2 });
    expect((await site.get(`claims/${merged.slug}/verdicts`)).body.items).toHaveLength(1);
    expect(quotes((await site.get(`statements?claim=${merged.id}&stance=denies`)).body)).toEqual(['no']);
    const reply = await aResponse(kept, { repliesTo: (await timeline('bob-eleven')).items[0].statement.id });
    expect(reply.inResponseTo.quote).toBe('no');
  });
});
