import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { change } from '../../src/db/change.ts';
import type { Actor, Writer } from '../../src/db/types.ts';
import { asProblem } from '../../src/db/violations.ts';
import { editClaim } from '../../src/domain/claims/edit-claim.ts';
import { approveRecord, writersOf } from '../../src/domain/history/approve-record.ts';
import { acceptProposal } from '../../src/domain/proposals/accept-proposal.ts';
import { type Proposal, proposalsOf } from '../../src/domain/proposals/proposals.ts';
import { proposeEdit } from '../../src/domain/proposals/propose-edit.ts';
import { editSettings } from '../../src/domain/settings/edit-settings.ts';
import { getSettings } from '../../src/domain/settings/settings.ts';
import { operator } from '../../src/domain/users/operator.ts';
import { newId } from '../../src/lib/ids.ts';
import { testDatabase } from '../support/database.ts';
import { acting, statementOf } from './acting.ts';
import { aService, aUser } from './users.ts';

/** More by hand: COMMAND_SEQUENCES=10000 npm test -- tests/db/four-eyes */
const SEQUENCES = Number(process.env.COMMAND_SEQUENCES ?? 30);
jest.setTimeout(60_000 + SEQUENCES * 100);

const database = testDatabase();
type Someone = Actor & { id: string };
let ada: Someone;
let ben: Someone;
let cyd: Someone;
let dot: Someone;
let program: Someone;
beforeAll(async () => {
  ada = await aUser(database.db, 'Ada', 'editor');
  cyd = await aUser(database.db, 'Cyd', 'reviewer');
  dot = await aUser(database.db, 'Dot', 'contributor');
  program = await aService(database.db, 'editor', ada);
});

const as = (actor: Actor) => acting(database, actor);
const bridge = { text: 'The bridge was closed', language: 'en' };
const claim = (id: string) =>
  database.db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const approve = (who: Someone, id: string) =>
  change(database.db, { actor: who, action: 'record.approve' }, async (tx) =>
    approveRecord(tx, 'claim', id, (await claim(id)).version),
  );
const set = (fourEyes: 'automatic' | 'always' | 'never') =>
  change(database.db, { actor: operator, action: 'settings.edit' }, async (tx) =>
    editSettings(tx, (await getSettings(tx)).version, { fourEyes }),
  );
/** How it went: done, or how the API would refuse it. */
const outcome = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: Error) => (asProblem(error) ?? error).name,
  );

describe('with one editor', () => {
  it('four eyes do not hold: what the editor logs is public, and programs count as no editor', async () => {
    expect(await getSettings(database.db)).toEqual({ fourEyes: 'automatic', fourEyesHold: false, version: 1 });
    expect((await claim(await as(ada).logClaim(bridge))).state).toBe('published');
    expect((await claim(await as(program).logClaim(bridge))).state).toBe('published');
  });

  it('they hold where they are set to, and not where they are switched off', async () => {
    await set('always');
    expect((await claim(await as(ada).logClaim(bridge))).state).toBe('in_review');
    await set('never');
    expect((await claim(await as(ada).logClaim(bridge))).state).toBe('published');
    await set('automatic');
  });
});

