import { describe, expect, it } from '@jest/globals';
import { deskOn } from '../support/desk.ts';
import { testSite } from '../support/site.ts';

const site = testSite(() => new Date('2025-02-13T12:00:00Z'));
const desk = deskOn(site);
type Editor = Awaited<ReturnType<typeof desk.signedIn>>;

const typed = {
  'statement/person': 'Mara Field',
  'statement/quote': 'The bridge has been closed for a week',
  'statement/quoteKind': 'verbatim',
  'statement/language': 'en',
  'statement/saidOn': '2025-02-08~',
  'statement/venue': 'Council meeting',
  'statement/sources/0/url': 'https://paper.example.org/bridge',
  'statement/sources/0/publisher': '',
  'statement/sources/0/role': 'primary',
  text: 'The bridge was closed for a week in February 2025',
  language: 'en',
  kind: 'fact',
  topics: 'Bridges, Roads',
};

const send = (editor: Editor, form: Record<string, string>, path = '/desk/claims/new') =>
  desk.post(path, { form: editor.form, ...form }, editor.cookie);

/** The claim to which the desk led after it was logged. */
async function logged(editor: Editor, form: Record<string, string>) {
  const { headers } = await send(editor, form).expect(303);
  const id = /claims\/([0-9a-f-]+)\?/.exec(headers.location!)![1];
  return (await site.get(`claims/${id}`, 'editor').expect(200)).body;
}

const newPerson = { 'statement/person.for': 'Mara Field', 'statement/person.is': 'somebody new' };

describe('logging a claim at the desk', () => {
  it('needs somebody who may add records', async () => {
    await desk.get('/desk/claims/new').expect(303);
    const { cookie } = await desk.signedIn('contributor');
    expect((await desk.get('/desk/claims/new', cookie).expect(200)).text).toContain('Log the claim');
  });

  it('makes nobody unasked: it shows whom a name may mean, and keeps every word', async () => {
    const editor = await desk.signedIn('editor');
    const { text } = await send(editor, typed).expect(422);
    expect(text).toContain('Nobody on record is called “Mara Field”');
    expect(text).toContain('Somebody new: Mara Field');
    expect(text).toContain('The bridge has been closed for a week');
    const claim = await logged(editor, { ...typed, ...newPerson });
    expect(claim).toMatchObject({
      text: typed.text,
      state: 'published',
      topics: [{ name: 'Bridges' }, { name: 'Roads' }],
      statement: { quote: typed['statement/quote'], saidOn: { edtf: '2025-02-08~' }, speaker: { name: 'Mara Field' } },
    });
  });

  it('takes a name that one person alone bears, and a choice only for the text that it was made for', async () => {
    const editor = await desk.signedIn('editor');
    const again = await logged(editor, { ...typed, text: 'Said once more' });
    expect(again.statement.speaker.name).toBe('Mara Field');
    const { text } = await send(editor, { ...typed, ...newPerson, 'statement/person': 'Mara Fields' }).expect(422);
    expect(text).toContain('Nobody on record is called “Mara Fields”');
    expect(text).toMatch(/value="[0-9a-f-]+"\/?><bdi>Mara Field</);
  });

  it('says how it understands a date in words, and asks where there are two readings', async () => {
    const editor = await desk.signedIn('editor');
    const understood = await send(editor, { ...typed, 'statement/saidOn': 'yesterday' }).expect(422);
    expect(understood.text).toContain('12 February 2025 (2025-02-12)');
    const two = await send(editor, { ...typed, 'statement/saidOn': '09/02/2025' }).expect(422);
    expect(two.text).toContain('9 February 2025 (2025-02-09)');
    expect(two.text).toContain('2 September 2025 (2025-09-02)');
    const choice = {
      'statement/saidOn': '09/02/2025',
      'statement/saidOn.for': '09/02/2025',
      'statement/saidOn.is': '2025-02-09',
    };
    const claim = await logged(editor, { ...typed, ...choice, text: 'Said on a day that can be read in two ways' });
    expect(claim.statement.saidOn.edtf).toBe('2025-02-09');
  });

  it('puts what is wrong beside its field', async () => {
    const editor = await desk.signedIn('editor');
    const wrong = { 'statement/sources/0/url': 'paper', 'statement/saidOn': 'soon', text: ' ' };
    const { text } = await send(editor, { ...typed, ...wrong }).expect(422);
    for (const name of Object.keys(wrong)) expect(text).toContain(`id="${name}-mistake"`);
    expect(text).toContain('This is required.');
    expect(text).toContain('3 things are left to do');
  });

  it('says what only the act can tell beside the field, too', async () => {
    const editor = await desk.signedIn('editor');
    const { text } = await send(editor, { ...typed, text: 'Nobody wrote it down', 'statement/quote': '' }).expect(422);
    expect(text).toContain('id="statement/quote-mistake"');
  });

  it('publishes nothing that the same person wrote where four eyes hold', async () => {
    const [editor] = [await desk.signedIn('editor'), await desk.signedIn('editor')];
    const claim = await logged(editor, { ...typed, text: 'Waits for somebody else' });
    expect(claim.state).toBe('in_review');
    const form = { version: String(claim.version), state: 'published' };
    const { text } = await send(editor, form, `/desk/claims/${claim.slug}/state`).expect(403);
    expect(text).toContain('role="alert"');
  });

  it('makes a draft of a contributor’s, which goes to review and is published with its statement', async () => {
    const contributor = await desk.signedIn('contributor');
    const claim = await logged(contributor, { ...typed, text: 'A draft' });
    expect(claim.state).toBe('draft');
    const page = `/desk/claims/${claim.slug}`;
    const shown = await desk.get(page, contributor.cookie).expect(200);
    expect(shown.text).toContain('Send to review');
    expect(shown.text).not.toContain('>Publish<');
    const statement = (await site.get(`statements?claim=${claim.id}&state=draft`, 'editor')).body.items[0];
    const together = { version: String(claim.version), statement: `${statement.id} ${statement.version}` };
    await send(contributor, { ...together, state: 'published' }, `${page}/state`).expect(403);
    await send(contributor, { ...together, state: 'in_review' }, `${page}/state`).expect(303);
    await send(contributor, { ...together, state: 'in_review' }, `${page}/state`).expect(412);
    const editor = await desk.signedIn('editor');
    const next = { version: '2', statement: `${statement.id} 2`, state: 'published' };
    await send(editor, next, `${page}/state`).expect(303);
    expect((await site.get(`claims/${claim.id}`).expect(200)).body.statement.id).toBe(statement.id);
  });
});

