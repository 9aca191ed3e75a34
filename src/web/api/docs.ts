import { createHash } from 'node:crypto';
import express, { Router } from 'express';
// Not from the package itself, which would run its scripts for browsers.
import absolutePath from 'swagger-ui-dist/absolute-path.js';

const SCRIPT = `window.ui = SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · On Record</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<main id="docs"><noscript>This page needs scripts. The document that it shows is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</noscript></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script>${SCRIPT}</script>
</html>
`;

const POLICY = [
  `default-src 'none'`,
  `script-src 'self' 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Readable documentation of the API, with nothing from another host. */
export function docsRouter(): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.set({ 'content-security-policy': POLICY, 'cache-control': 'public, no-cache' });
    res.type('html').send(PAGE);
  });
  router.use(express.static(absolutePath(), { index: false, maxAge: '1h' }));
  return router;
}