describe('with two editors', () => {
  beforeAll(async () => {
    ben = await aUser(database.db, 'Ben', 'editor');
  });
  let id: string;
  beforeEach(async () => {
    id = await as(ada).logClaim(bridge);
  });
  const publish = (who: Actor, what = id) => outcome(as(who).editClaim(what, { state: 'published' }));

  it('what an editor logs waits for a review, and another publishes it', async () => {
    expect((await claim(id)).state).toBe('in_review');
    expect(await publish(ada)).toBe('Forbidden');
    expect(await publish(ben)).toBe('done');
    expect((await claim(id)).state).toBe('published');
  });

  it('nothing is public at once, not even when it is asked for', async () => {
    expect(await outcome(as(ada).logClaim({ ...bridge, state: 'published' }))).toBe('Forbidden');
    expect(await outcome(as(operator).logClaim({ ...bridge, state: 'published' }))).toBe('Forbidden');
  });

  it('who changed a word of it does not publish it, nor who changes it on the way', async () => {
    await as(ben).editClaim(id, { text: 'The bridge was closed for a week' });
    expect(await publish(ben)).toBe('Forbidden');
    const other = await as(ada).logClaim(bridge);
    expect(await outcome(as(ben).editClaim(other, { state: 'published', language: 'uk' }))).toBe('Forbidden');
  });

  it('who changed its people, topics or sources does not publish it', async () => {
    await as(ben).editClaim(id, { topics: ['Bridges'] });
    expect(await publish(ben)).toBe('Forbidden');
    const said = await as(ada).logStatement({
      person: { name: 'Somebody' },
      quoteKind: 'verbatim',
      quote: 'Closed',
      language: 'en',
      saidOn: '2025',
      sources: [{ title: 'Minutes', role: 'primary' }],
    });
    await as(ben).editStatement(said, { sources: [] });
    expect(await outcome(as(ben).editStatement(said, { state: 'published' }))).toBe('Forbidden');
  });

  it('who only sent it to review may publish it', async () => {
    const draft = await as(dot).logClaim(bridge);
    await as(ben).editClaim(draft, { state: 'in_review' });
    expect(await publish(ben, draft)).toBe('done');
  });

  it('a program publishes nothing, and what it writes counts as its owner’s', async () => {
    expect(await publish(program)).toBe('Forbidden');
    const written = await as(program).logClaim(bridge);
    expect(await writersOf(database.db, 'claim', written)).toEqual(expect.arrayContaining([ada.id, program.id]));
    expect(await publish(ada, written)).toBe('Forbidden');
    expect(await publish(ben, written)).toBe('done');
  });

  it('nobody changes alone what is public: it is withdrawn, changed, and published by another', async () => {
    await publish(ben);
    expect(await outcome(as(ben).editClaim(id, { language: 'uk' }))).toBe('Forbidden');
    await as(ben).editClaim(id, { state: 'withdrawn' });
    await as(ben).editClaim(id, { language: 'uk' });
    expect(await publish(ben)).toBe('Forbidden');
    expect(await publish(ada)).toBe('done');
  });

  it('statements, verdicts and attributions are held to it alike', async () => {
    const evidence = [{ title: 'Minutes', role: 'supports' as const }];
    const said = {
      person: { name: 'Somebody' },
      quoteKind: 'reported' as const,
      quote: 'It was closed',
      language: 'en',
      saidOn: '2025',
    };
    const logged = await as(ada).logClaim({ ...bridge, statement: said });
    const statement = await statementOf(database.db, logged);
    const verdict = await as(ada).giveVerdict(logged, { status: 'true', summary: 'It was', evidence });
    const attribution = await as(ada).attributeStatement(statement, { status: 'confirmed', evidence });
    for (const [who, expected] of [
      [ada, 'Forbidden'],
      [ben, 'done'],
    ] as const) {
      expect(await outcome(as(who).editStatement(statement, { state: 'published' }))).toBe(expected);
      expect(await outcome(as(who).editVerdict(verdict, { state: 'published' }))).toBe(expected);
      expect(await outcome(as(who).editAttribution(attribution, { state: 'published' }))).toBe(expected);
    }
  });

  it('an approval is somebody else’s, of the words as they are: any edit voids it, moving does not', async () => {
    expect(await outcome(approve(ada, id))).toBe('Forbidden');
    expect(await outcome(approve(dot, id))).toBe('Forbidden');
    expect(await outcome(approve(program, id))).toBe('Forbidden');
    expect(await outcome(approve(cyd, id))).toBe('done');
    await as(ada).editClaim(id, { topics: ['Roads'] });
    expect((await claim(id)).approved_by).toBeNull();
    await approve(cyd, id);
    await publish(ben);
    expect((await claim(id)).approved_by).toBe(cyd.id);
  });

  describe('what is public', () => {
    const fields: [string, string][] = [['text', 'The bridge was open']];
    const words = { text: 'The bridge was open' };
    let proposal: { id: string; version: number };
    const propose = (who: Someone, proposalVersion: number | null = null) =>
      change(database.db, { actor: who, action: 'edit.propose' }, (tx) =>
        proposeEdit(tx, {
          noun: 'claim',
          recordId: id,
          recordVersion: 2,
          fields: [...fields, ['reason', who.id]],
          proposalVersion,
          edit: (within) => editClaim(within, id, 2, words),
        }),
      );
    const accept = (who: Actor, action = 'proposal.accept') =>
      outcome(
        change(database.db, { actor: who, action }, async (tx) =>
          acceptProposal(tx, proposal, (within) => editClaim(within, id, 2, words)),
        ),
      );
    beforeEach(async () => {
      await publish(ben);
      await propose(ada);
      [proposal] = (await proposalsOf(database.db, [id])) as [Proposal];
    });

    it('is changed by accepting what another proposed', async () => {
      expect((await claim(id)).text).toBe('The bridge was closed');
      expect(await accept(ada)).toBe('Forbidden');
      expect(await accept(ben)).toBe('done');
      expect((await claim(id)).text).toBe('The bridge was open');
      expect(await accept(ben)).toBe('NotFound');
    });

    it('is not changed by who changed what is proposed, by a program, or at the command line', async () => {
      await propose(ben, 1);
      [proposal] = (await proposalsOf(database.db, [id])) as [Proposal];
      for (const who of [ada, ben, program, operator]) expect(await accept(who)).toBe('Forbidden');
      expect((await claim(id)).text).toBe('The bridge was closed');
    });

    it('is not changed by who does not end a proposal, or one made in the same change', async () => {
      const edit = (prepare: (tx: Writer) => Promise<unknown>) =>
        outcome(
          change(database.db, { actor: ben, action: 'claim.edit' }, async (tx) => {
            await prepare(tx);
            await tx.updateTable('claims').set(words).where('id', '=', id).execute();
          }),
        );
      expect(await edit(async () => undefined)).toBe('Forbidden');
      expect(await edit((tx) => tx.updateTable('proposals').set({ version: 2 }).execute())).toBe('Forbidden');
      const row = { noun: 'claim', record_id: id, record_version: 2, fields: '[]', created_by: ada.id };
      const own = async (tx: Writer) => {
        await tx.deleteFrom('proposals').where('id', '=', proposal.id).execute();
        await tx
          .insertInto('proposals')
          .values({ id: newId(), ...row })
          .execute();
        await tx.deleteFrom('proposals').where('record_id', '=', id).execute();
      };
      // Ended by it was Ada's, so that it is accepted; what was made in the same change counts for nothing.
      expect(await edit(own)).toBe('done');
    });

    it('has one proposal at most, which is of its version', async () => {
      expect(await outcome(propose(ben))).toBe('Stale');
      expect(await outcome(propose(ben, 2))).toBe('Stale');
      expect(await outcome(propose(ben, 1))).toBe('done');
    });
  });

  it('the database refuses it too, whoever writes', async () => {
    const bypass = change(database.db, { actor: ada, action: 'claim.edit' }, (tx) =>
      tx.updateTable('claims').set({ state: 'published' }).where('id', '=', id).execute(),
    );
    await expect(bypass).rejects.toMatchObject({ constraint: 'four_eyes' });
  });
});

