import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testSite } from '../support/site.ts';

const data = new URL('../../../shared/data/', import.meta.url);
const site = testSite();
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(site.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

interface Answer {
  text?: string;
  statement?: { id: string };
  saidOn?: object;
  errors?: { pointer: string }[];
}

async function post(path: string, body: Uint8Array<ArrayBuffer> | string) {
  const answer = await fetch(`${origin}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.tokens.editor}`, 'content-type': 'application/json' },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

/** Sends a text in every field that takes free text; each comes back byte for byte or is refused by its pointer. */
async function everywhere(text: string, tag: string): Promise<void> {
  const claim = await post(
    'claims',
    JSON.stringify({
      text,
      language: 'en',
      topics: [text.slice(0, 100)],
      statement: {
        person: { name: text },
        quoteKind: 'translated',
        quote: text,
        original: text,
        venue: text,
        language: 'en',
        saidOn: '2025',
        sources: [
          {
            title: `${text} ${tag}`,
            author: text,
            publisher: { name: text },
            role: 'primary',
            excerpt: { exact: text, prefix: text, suffix: text },
          },
        ],
      },
    }),
  );
  expect([201, 422]).toContain(claim.status);
  if (claim.status === 422) {
    expect(claim.body.errors).toContainEqual(
      expect.objectContaining({ pointer: expect.stringMatching(/^\/(text|statement|topics)/) }),
    );
    return;
  }
  expect(claim.body.text).toBe(text);
  const read = await fetch(`${origin}/api/v1/statements/${claim.body.statement!.id}`);
  const statement = (await read.json()) as { speaker: { name: string } };
  expect(statement).toMatchObject({
    quote: text,
    original: text,
    venue: text,
    sources: [{ title: `${text} ${tag}`, excerpt: { exact: text, prefix: text, suffix: text } }],
  });
  expect(statement.speaker.name.normalize('NFC').trim()).toBe(text.normalize('NFC').trim());
  for (const list of ['claims', 'search', 'people']) {
    const found = await fetch(`${origin}/api/v1/${list}?q=${encodeURIComponent(text.slice(0, 200))}`);
    if (found.status === 422) expect(await found.json()).toMatchObject({ errors: [{ pointer: '/q' }] });
    else expect([list, found.status]).toEqual([list, 200]);
  }
}

it.each([
  ['NUL', 'a\u0000b'],
  ['a lone high surrogate', 'a\ud800b'],
  ['a lone low surrogate', '\udfff'],
  ['blanks', ' \n\t '],
])('refuses %s and points at the field', async (_, text) => {
  const answer = await post('claims', JSON.stringify({ text, language: 'en' }));
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/text' }] } });
});

it('refuses bytes that are not UTF-8', async () => {
  const answer = await post(
    'claims',
    Buffer.concat([Buffer.from('{"language":"en","text":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  );
  expect(answer.status).toBe(422);
});

it.each(['\u202eevil', 'e\u0301 and é', '👩‍👩‍👧‍👦', '<script>alert(1)</script>', '\ufeffBOM', 'a\u2028b', '\u0001'])(
  'keeps %j as it is',
  (text) => everywhere(text, 'own'),
);

const whenShared = existsSync(data) ? describe : describe.skip;
whenShared('with what others collected', () => {
  it('keeps or refuses each naughty string', async () => {
    const strings = JSON.parse(readFileSync(new URL('blns/blns.json', data), 'utf8')) as string[];
    const some = process.env.ALL_TEXTS ? strings : strings.filter((_, index) => index % 4 === 0);
    for (const [index, text] of some.entries()) await everywhere(text, String(index));
    expect(strings.length).toBeGreaterThan(400);
  }, 600_000);

  it('answers each JSON file that must be refused with 400 or 422, and the others without 5xx', async () => {
    const folder = fileURLToPath(new URL('jsontestsuite/test_parsing/', data));
    const files = readdirSync(folder);
    for (const file of files) {
      const answer = await post('claims', readFileSync(join(folder, file)));
      expect({ file, status: answer.status }).toEqual({
        file,
        status: file.startsWith('n_') ? expect.any(Number) : 422,
      });
      expect([400, 422, 413]).toContain(answer.status);
    }
    expect(files.length).toBeGreaterThan(300);
  }, 600_000);

  it('keeps each EDTF date as written or refuses it at its field', async () => {
    const vectors = JSON.stringify(JSON.parse(readFileSync(new URL('edtf/vectors.json', data), 'utf8')));
    const dates = [
      ...new Set([...vectors.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, text]) => JSON.parse(`"${text}"`) as string)),
    ].slice(0, 400);
    for (const saidOn of dates) {
      const answer = await post(
        'statements',
        JSON.stringify({ person: { name: 'A' }, quoteKind: 'verbatim', quote: 'a', language: 'en', saidOn }),
      );
      if (answer.status === 201) expect(answer.body.saidOn).toMatchObject({ edtf: saidOn });
      else expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/saidOn' }] } });
    }
  }, 600_000);
});
