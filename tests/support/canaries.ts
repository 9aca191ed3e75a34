import { sql } from 'kysely';
import { change } from '../../src/db/change.ts';
import { jot } from '../../src/db/jot.ts';
import type { Writer } from '../../src/db/types.ts';
import { editClaim } from '../../src/domain/claims/edit-claim.ts';
import { addComment } from '../../src/domain/comments/add-comment.ts';
import { proposeEdit } from '../../src/domain/proposals/propose-edit.ts';
import { editStatement } from '../../src/domain/statements/edit-statement.ts';
import { keepUnsentForm } from '../../src/domain/unsent/keep-unsent-form.ts';
import { newId } from '../../src/lib/ids.ts';
import { aUser } from '../db/users.ts';
import { type Body, recordsOn, said } from './records.ts';
import type { Site } from './site.ts';

export const CANARY = 'Zyzzyva';

/** The states in which a record is not public and never was, and how it comes to be in each. */
export const unpublishedStates = ['draft', 'in_review', 'withdrawn'] as const;
type Unpublished = (typeof unpublishedStates)[number];

/** Ids of unpublished records, by what an address calls them. */
export type Hidden = Record<'claim' | 'id' | 'person' | 'verdict' | 'attribution' | 'topic' | 'source', string>;

/** A public record in which everything stands that drafts can hang on. */
export async function openRecord(site: Site) {
  const { aClaim, aResponse, aStatement, aVerdict, aPerson, anAttribution, amend } = recordsOn(site);
  // What is on record first of all is not public either.
  const statement = said({ by: `${CANARY} First` });
  const draft = { text: `${CANARY} first`, language: 'en', topics: [`${CANARY} first`], state: 'draft', statement };
  const { body: first } = await site.post('claims', draft).expect(201);
  const url = 'https://paper.example.org/bridge';
  const source = { url, title: 'The bridge', publisher: { name: 'The Paper' }, language: 'en' };
  await aPerson('Ada Lovelace', {
    names: [{ name: 'Ада Лавлейс', kind: 'transliteration', language: 'uk' }],
    roles: [{ title: 'Mayor of Millford', organization: { name: 'Millford' }, from: '2020' }],
  });
  const claim = await aClaim({
    text: 'The bridge at Millford was closed for a week by Kowalski',
    by: 'Ada Lovelace',
    topics: ['Bridges'],
    people: [{ person: 'ada-lovelace', as: 'about' }],
    onBehalfOf: 'Town Hall',
    sources: [{ ...source, role: 'primary' }],
    reason: CANARY,
  });
  const response = await aResponse(claim, { by: 'Grace Hopper', quote: 'It was open', repliesTo: claim.statement.id });
  await aVerdict(claim, { status: 'misleading', reason: CANARY });
  const verdict = await aVerdict(claim, { status: 'false' });
  await aVerdict(claim, { by: 'Other Checkers', status: 'mixed', nativeLabel: 'Half true', url: `${url}/verdict` });
  const attribution = await anAttribution(claim.statement);
  const gone = await aClaim({ text: 'The bridge was painted', by: 'Ada Lovelace' });
  await amend(`claims/${gone.id}`, { state: 'withdrawn', withdrawnBecause: 'A mix-up', reason: CANARY });
  // A public statement on a claim that is not: its position is left out.
  await aStatement({ by: 'Ada Lovelace', on: first.id, quote: 'They are beetles', reason: CANARY });
  await site
    .post('people/grace-hopper/merge', { into: (await aPerson('Rear Admiral Hopper')).id, reason: CANARY })
    .expect(200);
  const [cited] = (await site.get('sources?limit=1&publisher=the-paper').expect(200)).body.items;
  return { claim, response, verdict, attribution, gone, source: cited, first };
}

export type Open = Awaited<ReturnType<typeof openRecord>>;

