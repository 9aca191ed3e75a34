import type { Request, Response } from 'express';
import { change } from '../../db/change.ts';
import { hashPassword } from '../../domain/users/passwords.ts';
import { findOpenReset, resetPassword } from '../../domain/users/reset-password.ts';
import { Gone } from '../../errors.ts';
import { renderPage } from '../html/document.tsx';
import { isSameOrigin } from '../middleware/same-origin.ts';
import type { Site } from '../site.ts';
import type { Mistakes } from './forms.tsx';
import { deskPage } from './layout.tsx';
import { letIn } from './let-in.ts';
import { NewPasswordField, readNewPassword } from './own-password.tsx';
import { showPage } from './visit.ts';

/** The page of a link by which somebody chooses a new password. */
export async function showReset(site: Site, req: Request, res: Response, mistakes: Mistakes = {}): Promise<void> {
  const user = await openReset(site, req);
  const main = (
    <form class="desk-form" method="post">
      <p>
        For {user.name}, {user.email}.
      </p>
      {/* Lets password managers know whose it is. */}
      <input type="hidden" name="username" autocomplete="username" value={user.email ?? ''} />
      <NewPasswordField mistakes={mistakes} />
      <button type="submit" class="deed">
        Choose it and sign in
      </button>
      <p class="note">
        Wherever you are signed in you are signed out. Codes are no longer asked of you, until you turn them on again.
      </p>
    </form>
  );
  const status = Object.keys(mistakes).length ? 422 : 200;
  showPage(res, status, renderPage(site, deskPage(site, { title: 'Choose a new password', main })));
}

export async function chooseByReset(site: Site, req: Request, res: Response): Promise<void> {
  // Asked before the password is hashed, so that nobody without a link makes us work.
  const user = await openReset(site, req);
  const typed = new URLSearchParams((req.body as string) || '').get('chosen') ?? '';
  const chosen = isSameOrigin(req, site.publicUrl)
    ? await readNewPassword(typed)
    : { mistakes: { chosen: 'This form came from another site, so nothing was done.' } };
  if ('mistakes' in chosen) return showReset(site, req, res, chosen.mistakes);
  const hash = await hashPassword(chosen.password);
  // So that the history says whose password it was.
  const actor = { id: user.id, tokenId: null, roles: user.roles };
  await change(site.db, { actor, action: 'password.reset' }, (tx) => resetPassword(tx, secretOf(req), hash));
  await letIn(site, req, res, user);
}

const secretOf = (req: Request): string => String(req.params.secret);

async function openReset(site: Site, req: Request) {
  const user = await findOpenReset(site.db, secretOf(req), site.now().toISOString());
  if (!user) throw new Gone('reset.gone', 'This link was used, has expired or was replaced by a newer one.');
  return user;
}
