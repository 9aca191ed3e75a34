import express, { type Request, type Response, Router } from 'express';
import { change } from '../../db/change.ts';
import type { Actor, Database } from '../../db/types.ts';
import { AcceptInvitation, acceptInvitation } from '../../domain/users/accept-invitation.ts';
import { type CreatedToken, makeToken } from '../../domain/users/create-token.ts';
import { findOpenInvitation } from '../../domain/users/open-invitation.ts';
import { hashPassword } from '../../domain/users/passwords.ts';
import { SESSION_DAYS, startSession } from '../../domain/users/start-session.ts';
import { Conflict, Gone } from '../../errors.ts';
import { renderPage } from '../html/document.tsx';
import { isSameOrigin } from '../middleware/same-origin.ts';
import { cookiesOf, setCookie } from '../session-cookie.ts';
import type { Site } from '../site.ts';
import { mistakesIn } from './forms.tsx';
import { deskHeaders } from './headers.ts';
import { type DeskPage, deskPage } from './layout.tsx';
import { fromElsewhere, linkGone, setupForm, welcome } from './setup-pages.tsx';
import { showPage } from './visit.ts';

/** Nobody yet: the link is what allows it. */
const newcomer: Actor = { id: null, tokenId: null, roles: [] };

/** The page of an invitation's link, where somebody becomes a user and gets their tokens. */
export function setupPage(site: Site): Router {
  const { db, publicUrl, now } = site;
  const show = (res: Response, status: number, page: DeskPage): void =>
    showPage(res, status, renderPage(site, deskPage(site, page)));
  const router = Router();

  router.use('/setup', deskHeaders);

  router.get('/setup/:secret', async (req, res) => {
    const invitation = await findOpenInvitation(db, req.params.secret, now().toISOString());
    if (!invitation) return show(res, 410, linkGone);
    const suggested = new URL(req.originalUrl, publicUrl).searchParams;
    show(res, 200, setupForm({ name: suggested.get('name') ?? '', email: suggested.get('email') ?? '' }));
  });

  router.post(
    '/setup/:secret',
    express.urlencoded({ extended: false, limit: '20kb' }),
    async (req: Request<{ secret: string }>, res) => {
      if (!isSameOrigin(req, publicUrl)) return show(res, 403, fromElsewhere);
      const { secret } = req.params;
      // Asked before the password is hashed, so that nobody without a link makes us work.
      if (!(await findOpenInvitation(db, secret, now().toISOString()))) return show(res, 410, linkGone);

      const typed = { name: field(req, 'name'), email: field(req, 'email'), password: field(req, 'password') };
      const input = await AcceptInvitation.safeParseAsync(typed);
      if (!input.success) return show(res, 422, setupForm(typed, mistakesIn(input.error)));
      try {
        const { user, tokens } = await accept(db, secret, input.data);
        await signIn(db, publicUrl, user, req, res);
        show(res, 201, welcome(site, input.data.name, tokens));
      } catch (error) {
        if (error instanceof Gone) return show(res, 410, linkGone);
        if (!(error instanceof Conflict)) throw error;
        show(res, 409, setupForm(typed, { email: error.message }));
      }
    },
  );

  return router;
}

/** Makes the user and, for each of their roles, a token: all or nothing. */
async function accept(
  db: Database,
  secret: string,
  { name, email, password }: AcceptInvitation,
): Promise<{ user: Actor; tokens: CreatedToken[] }> {
  const passwordHash = await hashPassword(password);
  return change(db, { actor: newcomer, action: 'invitation.accept' }, async (tx) => {
    const { id: ownerId, roles } = await acceptInvitation(tx, { secret, name, email, passwordHash });
    const tokens: CreatedToken[] = [];
    for (const role of roles)
      tokens.push(await makeToken(tx, { name: `${name} (${role})`.slice(-500), role, days: 365, ownerId }));
    return { user: { id: ownerId, tokenId: null, roles }, tokens };
  });
}

/** Whoever just chose a password need not type it again. */
async function signIn(db: Database, publicUrl: string, user: Actor, req: Request, res: Response): Promise<void> {
  const { session: previous } = cookiesOf(req, publicUrl);
  const { secret } = await change(db, { actor: user, action: 'session.start' }, (tx) =>
    startSession(tx, { agent: req.headers['user-agent'], previous }),
  );
  setCookie(res, publicUrl, 'session', secret, SESSION_DAYS);
}

function field({ body }: Request, name: string): string {
  const value: unknown = body?.[name];
  return typeof value === 'string' ? value : '';
}