/** Puts everything on record that is not to be public, in one state, with the canary in every field that takes words. */
export async function hideCanaries(site: Site, open: Open, state: Unpublished): Promise<Hidden> {
  const { etag } = recordsOn(site);
  const word = `${CANARY} ${state.replace('_', '')}`;
  const post = async (path: string, body: object, move = ''): Promise<Body> => {
    const { status, body: made } = await site.post(path, { ...body, reason: word }, 'contributor');
    if (status !== 201) throw new Error(`${path}: ${JSON.stringify(made)}`);
    if (move && state !== 'draft') {
      const at = `${move}/${made.id}`;
      const because = state === 'withdrawn' ? { withdrawnBecause: word } : {};
      await site.patch(at, { state, reason: word, ...because }, await etag(at)).expect(200);
    }
    return made;
  };
  const sources = [
    {
      url: `https://outlet.example.org/${CANARY}/${state}`,
      title: word,
      author: word,
      language: 'fi',
      publisher: { name: `${word} Times` },
      role: 'primary',
      excerpt: { exact: word, prefix: word, suffix: word },
      // A public source is had from one that is not, and the other way round.
      derivedFrom: [
        { url: open.source.url, relation: 'quotes', derivedFrom: [{ title: `${word} wire`, relation: 'quotes' }] },
      ],
    },
    { url: open.source.url, role: 'reports', excerpt: { exact: word } },
  ];
  const words = {
    quote: word,
    venue: word,
    original: `${word} talossa`,
    originalLanguage: 'fi',
    quoteKind: 'translated',
  };

  const person = await post('people', {
    name: `${word} Lovelace`,
    description: word,
    // A second spelling, by which a search would find more, if it counted.
    names: [{ name: `${word} Kowalski`, kind: 'alias' }],
    roles: [{ title: word, organization: 'ada-lovelace', from: '2021' }],
    externalIds: { wikidata: `Q${state.length}${CANARY.length}` },
  });
  const claim = await post(
    'claims',
    {
      text: `${word} bridge at Millford`,
      language: 'fi',
      topics: ['Bridges', `${word} topics`],
      people: [{ person: person.id }, { person: 'ada-lovelace' }],
      sources: [{ title: `${word} context`, role: 'context' }],
      statement: said({ by: `${word} Speaker`, onBehalfOf: `${word} Ministry`, ...words, sources }),
    },
    'claims',
  );
  if (state !== 'draft') {
    const at = `statements/${claim.statement.id}`;
    const because = state === 'withdrawn' ? { withdrawnBecause: word } : {};
    await site.patch(at, { state, ...because }, await etag(at)).expect(200);
  }
  const adas = { ...said({ by: 'ada-lovelace', onBehalfOf: 'town-hall', ...words }), sources };
  await post(
    `claims/${open.claim.id}/responses`,
    { ...adas, stance: 'retracts', repliesTo: open.response.id },
    'statements',
  );
  const positions = [
    { claim: open.claim.id, stance: 'asserts' },
    { claim: claim.id, stance: 'denies' },
  ];
  await post('statements', { ...adas, saidOn: '2019-01-01', positions }, 'statements');
  const silence = {
    quoteKind: 'silence',
    person: 'ada-lovelace',
    saidOn: '2025-02-09',
    askedOn: '2025-02-09',
    askedBy: { name: `${word} Asker` },
  };
  await post('statements', { ...silence, venue: word }, 'statements');
  const finding = { summary: word, evidence: [{ title: `${word} minutes`, role: 'supports' }] };
  const verdicts = `claims/${open.claim.id}/verdicts`;
  const verdict = await post(verdicts, { status: 'true', explanation: word, ...finding }, verdicts);
  const others = {
    status: 'unsupported',
    by: { name: `${word} Checkers` },
    nativeLabel: word,
    url: `https://outlet.example.org/${state}`,
  };
  await post(verdicts, { ...others, ...finding }, verdicts);
  const attributions = `statements/${open.claim.statement.id}/attributions`;
  const attribution = await post(attributions, { status: 'fabricated', ...finding }, attributions);
  const source = await post('sources', { title: `${word} alone`, publisher: 'the-paper' });
  const slug = `${word} topics`.toLowerCase().replaceAll(' ', '-');
  const { body: topic } = await site.get(`topics/${slug}`, 'contributor').expect(200);
  return {
    claim: claim.id,
    id: claim.statement.id,
    person: person.id,
    verdict: verdict.id,
    attribution: attribution.id,
    topic: topic.id,
    source: source.id,
  };
}

/** The tables of what is work on the record and no part of it, in which `hideWork` puts the canary. */
export const workTables = ['proposals', 'comments', 'unsent_forms', 'imports', 'changes', 'users'] as const;

/** Puts the canary in what those who work on a public record have proposed, said, begun and brought in. */
export async function hideWork(site: Site, { claim }: Open): Promise<void> {
  const dot = await aUser(site.db, `${CANARY} Dot`, 'contributor');
  const act = <T>(action: string, write: Parameters<typeof change<T>>[2]): Promise<T> =>
    change(site.db, { actor: dot, action, reason: CANARY }, write);
  const fields: [string, string][] = ['text', 'quote', 'venue', 'reason'].map((name) => [name, CANARY]);
  const propose = (noun: 'claim' | 'statement', recordId: string, edit: (tx: Writer) => Promise<void>) =>
    act('edit.propose', (tx) =>
      proposeEdit(tx, { noun, recordId, recordVersion: 1, proposalVersion: null, fields, edit }),
    );
  const { id } = claim.statement;
  await propose('claim', claim.id, (tx) => editClaim(tx, claim.id, 1, { text: CANARY, topics: [CANARY] }));
  await propose('statement', id, (tx) => editStatement(tx, id, 1, { quote: CANARY, venue: CANARY }));
  await act('comment.add', (tx) => addComment(tx, claim.id, { text: CANARY, to: [dot.id] }));
  const path = `/desk/claims/${claim.id}/edit`;
  await jot(site.db, (tx) => keepUnsentForm(tx, dot.id, { id: newId(), path, fields, version: 0 }));
  const refused = `${JSON.stringify({ type: 'claim', id: CANARY, text: CANARY, [CANARY]: CANARY })}\n`;
  await site
    .call('post', 'imports?format=jsonl', 'editor')
    .set('content-type', 'application/jsonl')
    .send(`${refused}${JSON.stringify({ type: 'end', records: 1 })}\n`)
    .expect(201);
}

/** The tables in whose rows the canary stands. */
export async function tablesWithCanary(site: Site): Promise<string[]> {
  const found = await Promise.all(
    workTables.map(async (table) => {
      const { rows } =
        await sql`select from ${sql.table(table)} as x where x::text like ${`%${CANARY}%`} limit 1`.execute(site.db);
      return rows.length ? [table] : [];
    }),
  );
  return found.flat();
}
