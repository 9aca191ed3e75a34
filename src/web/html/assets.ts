import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { sendAnswer } from '../send-answer.ts';

/** A file that pages refer to. Its address has the hash of its bytes, so that whoever has it never asks again. */
export interface Asset {
  path: string;
  type: string;
  bytes: Buffer;
}

/** A file beside the module `beside`, by its name. */
export function asset(name: string, type: string, beside: string = import.meta.url): Asset {
  return namedByHash(name, type, readFileSync(new URL(name, beside)));
}

/** Bytes as an asset: `desk.css` at `/assets/desk.<hash>.css`. */
export function namedByHash(name: string, type: string, bytes: Buffer): Asset {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return { path: `/assets/${name.replace('.', `.${hash}.`)}`, type, bytes };
}

export const stylesheet = asset('style.css', 'text/css; charset=utf-8');

export const icon = asset('favicon.svg', 'image/svg+xml');

/** Serves the files that pages refer to, and leads to the icon where browsers look for it of what is no page, such as a feed. */
export function assetRouter(assets: readonly Asset[]): Router {
  const router = Router();
  router.get('/favicon.ico', (_req, res) => res.set('cache-control', 'public, max-age=86400').redirect(icon.path));
  for (const { path, type, bytes } of assets) {
    router.get(path, (req, res) =>
      sendAnswer(req, res, bytes, { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }),
    );
  }
  return router;
}
