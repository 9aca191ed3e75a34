import { type Request, type Response, Router } from 'express';
import { change } from '../../db/change.ts';
import type { Actor, Database } from '../../db/types.ts';
import { demandOf } from '../../domain/users/permissions.ts';
import { Invalid, Malformed, NotFound, pointerTo, Unauthenticated } from '../../errors.ts';
import { TooLarge } from '../../lib/spool.ts';
import { badText } from '../../lib/text.ts';
import type { Ask } from '../ask.ts';
import { callerOf } from '../caller.ts';
import { acceptedForm, type Form, isForm } from '../forms.ts';
import { isPublic, type Memory } from '../memory.ts';
import { liftDeadline } from '../middleware/deadline.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { problem, sendProblem } from '../middleware/problems.ts';
import { digestOf, sendAnswer } from '../send-answer.ts';
import type { Site } from '../site.ts';
import { claims } from './claims.ts';
import { type Export, exportRows, formsOf, noSuchForm, refuseUnheeded, sendExport } from './export.ts';
import { findAnswer, keepAnswer } from './idempotency.ts';
import { imports } from './imports.ts';
import { people } from './people.ts';
import { type Asked, parse, readCall } from './read-call.ts';
import { records } from './records.ts';
import type { Answer, Question, Read, Route, Task, Write } from './route.ts';
import { searching } from './search.ts';
import { settings } from './settings.ts';
import { sources } from './sources.ts';
import { statements } from './statements.ts';

/** Every address of the API. */
export const routes: readonly Route[] = [
  ...people,
  ...claims,
  ...statements,
  ...sources,
  ...records,
  ...searching,
  ...settings,
  ...imports,
];

/** Those without a parameter first: /claims/match is no claim. */
const paths = [...new Set(routes.map(({ path }) => path))].sort(
  (a, b) => Number(a.includes('{')) - Number(b.includes('{')),
);

/** Answers the other faces as the public is answered, or as somebody who is signed in. */
export function asker(site: Site, actor: Actor | null = null): Ask {
  const reads = new Map(routes.flatMap((route) => ('read' in route ? [[route.path, route] as const] : [])));
  return async <T>(path: string, params: Record<string, string> = {}, query: Record<string, string> = {}) => {
    const route = reads.get(path);
    if (!route) throw new Error(`The API reads nothing at ${path}`);
    const asked = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!));
    const call = readCall(route, site, { params, query, path: asked }, actor);
    return JSON.parse((await route.read(call as never, site)).json) as T;
  };
}

/**
 * All that a list, timeline or record at a path of the API has, `/people/donald-trump/timeline`, as the address that ends in
 * this form gives it. Throws what the API would answer with a problem.
 */
