import { Router } from 'express';
import type { Site } from '../site.ts';

/** The addresses of records, which everything on record carries, lead to what the API says of them. */
export function recordPages({ publicUrl }: Pick<Site, 'publicUrl'>): Router {
  const router = Router();
  const paths = {
    '/people/:person': ({ person }: Record<string, string>) => `people/${person}/timeline`,
    '/claims/:claim': ({ claim }: Record<string, string>) => `claims/${claim}`,
    '/statements/:id': ({ id }: Record<string, string>) => `statements/${id}`,
    '/sources/:id': ({ id }: Record<string, string>) => `sources/${id}`,
    '/topics/:topic': ({ topic }: Record<string, string>) => `claims?topic=${topic}`,
  };
  for (const [path, target] of Object.entries(paths)) {
    router.get(path, (req, res) => {
      const parameters = Object.fromEntries(
        Object.entries(req.params).map(([name, value]) => [name, encodeURIComponent(String(value))]),
      );
      res.redirect(303, `${publicUrl}/api/v1/${target(parameters)}`);
    });
  }
  return router;
}
