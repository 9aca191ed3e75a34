import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { openCursor, sealCursor } from '../../db/page.ts';
import { isUnavailable } from '../../db/violations.ts';
import { type ClaimsSearch, searchedClaims } from '../../domain/exchange/claims-search.ts';
import { Language } from '../../domain/fields.ts';
import { badText } from '../../lib/text.ts';
import type { Site } from '../site.ts';

/** More are not sent at once, however many are asked for. */
const MOST = 100;

const whole = (name: string, least: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `Invalid value at '${name}' (TYPE_INT32)`)
    .transform(Number)
    .refine((value) => value >= least, `Invalid value at '${name}': must be ${least} or more`)
    .optional();
const words = z
  .string()
  .max(1000)
  .refine((text) => badText(text) === undefined, 'Invalid value: text that cannot be kept');

/** What every method of Google's takes, and what we have no use for. */
const system = Object.fromEntries(
  [
    'key',
    'alt',
    'fields',
    'prettyPrint',
    'quotaUser',
    'access_token',
    'oauth_token',
    'uploadType',
    'upload_protocol',
    '$.xgafv',
  ].map((name) => [name, z.string().optional()]),
);

const Query = z.strictObject({
  ...system,
  query: words.optional(),
  languageCode: z
    .string()
    .refine(
      (tag) => tag === '' || Language.safeParse(tag).success,
      "Invalid value at 'languageCode': must be a BCP 47 tag",
    )
    .optional(),
  reviewPublisherSiteFilter: words.optional(),
  maxAgeDays: whole('maxAgeDays', 1),
  pageSize: whole('pageSize', 0),
  pageToken: z.string().max(2000).optional(),
  offset: whole('offset', 0),
});

/** Fails as Google's APIs do: https://cloud.google.com/apis/design/errors */
class Refused extends Error {}

/**
 * Our record as Google's Fact Check Tools answer, so that a client of theirs changes its host and works. Others' verdicts
 * stand beside ours. `key` and its like are taken and not looked at.
 */
export function claimsSearch(site: Site): Router {
  const router = Router();
  router.get('/v1alpha1/claims\\:search', async (req, res) => {
    const asked = queryOf(req);
    const { search, list } = searchOf(asked, site);
    const { claims, last } = await searchedClaims(site.db, search, {
      name: site.publisherName,
      url: site.publisherUrl,
    });
    answer(res, 200, {
      ...(claims.length && { claims }),
      ...(last && { nextPageToken: sealCursor(site.secret, list, last) }),
    });
  });
  router.use('/v1alpha1', (req, res) =>
    fail(res, 404, 'NOT_FOUND', `There is no method ${req.method} ${req.originalUrl.split('?')[0]}.`),
  );
  router.use('/v1alpha1', failed);
  return router;
}

function searchOf(asked: Record<string, string>, site: Site): { search: ClaimsSearch; list: string } {
  const { data, error } = Query.safeParse(asked);
  if (!data) throw new Refused(error.issues.map(sentence).join('\n'));
  const { query, reviewPublisherSiteFilter, languageCode, maxAgeDays, pageToken, pageSize, offset = 0 } = data;
  if (!query?.trim() && !reviewPublisherSiteFilter?.trim())
    throw new Refused('Request must have a query or a reviewPublisherSiteFilter.');
  const list = JSON.stringify([query, reviewPublisherSiteFilter, languageCode, maxAgeDays]);
  const after = pageToken ? openCursor(site.secret, list, pageToken) : null;
  if (after === undefined) throw new Refused('Invalid pageToken: send it with the query that it came from.');
  const since = maxAgeDays && new Date(site.now().getTime() - maxAgeDays * 86_400_000).toISOString().slice(0, 10);
  return {
    list,
    search: {
      query: query?.trim() || undefined,
      site:
        reviewPublisherSiteFilter
          ?.trim()
          .toLowerCase()
          .replace(/^https?:\/\//, '')
          .replace(/^www\.|\/.*$/g, '') || undefined,
      languageCode: languageCode || undefined,
      since: since || undefined,
      pageSize: Math.min(pageSize || 10, MOST),
      // A token already says where to go on.
      offset: after ? 0 : offset,
      after,
    },
  };
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  return `Invalid JSON payload received. Unknown name "${issue.keys[0]}": Cannot bind query parameter.`;
}

function queryOf(req: Request): Record<string, string> {
  const [, search = ''] = req.originalUrl.split(/\?(.*)/s);
  return Object.fromEntries(new URLSearchParams(search));
}

const failed: ErrorRequestHandler = (thrown, _req, res, next) => {
  if (res.headersSent) return;
  if (thrown instanceof Refused) return fail(res, 400, 'INVALID_ARGUMENT', thrown.message);
  if (isUnavailable(thrown))
    return fail(res, 503, 'UNAVAILABLE', 'The database cannot be reached just now. Try again.');
  next(thrown);
};

const fail = (res: Response, code: number, status: string, message: string): void =>
  answer(res, code, { error: { code, message, status } });

function answer(res: Response, status: number, body: object): void {
  res.status(status);
  res.setHeader('access-control-allow-origin', '*');
  res.setHeader('cache-control', status === 200 ? 'public, no-cache' : 'no-store');
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.end(`${JSON.stringify(body, null, 2)}\n`);
}