describe('any sequence of commands', () => {
  type Name = 'ada' | 'ben' | 'cyd' | 'dot' | 'program';
  type Command = { who: Name; does: 'edit' | 'submit' | 'take back' | 'approve' | 'publish' | 'withdraw' };
  const level: Record<Name, number> = { dot: 1, cyd: 2, ada: 3, ben: 3, program: 3 };

  /** What the rules say, told a second time and in few words. */
  class Model {
    state = 'in_review';
    approvedBy: Name | null = null;
    writers = new Set<Name>(['ada']);
    /** What a command leads to. */
    expect({ who, does }: Command): string {
      const isPublic = this.state === 'published' || this.state === 'withdrawn';
      if (does === 'approve') {
        if (level[who] < 2) return 'Forbidden';
        if (this.state !== 'in_review') return 'Conflict';
        return who === 'program' || this.wrote(who) ? 'Forbidden' : 'done';
      }
      if (level[who] < (isPublic ? 3 : 2)) return 'Forbidden';
      if (does === 'edit') return this.state === 'published' ? 'Forbidden' : 'done';
      const to = { submit: 'in_review', 'take back': 'draft', publish: 'published', withdraw: 'withdrawn' }[does];
      if (to === this.state) return 'done';
      if (to === 'published') return level[who] < 3 || who === 'program' || this.wrote(who) ? 'Forbidden' : 'done';
      return isPublic && to !== 'withdrawn' ? 'Invalid' : 'done';
    }
    take({ who, does }: Command): void {
      if (does === 'edit') {
        this.writers.add(who);
        this.approvedBy = null;
      } else if (does === 'approve') this.approvedBy = who;
      else {
        const to = { submit: 'in_review', 'take back': 'draft', publish: 'published', withdraw: 'withdrawn' }[does];
        if (this.state === 'published' && to !== 'published') this.writers.clear();
        this.state = to;
      }
    }
    wrote = (who: Name) => this.writers.has(who) || (who === 'ada' && this.writers.has('program'));
  }

  const command = fc.record({
    who: fc.constantFrom<Name>('ada', 'ben', 'cyd', 'dot', 'program'),
    does: fc.constantFrom<Command['does']>('edit', 'submit', 'take back', 'approve', 'publish', 'publish', 'withdraw'),
  });

  it('leads where the rules say: no one publishes alone, no change goes unrecorded', async () => {
    const people = { ada, ben, cyd, dot, program };
    const changes = async () =>
      Number(
        (await database.db
          .selectFrom('changes')
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirst())!.n,
      );
    let words = 0;
    const apply = (id: string, { who, does }: Command) => {
      if (does === 'approve') return outcome(approve(people[who], id));
      const input = {
        edit: () => ({ text: `Words ${++words}` }),
        submit: () => ({ state: 'in_review' as const }),
        'take back': () => ({ state: 'draft' as const }),
        publish: () => ({ state: 'published' as const }),
        withdraw: () => ({ state: 'withdrawn' as const }),
      }[does]();
      return outcome(
        change(database.db, { actor: people[who], action: 'claim.edit' }, async (tx) =>
          editClaim(tx, id, (await claim(id)).version, input),
        ),
      );
    };
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 12 }), async (commands) => {
        const id = await as(ada).logClaim(bridge);
        const model = new Model();
        for (const one of commands) {
          const [before, recorded] = [await claim(id), await changes()];
          const expected = model.expect(one);
          expect([one, model.state, await apply(id, one)]).toEqual([one, model.state, expected]);
          if (expected === 'done') model.take(one);
          const after = await claim(id);
          expect(after.state).toBe(model.state);
          expect(after.approved_by).toBe(model.approvedBy && people[model.approvedBy].id);
          const changed = JSON.stringify(after) !== JSON.stringify(before);
          expect(await changes()).toBe(recorded + (changed ? 1 : 0));
          if (expected !== 'done') expect(changed).toBe(false);
        }
      }),
      { numRuns: SEQUENCES, seed: Number(process.env.GENERATED_SEED ?? 20250208) },
    );
  });
});
