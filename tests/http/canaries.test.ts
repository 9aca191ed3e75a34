import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isForm } from '../../src/web/forms.ts';
import {
  CANARY,
  type Hidden,
  hideCanaries,
  hideWork,
  type Open,
  openRecord,
  tablesWithCanary,
  unpublishedStates,
  workTables,
} from '../support/canaries.ts';
import { mountedRoutes } from '../support/mounted-routes.ts';
import { type Asked, publicAddresses, type References, referencesTo } from '../support/public-addresses.ts';
import { bytesOf, textIn } from '../support/read-form.ts';
import { testSite } from '../support/site.ts';

jest.setTimeout(240_000);

const NOBODY = '00000000-0000-7000-8000-000000000001';

let now = new Date();
const mounted = mountedRoutes();
const site = testSite(() => now);

type Headers = Record<string, string | undefined>;

/** All that the public is answered, to the byte. */
async function answerTo({ path, body }: Asked, method = body ? 'post' : 'get') {
  const test = site.call(method as 'get', path);
  let answer = { status: 0, headers: {} as Headers };
  test.expect(({ status, headers }) => {
    answer = { status, headers };
  });
  const bytes = await bytesOf(body ? test.send(body) : test);
  const { date: _, etag, 'content-length': length, ...headers } = answer.headers;
  const form = /\.(\w+)(\?|$)/.exec(path)?.[1] ?? '';
  if (isForm(form) && answer.status === 200)
    return { status: 200, headers: headers as Headers, text: await textIn(form, bytes) };
  return {
    status: answer.status,
    headers: { ...headers, etag, length } as Headers,
    text: bytes.toString(headers['content-type'] === 'image/png' ? 'base64' : 'utf8'),
  };
}

type Answers = Record<string, Awaited<ReturnType<typeof answerTo>>>;

async function answersAt(references: References, where: (path: string) => boolean = () => true): Promise<Answers> {
  const answers: Answers = {};
  for (const [route, all] of Object.entries(publicAddresses(references))) {
    const [method] = route.split(' ');
    for (const asked of all.filter(({ path }) => where(path)))
      answers[`${method} ${asked.path} ${JSON.stringify(asked.body ?? '')}`] = await answerTo(asked, method);
  }
  return answers;
}

let open: Open;
let references: References;
let before: Answers;
const hidden = {} as Record<string, Hidden>;

beforeAll(async () => {
  open = await openRecord(site);
  references = await referencesTo(site, open);
  now = new Date();
  before = await answersAt(references);
  for (const state of unpublishedStates) hidden[state] = await hideCanaries(site, open, state);
  await hideWork(site, open);
});

describe('what is not published', () => {
  it('is looked for at every route that there is, and at no other', () => {
    const known = new Set(Object.keys(publicAddresses(references)));
    const desk =
      /^(\w+) \/(desk|setup)|^(get|post|patch) \/api\/v1\/.*(history|settings|imports)|^all \/api|^get \/assets\/|^use /;
    expect(mounted().filter((route) => !known.has(route) && !desk.test(route))).toEqual([]);
    expect([...known].filter((route) => !mounted().includes(route))).toEqual([]);
  });

  it('is also what those who work on the record propose, say, begin and bring in', async () => {
    expect(await tablesWithCanary(site)).toEqual(workTables);
  });

  it('changes nothing of what the public is answered: no word, count, order, tag or status', async () => {
    const after = await answersAt(references);
    const changed = Object.keys(before).filter(
      (address) => JSON.stringify(before[address]) !== JSON.stringify(after[address]),
    );
    expect(changed.map((address) => ({ address, ...after[address] }))).toEqual(
      changed.map((address) => ({ address, ...before[address] })),
    );
  });

  it('is in no answer, but where the question has it', () => {
    const { id, statement, topics } = open.first;
    const never = [CANARY, id, statement.id, statement.speaker.id, topics[0].id];
    const found = Object.entries(before).filter(([address, { text }]) =>
      never.some((one) => !address.includes(one) && text.includes(one)),
    );
    expect(found).toEqual([]);
  });
});

const nouns = ['claim', 'id', 'person', 'verdict', 'attribution', 'topic', 'source'] as const;

describe.each([
  ['a record of its own', nouns],
  ['a finding below what is public', ['verdict', 'attribution'] as const],
])('the address of %s', (_, those) => {
  const none = Object.fromEntries(those.map((noun) => [noun, NOBODY]));
  // An unpublished record has no filters to be asked with.
  const isAsked = (path: string) => !path.includes('?') || /[?&](asOf|rev|url|reference)=/.test(path);
  let expected: object;
  beforeAll(async () => {
    expected = plain(await answersAt({ ...references, ...none }, (path) => path.includes(NOBODY) && isAsked(path)));
  });
  /** Without the tags of what is answered, as they are of the id, too. */
  const plain = (answers: Answers, ids: readonly string[] = []) =>
    Object.fromEntries(
      Object.entries(answers).map(
        ([
          address,
          {
            status,
            headers: { etag, length, ...headers },
            text,
          },
        ]) => {
          const asNobody = (words: string) => ids.reduce((all, id) => all.replaceAll(id, NOBODY), words);
          return [
            asNobody(address),
            {
              status,
              headers: asNobody(JSON.stringify(headers)),
              text: asNobody(text).replace(/&quot;[\w-]{22}&quot;/, ''),
            },
          ];
        },
      ),
    );

  it.each(unpublishedStates)('answers as one where nothing is on record, when it is %s', async (state) => {
    const ids = Object.fromEntries(those.map((noun) => [noun, hidden[state]![noun]]));
    const isIts = (path: string) => Object.values(ids).some((id) => path.includes(id)) && isAsked(path);
    expect(plain(await answersAt({ ...references, ...ids }, isIts), Object.values(ids))).toEqual(expected);
  });
});
