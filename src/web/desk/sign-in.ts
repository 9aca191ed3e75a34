import type { Request, Response } from 'express';
import { findAccount } from '../../domain/users/account.ts';
import { isPassword } from '../../domain/users/passwords.ts';
import { forgetAttempts } from '../../domain/users/try-sign-in.ts';
import { badText } from '../../lib/text.ts';
import { isSameOrigin } from '../middleware/same-origin.ts';
import type { Site } from '../site.ts';
import { countGuess, guessAt, recordRefusal } from './guess.ts';
import { letIn } from './let-in.ts';
import { askForCode } from './sign-in-code.tsx';
import { showSignIn } from './sign-in-form.tsx';

/**
 * Signs somebody in, or asks for the code of who has such. The same is said, after the same time, whether the address or
 * the password is not right; every refusal is in the history, and who guesses too often has to wait.
 */
export async function signIn(site: Site, req: Request, res: Response): Promise<void> {
  if (!isSameOrigin(req, site.publicUrl))
    return showSignIn(site, req, res, 403, 'That form came from another site, so nothing was done.');
  const form = new URLSearchParams((req.body as string) || '');
  const [email, password] = [form.get('email') ?? '', form.get('password') ?? ''];
  const sayNo = () => showSignIn(site, req, res, 401, 'The e-mail address or the password is not right.', email);
  if (!email || email.length > 320 || badText(email) || !password || password.length > 1024) return sayNo();

  const account = await findAccount(site.db, email);
  const guess = guessAt(site, req, email, account);
  const wait = await countGuess(site, guess);
  if (wait) return showSignIn(site, req, res.set('Retry-After', wait.seconds), 429, wait.text, email);
  if (!(await isPassword(password, account?.passwordHash))) {
    await recordRefusal(site, 'password', account);
    return sayNo();
  }
  if (account!.totpSecret) return askForCode(site, req, res, account!, email);
  await letIn(site, req, res, account!, async (tx) => {
    await forgetAttempts(tx, guess);
    return true;
  });
}
