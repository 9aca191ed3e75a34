import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { remembered, send } from '../memory.ts';
import { loaderScript } from './scripts.ts';

const body = Buffer.from(loaderScript);
const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** The loader of <on-record>. Its address never changes, as it stands in pages of others. */
export const loader: RequestHandler = (req, res) => {
  const headers = {
    ...res.getHeaders(),
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    'access-control-allow-origin': '*',
    etag,
  };
  send(req, res, remembered(etag, headers, body));
};
