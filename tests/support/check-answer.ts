import { strict as assert } from 'node:assert';
import type { Response } from 'supertest';
import { ProblemAnswer } from '../../src/web/answers.ts';
import { routes } from '../../src/web/api/router.ts';
import { publicUrl } from './database.ts';

/** The part of the document that matters here. */
export interface Document {
  paths: Record<string, Record<string, { responses: Record<string, object> }>>;
}

const known = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^/api/v1${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** Holds an answer that a test sees against what the API's document says of it: status, headers, each member. */
export function checkAnswer(response: Response, document: Document): void {
  const { method, path } = (response as unknown as { req: { method: string; path: string } }).req;
  const place = `${method} ${path} → ${response.status}`;
  if (response.status >= 400) checkProblem(response, place, path);
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const address = path.split('?')[0]!.replace(/\.[\w.]+$/, '');
  const route = known.find((one) => one.method === verb && one.pattern.test(address));
  if (!route) return;
  const { responses } = document.paths[route.path]![verb]!;
  assert(String(response.status) in responses, `${place} is not documented`);
  if (response.status >= 400 || response.status === 304 || method === 'HEAD') return;
  const form = response.headers['content-type']!.split(';')[0]!;
  const { content } = responses[response.status] as { content: Record<string, object> };
  assert(form in content, `${place} is not documented as ${form}`);
  if (form !== 'application/json') return;
  const { error } = route.answers[response.status]!.safeParse(response.body);
  assert(!error, `${place} is not as documented: ${error?.message}`);
  checkHeaders(response, place);
}

function checkHeaders({ status, headers, body }: Response, place: string): void {
  assert.match(headers['content-type']!, /^application\/json; charset=utf-8$/, place);
  const { version } = body as { version?: number };
  assert.match(headers.etag!, new RegExp(`^"${version === undefined ? '' : `${version}-`}[\\w-]{22}(-gzip)?"$`), place);
  if (status === 201) assert.match(headers.location!, new RegExp(`^${publicUrl}/api/v1/`), place);
  const next = (body as { page?: { next: string | null } }).page?.next;
  const link = next && new RegExp(`cursor=${next.replaceAll('.', '\\.')}[^>]*>; rel="next"$`);
  if (link) assert.match(headers.link!, link, place);
  else assert.equal(headers.link, undefined, place);
}

function checkProblem({ status, headers, body }: Response, place: string, path: string): void {
  if (!path.startsWith('/api/') && /^text\/html/.test(headers['content-type'] ?? '')) return;
  assert.match(headers['content-type'] ?? '', /^application\/problem\+json/, place);
  if (Object.keys(body).length === 0) return; // HEAD
  const { error } = ProblemAnswer.safeParse(body);
  assert(!error, `${place} is not a problem: ${error?.message}`);
  assert.equal((body as { status: number }).status, status, place);
}