describe('a claim that is on record already', () => {
  const text = 'The dam at Millford cracked after heavy rains in January 2025';

  it('is shown before it is logged again, and takes the statement as a repeat', async () => {
    const editor = await desk.signedIn('editor');
    const first = await logged(editor, { ...typed, text });
    const again = { ...typed, text: 'The dam at Millford cracked after the heavy rains of January 2025' };
    const { text: page } = await send(editor, again).expect(422);
    expect(page).toContain('This claim may be on record already');
    expect(page).toContain(`value="${first.slug}"`);
    const repeated = { 'text.for': again.text, 'text.is': first.slug };
    const { headers } = await send(editor, { ...again, ...repeated }).expect(303);
    expect(headers.location).toBe(`/desk/claims/${first.slug}?done=repeated`);
    const { items } = (await site.get(`statements?claim=${first.id}&state=draft,in_review,published`, 'editor')).body;
    expect(items).toHaveLength(2);
    const another = await logged(editor, { ...again, 'text.for': again.text, 'text.is': 'a new claim' });
    expect(another.id).not.toBe(first.id);
  });

  it('is shown while it is typed', async () => {
    const editor = await desk.signedIn('editor');
    const { text: found } = await desk.get(
      `/desk/repeats?text=${encodeURIComponent('The dam at Millford cracked after heavy rains')}`,
      editor.cookie,
    );
    expect(found).toContain('data-repeat="the-dam-at-millford-cracked');
    expect((await desk.get('/desk/repeats?text=quantum+chess', editor.cookie)).text).toBe('');
  });

  it('says beside its field what is wrong with the repeat', async () => {
    const editor = await desk.signedIn('editor');
    const slug = 'the-dam-at-millford-cracked-after-heavy-rains-in-january-2025';
    const repeated = { ...typed, text, 'text.for': text, 'text.is': slug };
    const { text: page } = await send(editor, { ...repeated, 'statement/quote': '' }).expect(422);
    expect(page).toContain('id="statement/quote-mistake"');
  });
});

describe('linking a response at the desk', () => {
  it('answers the statement that asserts, with the stance chosen', async () => {
    const editor = await desk.signedIn('editor');
    const claim = await logged(editor, { ...typed, text: 'Something that is denied' });
    const path = `/desk/claims/${claim.slug}/response`;
    const page = (await desk.get(path, editor.cookie).expect(200)).text;
    expect(page).toMatch(new RegExp(`<option value="${claim.statement.statementId}" selected`));
    const response = {
      person: 'Dan Brook',
      'person.for': 'Dan Brook',
      'person.is': 'somebody new',
      quote: 'I can neither confirm nor deny it',
      quoteKind: 'translated',
      language: 'en',
      originalLanguage: 'ru',
      saidOn: '2025-02-09',
      repliesTo: claim.statement.statementId,
      stance: 'neither_confirms_nor_denies',
      'sources/0/role': 'primary',
    };
    await send(editor, response, path).expect(303);
    const { items } = (await site.get(`claims/${claim.id}/responses`, 'editor').expect(200)).body;
    expect(items).toMatchObject([{ stance: response.stance, repliesTo: response.repliesTo, quote: response.quote }]);
  });
});

