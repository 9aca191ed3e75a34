import express, { type Request, type Response, Router } from 'express';
import { change } from '../../db/change.ts';
import { endSession } from '../../domain/users/end-session.ts';
import { Invalid } from '../../errors.ts';
import { badText } from '../../lib/text.ts';
import { setCookie } from '../session-cookie.ts';
import type { Site } from '../site.ts';
import { endOneSession, showAccount } from './account.tsx';
import { exportChanges, showChanges } from './changes.tsx';
import { showDesk } from './home.tsx';
import { showSignIn, signIn } from './sign-in.tsx';
import { createOneToken, revokeOneToken, showTokens } from './tokens.tsx';
import { editOneUser, inviteOneUser, showUsers } from './users.tsx';
import { visit } from './visit.ts';

/** The signed-in side, under /desk: where those work who keep the record. */
export function desk(site: Site): Router {
  const router = Router();
  router.use('/desk', (_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'same-origin' });
    next();
  });
  router.use('/desk', express.text({ type: 'application/x-www-form-urlencoded', limit: '1mb' }), refuseBadText);

  router.get('/desk/sign-in', async (req: Request, res: Response) => showSignIn(site, req, res));
  router.post('/desk/sign-in', (req, res) => signIn(site, req, res));
  router.post(
    '/desk/sign-out',
    visit(site, async ({ session, leadTo }, res) => {
      await change(site.db, { actor: session, action: 'session.end' }, (tx) => endSession(tx, session.sessionId));
      setCookie(res, site.publicUrl, 'session', '', 0);
      leadTo('/desk/sign-in');
    }),
  );
  router.get('/desk', visit(site, showDesk));
  router.get('/desk/account', visit(site, showAccount));
  router.post('/desk/account/sessions', visit(site, endOneSession));
  router.get('/desk/users', visit(site, showUsers));
  router.post('/desk/users', visit(site, inviteOneUser));
  router.post('/desk/users/:id', visit(site, editOneUser));
  router.get('/desk/tokens', visit(site, showTokens));
  router.post('/desk/tokens', visit(site, createOneToken));
  router.post('/desk/tokens/:id/revoke', visit(site, revokeOneToken));
  router.get('/desk/changes', visit(site, showChanges));
  router.get('/desk/changes.csv', visit(site, exportChanges));
  return router;
}

/** What PostgreSQL cannot hold is refused before any act sees it. */
function refuseBadText(req: Request, _res: Response, next: () => void): void {
  for (const [name, value] of new URLSearchParams(typeof req.body === 'string' ? req.body : '')) {
    const bad = badText(value);
    if (bad) throw Invalid.at([name], bad);
  }
  next();
}
