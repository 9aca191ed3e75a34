import { beforeEach, describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { formIn } from '../support/form-in.ts';
import { recordsOn } from '../support/records.ts';
import { testSite } from '../support/site.ts';

const site = testSite();
const desk = deskOn(site);
const { aClaim, aVerdict, aPerson } = recordsOn(site);
type Editor = Awaited<ReturnType<typeof desk.signedIn>>;

const finding = {
  status: 'mostly_true',
  summary: 'Closed for six days',
  explanation: 'The minutes give the dates.',
  'evidence/0/url': 'https://council.example.org/minutes',
  'evidence/0/role': 'supports',
  'evidence/0/excerpt/exact': 'six days',
  'evidence/1/role': 'supports',
};

const send = (editor: Editor, path: string, form: Record<string, string>) =>
  desk.post(path, { form: editor.form, ...form }, editor.cookie);

const verdictsOn = async (claim: { id: string }) =>
  (await site.get(`claims/${claim.id}/verdicts`, 'editor')).body.items;

async function fourEyes(word: 'never' | 'always'): Promise<void> {
  const { etag } = (await site.get('settings', 'admin').expect(200)).headers;
  await site.patch('settings', { fourEyes: word }, etag!, 'admin').expect(200);
}

describe('giving a verdict at the desk', () => {
  beforeEach(() => fourEyes('never'));

  it('needs a summary and evidence, and says so beside the fields', async () => {
    const [editor, claim] = [await desk.signedIn('editor'), await aClaim()];
    const path = `/desk/claims/${claim.slug}/verdict`;
    const noSummary = await send(editor, path, { ...finding, summary: '' }).expect(422);
    expect(noSummary.text).toContain('id="summary-mistake"');
    const noEvidence = await send(editor, path, { ...finding, 'evidence/0/url': '', 'evidence/0/excerpt/exact': '' });
    expect(noEvidence.status).toBe(422);
    expect(noEvidence.text).toContain('id="evidence/0/url-mistake"');
    await send(editor, path, finding).expect(303);
    expect(await verdictsOn(claim)).toMatchObject([
      {
        status: 'mostly_true',
        ours: true,
        evidence: [{ url: finding['evidence/0/url'], excerpt: { exact: 'six days' } }],
      },
    ]);
  });

  it('asks what a revision is, and for a note of a correction', async () => {
    const [editor, claim] = [await desk.signedIn('editor'), await aClaim()];
    const path = `/desk/claims/${claim.slug}/verdict`;
    expect((await desk.get(path, editor.cookie)).text).not.toContain('name="revision"');
    await aVerdict(claim);
    const { text } = await desk.get(path, editor.cookie).expect(200);
    expect(text).toContain('Revise the verdict');
    const corrected = { ...finding, revision: 'correction', note: '' };
    expect((await send(editor, path, corrected).expect(422)).text).toContain('id="note-mistake"');
    await send(editor, path, { ...corrected, note: 'We had the wrong bridge' }).expect(303);
    expect((await verdictsOn(claim))[0]).toMatchObject({ revision: 'correction', note: 'We had the wrong bridge' });
  });

  it('has what is revised in advance, with its evidence, of which some can be left out and more be added', async () => {
    const [editor, claim] = [await desk.signedIn('editor'), await aClaim()];
    const evidence = [
      { title: 'The minutes', role: 'supports', excerpt: { exact: 'six days', prefix: 'closed for' } },
      { title: 'A recording', role: 'refutes', excerpt: { start: 12.5, end: 14 } },
      { title: 'A rumour', role: 'context' },
    ];
    await aVerdict(claim, { status: 'false', summary: 'It was sx days', explanation: 'So they say', evidence });
    const path = `/desk/claims/${claim.slug}/verdict`;
    const form = formIn((await desk.get(path, editor.cookie).expect(200)).text);
    expect(form).toMatchObject({ summary: 'It was sx days', explanation: 'So they say', status: 'false' });
    const typo = { ...form, revision: 'typo', summary: '', gone: 'evidence/2', 'evidence/3/title': 'A letter' };
    const refused = (await send(editor, path, typo).expect(422)).text;
    expect(refused).not.toContain('A rumour');
    await send(editor, path, { ...formIn(refused), summary: 'It was six days' }).expect(303);
    const [latest, first] = await verdictsOn(claim);
    expect(latest).toMatchObject({ revision: 'typo', summary: 'It was six days', explanation: 'So they say' });
    const [minutes, recording, letter, ...more] = latest.evidence;
    expect([minutes, recording]).toEqual(first.evidence.slice(0, 2));
    expect(letter).toMatchObject({ title: 'A letter', role: 'supports' });
    expect(more).toEqual([]);
  });

  it('takes another publisher’s, who is named and not made up', async () => {
    const [editor, claim] = [await desk.signedIn('editor'), await aClaim()];
    await aPerson('Fact Desk', { kind: 'organization' });
    const theirs = {
      status: 'false',
      by: 'Fact Desk',
      nativeLabel: 'Pants on fire',
      url: 'https://facts.example.org/1',
    };
    await send(editor, `/desk/claims/${claim.slug}/verdict`, theirs).expect(303);
    expect(await verdictsOn(claim)).toMatchObject([
      { ours: false, nativeLabel: 'Pants on fire', by: { name: 'Fact Desk' } },
    ]);
  });

  it('waits for a second person where four eyes hold, who publishes it', async () => {
    await fourEyes('always');
    const [one, other] = [await desk.signedIn('editor'), await desk.signedIn('editor')];
    const claim = await aClaim();
    await send(one, `/desk/claims/${claim.slug}/verdict`, finding).expect(303);
    const [verdict] = await verdictsOn(claim);
    expect(verdict.state).toBe('in_review');
    const path = `/desk/claims/${claim.slug}/verdicts/${verdict.id}/state`;
    const publish = { version: String(verdict.version), state: 'published' };
    expect((await send(one, path, publish).expect(403)).text).toContain('role="alert"');
    await send(other, path, publish).expect(303);
    expect((await site.get(`claims/${claim.id}`, 'editor')).body.verdict).toMatchObject({ status: 'mostly_true' });
    await send(other, path, publish).expect(412);
  });

  it('withdraws with a reason that readers are told', async () => {
    const [editor, claim] = [await desk.signedIn('editor'), await aClaim()];
    const form = { version: String(claim.version), state: 'withdrawn', withdrawnBecause: 'It was somebody else' };
    await send(editor, `/desk/claims/${claim.slug}/state`, form).expect(303);
    const { text } = await desk.get(`/claims/${claim.slug}`).expect(410);
    expect(text).toContain('It was somebody else');
  });
});