describe('what no page of the desk sends', () => {
  it.each(['/desk/claims/new?unsent=x', '/desk/repeats?text=%00', '/desk/suggest/people?q=%00', '/desk/people?q=%00'])(
    'is refused, and no failure: %s',
    async (path) => {
      const { cookie } = await desk.signedIn('editor');
      expect([404, 422]).toContain((await desk.get(path, cookie)).status);
    },
  );

  it.each(['/desk/claims/nothing/state', '/desk/claims/nothing/history'])('nor at %s', async (path) => {
    const editor = await desk.signedIn('editor');
    const form = { state: 'published', version: '1', change: '0198c0de-0000-7000-8000-000000000001' };
    expect([404, 422]).toContain((await send(editor, form, path)).status);
  });
});

describe('what is typed and not sent', () => {
  const id = '0198c0de-0000-7000-8000-000000000001';
  const form = { ...typed, 'unsent.id': id, 'unsent.version': '0', 'unsent.path': '/desk/claims/new' };

  it('is kept, gone on with, and ends when it is sent', async () => {
    const editor = await desk.signedIn('editor');
    const kept = await send(editor, form, '/desk/unsent').expect(200);
    expect(kept.body).toEqual({ id, version: 1, apart: false });
    expect((await desk.get('/desk', editor.cookie)).text).toContain(`/desk/claims/new?unsent=${id}`);
    const again = await desk.get(`/desk/claims/new?unsent=${id}`, editor.cookie).expect(200);
    expect(again.text).toContain('The bridge has been closed for a week');
    await logged(editor, { ...form, 'unsent.version': '1', text: 'Kept, then sent' });
    await desk.get(`/desk/claims/new?unsent=${id}`, editor.cookie).expect(404);
  });

  it('stays where another tab kept it since the one that is sent', async () => {
    const editor = await desk.signedIn('editor');
    await send(editor, form, '/desk/unsent').expect(200);
    await send(editor, { ...form, 'unsent.version': '1', text: 'Of the other tab' }, '/desk/unsent').expect(200);
    await logged(editor, { ...form, 'unsent.version': '1', text: 'Of the first tab' });
    expect((await desk.get('/desk', editor.cookie)).text).toContain('Of the other tab');
    await send(editor, { ...form, 'unsent.version': '2147483647' }, '/desk/unsent').expect(422);
    await send(editor, {}, `/desk/unsent/${id}/throw-away`).expect(303);
  });

  it('is nobody else’s', async () => {
    const [one, other] = [await desk.signedIn('editor'), await desk.signedIn('editor')];
    await send(one, form, '/desk/unsent').expect(200);
    await desk.get(`/desk/claims/new?unsent=${id}`, other.cookie).expect(404);
    await send(other, {}, `/desk/unsent/${id}/throw-away`).expect(303);
    await desk.get(`/desk/claims/new?unsent=${id}`, one.cookie).expect(200);
    await send(one, {}, `/desk/unsent/${id}/throw-away`).expect(303);
  });

  it('is kept apart where another tab kept it since, so that neither is lost', async () => {
    const editor = await desk.signedIn('editor');
    await send(editor, { ...form, text: 'From one tab' }, '/desk/unsent').expect(200);
    const other = await send(editor, { ...form, text: 'From another tab' }, '/desk/unsent').expect(200);
    expect(other.body).toMatchObject({ version: 1, apart: true });
    const first = await desk.get(`/desk/claims/new?unsent=${id}`, editor.cookie);
    const second = await desk.get(`/desk/claims/new?unsent=${other.body.id}`, editor.cookie);
    expect(first.text).toContain('From one tab');
    expect(second.text).toContain('From another tab');
  });

  it('is no change of the record', async () => {
    const editor = await desk.signedIn('editor');
    const count = () =>
      site.db
        .selectFrom('changes')
        .select(({ fn }) => fn.countAll().as('all'))
        .executeTakeFirstOrThrow();
    const before = await count();
    await send(editor, { ...form, 'unsent.id': '0198c0de-0000-7000-8000-000000000009' }, '/desk/unsent').expect(200);
    expect(await count()).toEqual(before);
  });
});
