import { Secret, TOTP } from 'otpauth';

/** Codes of six digits, a new one every 30 seconds, as all authenticator apps make them (RFC 6238). */
function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), issuer, label, algorithm: 'SHA1', digits: 6, period: 30 });
}

/** A secret to share with somebody's device: 160 random bits in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** Whether a text may be such a secret. */
export const isTotpSecret = (text: string): boolean => /^[A-Z2-7]{32}$/.test(text);

/** The address that an authenticator app takes a secret from: `otpauth://totp/…`. */
export function totpAddress(secret: string, site: string, user: string): string {
  return totpOf(secret, site, user).toString();
}

/** The step of time that a code is of, where it is that of now, of the step before or of the one after. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const totp = totpOf(secret);
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code.replaceAll(/\s/g, ''), timestamp, window: 1 });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}