export async function exportAt(
  site: Site,
  form: Form,
  { path, query, actor }: { path: string; query: Record<string, string>; actor: Actor | null },
): Promise<Export> {
  for (const pattern of paths) {
    const params = new RegExp(`^${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path);
    const route = params && routes.find((one): one is Read => one.path === pattern && formsOf(one as Read).length > 0);
    if (!route) continue;
    refuseUnheeded(form, query);
    return exportRows(route, form, readCall(route, site, { params: { ...params.groups }, query, path }, actor), site);
  }
  const known = routes.flatMap((route) => (formsOf(route as Read).length ? [route.path.slice(1)] : []));
  throw new NotFound('list', path.slice(1), `There is no list "${path.slice(1)}". There are: ${known.join(', ')}.`);
}

/** The API below /api/v1. */
export function apiRouter(site: Site, memory: Memory): Router {
  const router = Router({ caseSensitive: true });
  for (const path of paths) {
    const here = routes.filter((route) => route.path === path);
    const pattern = path.replace(/\{(\w+)\}/g, ':$1');
    for (const route of here) {
      // What ends in .csv and the like asks for another form: neither slugs nor ids have a dot.
      if ('read' in route) router.get(`${pattern}{.:form}`, (req, res) => serveRead(route, site, memory, req, res));
      else if ('perform' in route) router.post(pattern, (req, res) => serveTask(route, site, req, res));
      else if ('reply' in route) router.post(pattern, ...jsonBody, (req, res) => serveQuestion(route, site, req, res));
      else router[route.method](pattern, ...jsonBody, (req, res) => serveWrite(route, site, memory, req, res));
    }
    const allowed = here.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    router.all(pattern, (_req, res) => {
      res.setHeader('allow', allowed.join(', '));
      sendProblem(res, problem(405, 'method_not_allowed', `This address takes ${allowed.join(', ')}.`));
    });
  }
  return router;
}

async function serveRead(route: Read, site: Site, memory: Memory, req: Request, res: Response): Promise<void> {
  const { generation } = memory;
  const form = formAskedFor(route, req, res);
  const actor = await callerOf(req, site);
  const asked = askedBy(req);
  refuseUnheeded(form, asked.query);
  const call = readCall(route, site, asked, actor);
  if (form !== 'json') return sendExport(route, form, call, site, req, res);
  const answer = await route.read(call as never, site);
  const body = Buffer.from(answer.json);
  const headers = {
    ...(answer.link && { link: answer.link }),
    etag: etagOf(answer, body),
    'content-type': 'application/json; charset=utf-8',
    'cache-control': isPublic(req) ? 'public, no-cache' : 'private, no-cache',
  };
  sendAnswer(req, res, body, headers, { keeping: { memory, generation } });
}

/** As the address ends, else as Accept prefers. Throws `NotFound` for an ending that this address does not have. */
function formAskedFor(route: Read, req: Request, res: Response): Form {
  const { form: extension } = req.params;
  if (formsOf(route).length) res.vary('accept');
  if (extension === undefined) {
    const accepted = acceptedForm(req);
    return formsOf(route).includes(accepted as never) ? accepted : 'json';
  }
  if (typeof extension === 'string' && isForm(extension)) return extension;
  throw noSuchForm(route, String(extension));
}

async function serveWrite(route: Write, site: Site, memory: Memory, req: Request, res: Response): Promise<void> {
  const actor = await callerOf(req, site);
  if (!actor) throw new Unauthenticated();
  const call = {
    ...readCall(route, site, askedBy(req), actor, req.headers['if-match']),
    body: parse(route.choose?.(req.body) ?? route.body, req.body),
  };
  const key = route.method === 'post' ? idempotencyKey(req) : undefined;
  const repeatable =
    key && actor.tokenId
      ? { key, route: `${req.method} ${req.baseUrl}${req.path}`, body: req.body as unknown }
      : undefined;
  const { reason } = call.body as { reason?: string | null };
  const done = await change(site.db, { actor, action: route.action, reason }, async (tx) => {
    const given = repeatable && (await findAnswer(tx, repeatable));
    if (given) return tx.unchanged(given);
    const result = await route.act(tx, call as never, site);
    const answer = (db: Database) => route.answer(result as never, call as never, { ...site, db });
    // What a repeat is answered is kept in the act's own transaction; else it is read when others have their turn again.
    if (!repeatable) return answer;
    const made = await answer(tx);
    await keepAnswer(tx, repeatable, made);
    return made;
  });
  const answer = typeof done === 'function' ? await done(site.db) : done;
  memory.forget();
  sendWritten(answer, site, req, res);
}

async function serveQuestion(route: Question, site: Site, req: Request, res: Response): Promise<void> {
  const call = readCall(route, site, askedBy(req), await callerOf(req, site));
  const body = parse(route.body, req.body);
  sendWritten(await route.reply({ ...call, body } as never, site), site, req, res);
}

async function serveTask(route: Task, site: Site, req: Request, res: Response): Promise<void> {
  const actor = await callerOf(req, site);
  if (!actor) throw new Unauthenticated();
  demandOf(actor, route.permission);
  const call = { ...readCall(route, site, askedBy(req), actor), actor };
  if (route.takes.length && !route.takes.includes(typeOf(req)))
    return sendProblem(
      res,
      problem(415, 'unsupported_media_type', `Send the file as one of ${route.takes.join(', ')}.`),
    );
  liftDeadline(res);
  try {
    sendWritten(await route.perform(call as never, site, req), site, req, res);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    sendProblem(res, problem(413, 'too_large', 'The file is too large. Divide it, or import it at the command line.'));
  }
}

const typeOf = (req: Request): string => (req.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

function sendWritten(answer: Answer, site: Site, req: Request, res: Response): void {
  const body = Buffer.from(answer.json);
  const headers = {
    etag: etagOf(answer, body),
    ...(answer.location && { location: `${site.publicUrl}/api/v1${answer.location}` }),
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  sendAnswer(req, res, body, headers, { status: answer.status ?? 200 });
}

function askedBy(req: Request): Asked {
  const { form, ...params } = req.params;
  return { params, query: queryOf(req), path: form ? req.path.slice(0, -form.length - 1) : req.path };
}

/** The query, decoded strictly: a parameter given twice, or bytes that are not UTF-8, would else be guessed at. */
function queryOf(req: Request): Record<string, string> {
  const start = req.originalUrl.indexOf('?');
  if (start < 0) return {};
  const query: Record<string, string> = Object.create(null);
  for (const pair of req.originalUrl
    .slice(start + 1)
    .split('&')
    .filter(Boolean)) {
    const [name = '', value = ''] = pair.split(/=(.*)/s).map(decode);
    const bad = badText(name) ?? badText(value);
    if (bad) throw new Invalid([{ pointer: pointerTo([name]), detail: bad }]);
    if (name in query)
      throw new Invalid([
        { pointer: pointerTo([name]), detail: 'is given twice: give it once, several values with commas' },
      ]);
    query[name] = value;
  }
  return { ...query };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw new Malformed('The query is not percent-encoded UTF-8.');
  }
}

function idempotencyKey(req: Request): string | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Malformed('Idempotency-Key must be 1 to 255 printable ASCII characters.');
}

/** Strong: of one record its version and the hash of the bytes, of lists the hash. */
function etagOf({ version }: Answer, body: Buffer): string {
  const hash = digestOf(body);
  return version === undefined ? `"${hash}"` : `"${version}-${hash}"`;
}
