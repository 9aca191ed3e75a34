import type { RequestHandler } from 'express';
import { sendAnswer } from '../send-answer.ts';
import { loaderScript } from './scripts.ts';

const body = Buffer.from(loaderScript);

/** The loader of <on-record>. Its address never changes, as it stands in pages of others. */
export const loader: RequestHandler = (req, res) =>
  sendAnswer(req, res, body, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    'access-control-allow-origin': '*',
  });
