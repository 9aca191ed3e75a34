import { hash } from '@node-rs/argon2';

/**
 * Argon2id, with its parameters in the hash (19 MiB, 2 passes, as OWASP advises). It takes about 0.1 s: call it before
 * `change()`, which lets nobody else write meanwhile. One password typed on two keyboards is the same (NFKC).
 */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'));
}
