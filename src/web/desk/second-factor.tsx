import { renderSVG } from 'uqr';
import { change } from '../../db/change.ts';
import { accountOf } from '../../domain/users/account.ts';
import { isTotpSecret, newTotpSecret, stepOf, totpAddress } from '../../domain/users/totp.ts';
import { turnOffTotp } from '../../domain/users/turn-off-totp.ts';
import { turnOnTotp } from '../../domain/users/turn-on-totp.ts';
import { CodeField } from './code-field.tsx';
import { confirmPassword } from './confirm-password.ts';
import { FormToken, type Mistakes } from './forms.tsx';
import { OwnPassword } from './own-password.tsx';
import type { Visit } from './visit.ts';

/** Signing in with a code: turning it on with a new secret, or off again. */
export async function showSecondFactor(visit: Visit): Promise<void> {
  if (await hasCodes(visit)) return showTurnOff(visit);
  await showTurnOn(visit, newTotpSecret());
}

/** Whether codes are asked of who is signed in. */
export async function hasCodes({ site, session }: Visit): Promise<boolean> {
  return (await accountOf(site.db, session.id))?.totpSecret != null;
}

async function showTurnOn(visit: Visit, secret: string, mistakes: Mistakes = {}, status = 200): Promise<void> {
  const { site, session, token, show } = visit;
  const address = totpAddress(secret, site.siteName, session.name);
  const main = (
    <form class="desk-form" method="post" action="/desk/account/codes">
      <FormToken token={token} />
      <input type="hidden" name="secret" value={secret} />
      <p>
        Besides your password, signing in will then take a code from an authenticator app on your phone or computer. Let
        the app scan this, or <a href={address}>open it here</a>:
      </p>
      <div
        class="qr"
        role="img"
        aria-label="The key below, for the camera of an app"
        dangerouslySetInnerHTML={{ __html: renderSVG(address, { border: 2 }) }}
      />
      <p>
        The same key, to type: <code class="secret">{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <CodeField hint="The code that the app shows now." mistakes={mistakes} />
      <OwnPassword mistakes={mistakes} />
      <button type="submit" class="deed">
        Turn codes on
      </button>
    </form>
  );
  await show({ title: 'Sign in with a code', main }, status);
}

async function showTurnOff({ token, show }: Visit, mistakes: Mistakes = {}, status = 200): Promise<void> {
  const main = (
    <form class="desk-form" method="post" action="/desk/account/codes/off">
      <FormToken token={token} />
      <p>Signing in takes a code of yours, besides your password.</p>
      <OwnPassword mistakes={mistakes} />
      <button type="submit" class="deed">
        Turn codes off
      </button>
    </form>
  );
  await show({ title: 'Sign in with a code', main }, status);
}

export async function turnOnCodes(visit: Visit): Promise<void> {
  const { site, session, field, leadTo } = visit;
  const secret = field('secret');
  if (!isTotpSecret(secret)) return showTurnOn(visit, newTotpSecret(), {}, 422);
  const step = stepOf(secret, field('code'), site.now());
  if (step === undefined)
    return showTurnOn(
      visit,
      secret,
      { code: 'This is not the code of this moment. Is the clock of your device right?' },
      422,
    );
  const wrong = await confirmPassword(visit);
  if (wrong) return showTurnOn(visit, secret, { password: wrong }, 422);
  await change(site.db, { actor: session, action: 'totp.turn-on' }, (tx) => turnOnTotp(tx, { secret, step }));
  leadTo('/desk/account?done=codes-on');
}

export async function turnOffCodes(visit: Visit): Promise<void> {
  const { site, session, leadTo } = visit;
  const wrong = await confirmPassword(visit);
  if (wrong) return showTurnOff(visit, { password: wrong }, 422);
  await change(site.db, { actor: session, action: 'totp.turn-off' }, turnOffTotp);
  leadTo('/desk/account?done=codes-off');
}
