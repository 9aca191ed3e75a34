import { change } from '../../db/change.ts';
import { changePassword } from '../../domain/users/change-password.ts';
import { hashPassword, NewPassword } from '../../domain/users/passwords.ts';
import { confirmPassword } from './confirm-password.ts';
import { Field, FormToken, type Mistakes } from './forms.tsx';
import type { Visit } from './visit.ts';

export async function showOwnPassword(visit: Visit, mistakes: Mistakes = {}, status = 200): Promise<void> {
  const main = (
    <form class="desk-form" method="post" action="/desk/account/password">
      <FormToken token={visit.token} />
      <OwnPassword mistakes={mistakes} />
      <NewPasswordField mistakes={mistakes} />
      <button type="submit" class="deed">
        Change it
      </button>
      <p class="note">You stay signed in here. Everywhere else you are signed out.</p>
    </form>
  );
  await visit.show({ title: 'Change your password', main }, status);
}

/** Asked of who sits before an open session, for what would shut its user out. */
export function OwnPassword({ mistakes }: { mistakes: Mistakes }) {
  return (
    <Field
      name="password"
      label="Your password"
      type="password"
      autocomplete="current-password"
      required
      mistakes={mistakes}
    />
  );
}

export function NewPasswordField({ mistakes }: { mistakes: Mistakes }) {
  return (
    <Field
      name="chosen"
      label="New password"
      hint="At least 12 characters; a few words that only you would put together are easy to keep."
      type="password"
      autocomplete="new-password"
      minLength={12}
      required
      mistakes={mistakes}
    />
  );
}

/** What somebody typed as their new password, or what is wrong with it. */
export async function readNewPassword(typed: string): Promise<{ password: string } | { mistakes: Mistakes }> {
  const chosen = await NewPassword.safeParseAsync(typed);
  return chosen.success
    ? { password: chosen.data }
    : { mistakes: { chosen: `This ${chosen.error.issues[0]!.message}.` } };
}

export async function changeOwnPassword(visit: Visit): Promise<void> {
  const { site, session, field, leadTo } = visit;
  const chosen = await readNewPassword(field('chosen'));
  if ('mistakes' in chosen) return showOwnPassword(visit, chosen.mistakes, 422);
  const wrong = await confirmPassword(visit);
  if (wrong) return showOwnPassword(visit, { password: wrong }, 422);
  const hash = await hashPassword(chosen.password);
  await change(site.db, { actor: session, action: 'password.change' }, (tx) =>
    changePassword(tx, hash, session.sessionId),
  );
  leadTo('/desk/account?done=password');
}
