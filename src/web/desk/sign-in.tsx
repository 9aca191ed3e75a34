import type { Request, Response } from 'express';
import { change } from '../../db/change.ts';
import type { Actor } from '../../db/types.ts';
import { type Account, findAccount } from '../../domain/users/account.ts';
import { isPassword } from '../../domain/users/passwords.ts';
import { refuseSignIn } from '../../domain/users/refuse-sign-in.ts';
import { SESSION_DAYS, startSession } from '../../domain/users/start-session.ts';
import { forgetAttempts, type Guess, trySignIn } from '../../domain/users/try-sign-in.ts';
import { TooMany } from '../../errors.ts';
import { badText } from '../../lib/text.ts';
import { renderPage } from '../html/document.tsx';
import { isSameOrigin } from '../middleware/same-origin.ts';
import { cookiesOf, setCookie } from '../session-cookie.ts';
import type { Site } from '../site.ts';
import { newDevice, provenDevice } from './device.ts';
import { Field } from './forms.tsx';
import { deskPage } from './layout.tsx';
import { parametersOf, showPage } from './visit.ts';

/** Whoever is not signed in yet. */
const somebody: Actor = { id: null, tokenId: null, roles: [] };

const DEVICE_DAYS = 365;

export function showSignIn(site: Site, req: Request, res: Response, status = 200, problem?: string, email = ''): void {
  const main = (
    <form class="desk-form" method="post" action={`/desk/sign-in${new URL(req.originalUrl, site.publicUrl).search}`}>
      <Field name="email" label="E-mail address" type="email" required autocomplete="username" value={email} />
      <Field name="password" label="Password" type="password" required autocomplete="current-password" />
      <button type="submit" class="deed">
        Sign in
      </button>
      <p class="note">An account is made by a link, which an administrator of the desk gives you.</p>
    </form>
  );
  const notice = problem === undefined ? undefined : { text: problem, bad: true };
  showPage(res, status, renderPage(site, deskPage(site, { title: 'Sign in', main, notice })));
}

/**
 * Signs somebody in. The same is said, after the same time, whether the address or the password is not right; every
 * refusal is in the history, and who guesses too often has to wait.
 */
export async function signIn(site: Site, req: Request, res: Response): Promise<void> {
  if (!isSameOrigin(req, site.publicUrl))
    return showSignIn(site, req, res, 403, 'That form came from another site, so nothing was done.');
  const form = new URLSearchParams((req.body as string) || '');
  const [email, password] = [form.get('email') ?? '', form.get('password') ?? ''];
  const sayNo = () => showSignIn(site, req, res, 401, 'The e-mail address or the password is not right.', email);
  if (!email || email.length > 320 || badText(email) || !password || password.length > 1024) return sayNo();

  const account = await findAccount(site.db, email);
  const { session: previous, device } = cookiesOf(req, site.publicUrl);
  const guess: Guess = {
    email,
    network: req.socket.remoteAddress ?? '',
    device: account && provenDevice(site.secret, account.id, device),
  };
  try {
    await change(site.db, { actor: somebody, action: 'sign-in.try' }, (tx) => trySignIn(tx, guess));
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    res.set('Retry-After', String(error.seconds));
    return showSignIn(site, req, res, 429, `${error.message} (${waiting(error.seconds)})`, email);
  }
  if (!(await isPassword(password, account?.passwordHash))) {
    const reason = account ? `Wrong password for ${account.name}` : 'Nobody signs in with the address that was given';
    await change(site.db, { actor: somebody, action: 'sign-in.refuse', reason }, refuseSignIn);
    return sayNo();
  }
  await letIn(site, req, res, account!, guess, previous);
}

async function letIn(
  site: Site,
  req: Request,
  res: Response,
  account: Account,
  guess: Guess,
  previous: string | undefined,
): Promise<void> {
  const actor: Actor = { id: account.id, tokenId: null, roles: account.roles };
  const started = await change(site.db, { actor, action: 'session.start' }, async (tx) => {
    await forgetAttempts(tx, guess);
    return startSession(tx, { agent: req.headers['user-agent'], previous });
  });
  setCookie(res, site.publicUrl, 'session', started.secret, SESSION_DAYS);
  if (!guess.device) setCookie(res, site.publicUrl, 'device', newDevice(site.secret, account.id), DEVICE_DAYS);
  res.redirect(303, nextOf(req));
}

/** Where they wanted to go: a page of the desk, never another site. */
function nextOf(req: Request): string {
  const next = parametersOf(req).get('next') ?? '';
  return /^\/desk(?:[/?][\w/?=&%.-]*)?$/.test(next) ? next : '/desk';
}

const waiting = (seconds: number) =>
  seconds < 90
    ? `${seconds} seconds`
    : seconds < 5400
      ? `${Math.ceil(seconds / 60)} minutes`
      : `${Math.ceil(seconds / 3600)} hours`;
