import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/db/types.ts';
import { closedForSixDays } from '../support/examples.ts';
import { type Body, recordsOn, said } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const { aClaim, aStatement, aPerson, aVerdict, etag } = recordsOn(site);

const bridge = { text: 'The bridge was closed', language: 'en' };
const logged = async (role: Role, more: object = {}): Promise<Body> =>
  (await site.post('claims', { ...bridge, ...more }, role).expect(201)).body;
const patch = async (path: string, body: object, role: Role) =>
  (await site.patch(path, body, await etag(path), role)).status;

describe('the state of a new record', () => {
  it.each([
    ['contributor', 'draft'],
    ['reviewer', 'draft'],
    ['editor', 'published'],
  ] as const)('of a %s is, unasked, %s', async (role, state) => {
    expect((await logged(role)).state).toBe(state);
    const statement = await site.post('statements', said(), role).expect(201);
    expect(statement.body.state).toBe(state);
    const verdict = await site.post(`claims/${(await logged(role)).id}/verdicts`, closedForSixDays, role).expect(201);
    expect(verdict.body.state).toBe(state);
  });

  it('goes for the statement that comes with a claim, too', async () => {
    const claim = await logged('contributor', { statement: said({ by: 'Ada' }) });
    const statement = await site.get(`statements/${claim.statement.id}`, 'contributor').expect(200);
    expect(statement.body.state).toBe('draft');
  });

  it.each(['contributor', 'reviewer'] as const)('cannot be published by a %s', async (role) => {
    await site.post('claims', { ...bridge, state: 'published' }, role).expect(403);
    await site.post('statements', { ...said(), state: 'published' }, role).expect(403);
  });

  it('cannot be withdrawn', async () => {
    await site.post('claims', { ...bridge, state: 'withdrawn' }).expect(422);
  });

  it('may be a draft of an editor', async () => {
    expect((await logged('editor', { state: 'draft' })).state).toBe('draft');
  });
});

describe('a contributor', () => {
  it('edits and submits an own draft', async () => {
    const { id } = await logged('contributor');
    expect(await patch(`claims/${id}`, { language: 'uk' }, 'contributor')).toBe(200);
    expect(await patch(`claims/${id}`, { state: 'in_review' }, 'contributor')).toBe(200);
  });

  it('does not publish it', async () => {
    const { id } = await logged('contributor');
    expect(await patch(`claims/${id}`, { state: 'published' }, 'contributor')).toBe(403);
  });

  it('edits no other’s draft, be the other a contributor too', async () => {
    const { id } = await logged('reviewer');
    expect(await patch(`claims/${id}`, { language: 'uk' }, 'contributor')).toBe(403);
    const other = await site.tokenFor('contributor');
    const own = await logged('contributor');
    const path = `claims/${own.id}`;
    const answer = await site
      .call('patch', path)
      .set({ authorization: `Bearer ${other}`, 'if-match': await etag(path) })
      .send({ language: 'uk' });
    expect(answer.status).toBe(403);
  });

  it('links no published statement to a further claim', async () => {
    const statement = await aStatement();
    const claim = await aClaim();
    const link = { id: statement.id, stance: 'denies' };
    await site.post(`claims/${claim.id}/responses`, link, 'contributor').expect(403);
  });

  it('does not keep us from giving verdicts by adding others of our name', async () => {
    const claim = await aClaim();
    const first = await aVerdict(claim);
    for (const _ of [1, 2])
      await site.post('people', { name: 'Record Check', kind: 'organization' }, 'contributor').expect(201);
    expect(await aVerdict(claim)).toMatchObject({ ours: true, by: { id: first.by.id } });
  });

  it('does not fill in the blanks of a source that is public', async () => {
    const url = 'https://outlet.example.org/bare';
    await aStatement({ sources: [{ url, role: 'reports' }] });
    const found = await site.post('sources', { url, title: 'Unchecked' }, 'contributor').expect(200);
    expect(found.body).toMatchObject({
      title: null,
      conflicts: [{ field: 'title', onRecord: null, sent: 'Unchecked' }],
    });
    await site
      .post('statements', said({ sources: [{ url, title: 'Unchecked', role: 'reports' }] }), 'contributor')
      .expect(201);
    expect((await site.get(`sources/${found.body.id}`)).body.title).toBeNull();
  });
});

describe('a reviewer', () => {
  it('edits another’s draft', async () => {
    const { id } = await logged('contributor');
    expect(await patch(`claims/${id}`, { language: 'uk' }, 'reviewer')).toBe(200);
  });

  it('does not publish, edit what is published, or withdraw', async () => {
    const draft = await logged('contributor');
    expect(await patch(`claims/${draft.id}`, { state: 'published' }, 'reviewer')).toBe(403);
    const { id } = await logged('editor');
    expect(await patch(`claims/${id}`, { language: 'uk' }, 'reviewer')).toBe(403);
    expect(await patch(`claims/${id}`, { state: 'withdrawn' }, 'reviewer')).toBe(403);
  });

  it('edits a person who is not public yet, and not one who is', async () => {
    await aPerson('Ada Lovelace');
    expect(await patch('people/ada-lovelace', { description: 'A writer' }, 'reviewer')).toBe(200);
    await aStatement({ by: 'ada-lovelace' });
    expect(await patch('people/ada-lovelace', { description: 'A mathematician' }, 'reviewer')).toBe(403);
  });
});

describe('an editor', () => {
  it('publishes another’s draft and withdraws what is published', async () => {
    const { id } = await logged('contributor');
    expect(await patch(`claims/${id}`, { state: 'published' }, 'editor')).toBe(200);
    expect(await patch(`claims/${id}`, { state: 'withdrawn', withdrawnBecause: 'A mix-up' }, 'editor')).toBe(200);
    expect(await patch(`claims/${id}`, { state: 'published' }, 'editor')).toBe(200);
    expect((await site.get(`claims/${id}`)).body).toMatchObject({ state: 'published', withdrawnBecause: null });
  });

  it('does not make a draft of what is published', async () => {
    const { id } = await logged('editor');
    expect(await patch(`claims/${id}`, { state: 'draft' }, 'editor')).toBe(422);
  });

  it('rewords no finding', async () => {
    const claim = await aClaim();
    const { body } = await site.post(`claims/${claim.id}/verdicts`, closedForSixDays).expect(201);
    expect(await patch(`claims/${claim.id}/verdicts/${body.id}`, { summary: 'Otherwise' }, 'editor')).toBe(422);
  });
});

describe('an admin', () => {
  it('logs nothing, as being one includes no other role', async () => {
    await site.post('claims', bridge, 'admin').expect(403);
    await site.post('people', { name: 'Ada Lovelace' }, 'admin').expect(403);
    const claim = await aClaim();
    expect(await patch(`claims/${claim.id}`, { language: 'uk' }, 'admin')).toBe(403);
  });

  it('sees drafts', async () => {
    const { id } = await logged('contributor');
    await site.get(`claims/${id}`, 'admin').expect(200);
  });
});
