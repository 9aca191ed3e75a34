import type { Request, Response } from 'express';
import { renderPage } from '../html/document.tsx';
import type { Site } from '../site.ts';
import { Field } from './forms.tsx';
import { deskPage } from './layout.tsx';
import { showPage } from './visit.ts';

export function showSignIn(site: Site, req: Request, res: Response, status = 200, problem?: string, email = ''): void {
  const main = (
    <form class="desk-form" method="post" action={`/desk/sign-in${new URL(req.originalUrl, site.publicUrl).search}`}>
      <Field name="email" label="E-mail address" type="email" required autocomplete="username" value={email} />
      <Field name="password" label="Password" type="password" required autocomplete="current-password" />
      <button type="submit" class="deed">
        Sign in
      </button>
      <p class="note">
        An account is made by a link, which an administrator of the desk gives you. Who has lost their password or the
        device with their codes gets one, too.
      </p>
    </form>
  );
  const notice = problem === undefined ? undefined : { text: problem, bad: true };
  showPage(res, status, renderPage(site, deskPage(site, { title: 'Sign in', main, notice })));
}
