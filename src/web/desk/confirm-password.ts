import { accountOf } from '../../domain/users/account.ts';
import { isPassword } from '../../domain/users/passwords.ts';
import { countGuess, guessAt, recordRefusal } from './guess.ts';
import type { Visit } from './visit.ts';

/**
 * Makes sure that whoever sits before an open session is its user, before something that would shut the user out. Guesses
 * count as at the sign-in. Returns what is wrong, in words.
 */
export async function confirmPassword({ site, session, req, field }: Visit): Promise<string | undefined> {
  const account = await accountOf(site.db, session.id);
  const guess = guessAt(site, req, account?.email ?? '', account);
  const wait = await countGuess(site, guess);
  if (wait) return wait.text;
  if (!(await isPassword(field('password').slice(0, 1024), account?.passwordHash))) {
    await recordRefusal(site, 'password', account);
    return 'This is not your password.';
  }
}
