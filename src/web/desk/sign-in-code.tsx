import type { Request, Response } from 'express';
import { type Account, findAccount } from '../../domain/users/account.ts';
import { takeStep } from '../../domain/users/take-step.ts';
import { stepOf } from '../../domain/users/totp.ts';
import { forgetAttempts } from '../../domain/users/try-sign-in.ts';
import { renderPage } from '../html/document.tsx';
import { isSameOrigin } from '../middleware/same-origin.ts';
import type { Site } from '../site.ts';
import { CodeField } from './code-field.tsx';
import { countGuess, guessAt, recordRefusal } from './guess.ts';
import { deskPage } from './layout.tsx';
import { letIn } from './let-in.ts';
import { isSame, proofOf } from './proofs.ts';
import { showSignIn } from './sign-in-form.tsx';
import { showPage } from './visit.ts';

/** How long somebody who gave the right password has for the code. */
const MINUTES = 10;

/** Asks for the code of somebody who gave the right password. */
export function askForCode(site: Site, req: Request, res: Response, account: Account, email: string): void {
  const until = String(site.now().getTime() + MINUTES * 60_000);
  showCode(site, req, res, { email, until, proof: proofOfPassword(site, account, until) });
}

/** Bound to the password that was given, so that it ends with it. */
const proofOfPassword = (site: Site, { id, passwordHash }: Account, until: string) =>
  proofOf(site.secret, `password ${id} ${passwordHash} ${until}`);

interface Halfway {
  email: string;
  /** When the proof ends, in milliseconds since 1970. */
  until: string;
  proof: string;
}

function showCode(site: Site, req: Request, res: Response, halfway: Halfway, status = 200, problem?: string): void {
  const main = (
    <form
      class="desk-form"
      method="post"
      action={`/desk/sign-in/code${new URL(req.originalUrl, site.publicUrl).search}`}
    >
      {Object.entries(halfway).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <CodeField hint="Your authenticator app shows it under the name of this site." autofocus />
      <button type="submit" class="deed">
        Sign in
      </button>
      <p class="note">Without your device, ask an administrator of the desk for a link to start anew.</p>
    </form>
  );
  const notice = problem === undefined ? undefined : { text: problem, bad: true };
  showPage(res, status, renderPage(site, deskPage(site, { title: 'Enter your code', main, notice })));
}

/** Lets in who gave the right password a moment ago, by the code that their device shows. */
export async function signInByCode(site: Site, req: Request, res: Response): Promise<void> {
  if (!isSameOrigin(req, site.publicUrl))
    return showSignIn(site, req, res, 403, 'That form came from another site, so nothing was done.');
  const form = new URLSearchParams((req.body as string) || '');
  const field = (name: string) => form.get(name) ?? '';
  const halfway = { email: field('email'), until: field('until'), proof: field('proof') };
  const { email, until, proof } = halfway;

  const account = await findAccount(site.db, email);
  const isHalfway = account && isSame(proof, proofOfPassword(site, account, until));
  if (!isHalfway || !account.totpSecret || Number(until) < site.now().getTime())
    return showSignIn(site, req, res, 401, 'That took too long. Sign in again.', email);
  const guess = guessAt(site, req, email, account);
  const wait = await countGuess(site, guess);
  if (wait) return showCode(site, req, res.set('Retry-After', wait.seconds), halfway, 429, wait.text);

  const step = stepOf(account.totpSecret, field('code'), site.now());
  const isLetIn =
    step !== undefined &&
    (await letIn(site, req, res, account, async (tx) => {
      await forgetAttempts(tx, guess);
      return takeStep(tx, account.id, step);
    }));
  if (isLetIn) return;
  await recordRefusal(site, 'code', account);
  showCode(site, req, res, halfway, 401, 'This is not the code of this moment, or it has been used.');
}
