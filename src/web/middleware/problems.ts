import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { asProblem, isUnavailable } from '../../db/violations.ts';
import {
  Conflict,
  Forbidden,
  Gone,
  Invalid,
  Malformed,
  NotFound,
  Problem,
  pointerTo,
  Stale,
  TooMany,
  Unauthenticated,
  Unavailable,
  VersionRequired,
} from '../../errors.ts';
import { renderPage } from '../html/document.tsx';
import { errorPage } from '../html/error-page.tsx';
import { pageHeaders } from '../html/send-page.ts';
import type { PublicSite } from '../site.ts';

const STATUSES: readonly (readonly [new (...args: never[]) => Problem, number])[] = [
  [Invalid, 422],
  [Malformed, 400],
  [Unauthenticated, 401],
  [Forbidden, 403],
  [NotFound, 404],
  [Conflict, 409],
  [Gone, 410],
  [Stale, 412],
  [VersionRequired, 428],
  [TooMany, 429],
  [Unavailable, 503],
];

/** RFC 9457. `code` is stable; `errors` point at fields; `others` are the records that stand in the way. */
export interface ProblemBody {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
  code: string;
  instance?: string;
  errors?: readonly { pointer: string; detail: string }[];
  others?: readonly object[];
}

/** Turns whatever was thrown into application/problem+json or, where a page was asked for, into a page. */
export function problems(log: Logger, site: PublicSite): ErrorRequestHandler {
  return (thrown, req, res, _next) => {
    if (res.writableEnded) return; // the deadline answered
    if (res.headersSent) return void res.destroy();
    const body = problemOf(thrown);
    if (body.status >= 500) {
      body.instance = `urn:uuid:${randomUUID()}`;
      log[body.status === 500 ? 'error' : 'warn'](
        { err: thrown, instance: body.instance, method: req.method, url: withoutSecret(req.originalUrl) },
        body.detail,
      );
    }
    answerProblem(site, req, res, body);
  };
}

/** A page for who asks for a page, else JSON. */
export function answerProblem(site: PublicSite, req: Request, res: Response, body: ProblemBody): void {
  if (asksForPage(req)) {
    setProblemHeaders(res, body);
    res.set(pageHeaders).end(renderPage(site, errorPage(body, req.originalUrl.startsWith('/desk'))));
  } else sendProblem(res, body);
}

/** Browsers name HTML first; of what is not the API's, who names nothing gets what stands there: a page. */
function asksForPage(req: Request): boolean {
  if (/^\/(api|livez|readyz)\b/.test(req.originalUrl)) return false;
  return req.accepts(['html', 'json', 'application/problem+json']) === 'html';
}

/** The link of an invitation or a reset is as good as a password, so the log does not have it. */
const withoutSecret = (url: string): string => url.replace(/^(\/setup|\/desk\/reset)\/.*/, '$1/…');

export function sendProblem(res: Response, body: ProblemBody): void {
  setProblemHeaders(res, body);
  res.setHeader('content-type', 'application/problem+json');
  res.end(JSON.stringify(body));
}

function setProblemHeaders(res: Response, body: ProblemBody): void {
  if (body.status === 401) res.setHeader('www-authenticate', 'Bearer');
  if (body.status === 503) res.setHeader('retry-after', '1');
  res.removeHeader('etag');
  res.setHeader('cache-control', 'no-store');
  res.status(body.status);
}

export function problem(status: number, code: string, detail: string): ProblemBody {
  return { type: 'about:blank', title: STATUS_CODES[status]!, status, detail, code };
}

/** What whoever asked is told of an error. */
export function problemOf(thrown: unknown): ProblemBody {
  const error = thrown instanceof ZodError ? invalid(thrown) : (asProblem(thrown) ?? thrown);
  if (error instanceof Problem) {
    const status = STATUSES.find(([kind]) => error instanceof kind)?.[1] ?? 400;
    return {
      ...problem(status, error.code, error.message),
      ...(error instanceof Invalid && { errors: error.issues }),
      ...(error instanceof Conflict && error.others.length && { others: error.others }),
    };
  }
  if (isUnavailable(error))
    return problem(
      503,
      'database_unavailable',
      'The database cannot be reached just now. Nothing was lost; try again.',
    );
  return (
    fromExpress(error) ??
    problem(500, 'internal', 'Something went wrong on our side. The id in "instance" is in our log too.')
  );
}

/** Express and its body parser throw errors that carry a status. */
function fromExpress(error: unknown): ProblemBody | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status === 413) return problem(413, 'too_large', 'The body is too large: send at most 1 MB.');
  if (error.status === 415)
    return problem(415, 'unsupported_media_type', 'This encoding is not understood: send plain, gzip, deflate or br.');
  if (error.status >= 400 && error.status < 500)
    return problem(error.status, 'malformed', 'The request is not well-formed.');
  return undefined;
}

/** One issue a field; of a union the branch that got furthest speaks. */
/** What a schema says of an input, in the form of what acts say of it. */
export function invalid(error: ZodError): Invalid {
  return new Invalid(
    error.issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') {
        const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
        return { pointer: pointerTo(issue.path), detail: isMissing ? 'is required' : issue.message };
      }
      return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: 'is not known here' }));
    }),
  );
}
