import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { z } from 'zod';

const SHORTEST = 12;
const LONGEST = 1024;

/** A password that somebody chooses; checked with `safeParseAsync`. */
export const NewPassword = z
  .string()
  .max(LONGEST, `must have at most ${LONGEST} characters`)
  .refine((password) => [...password].length >= SHORTEST, {
    message: `must have at least ${SHORTEST} characters`,
    abort: true,
  })
  .refine(async (password) => !(await isCommon(password)), 'is one of those that are guessed first: choose another');

/**
 * Argon2id, with its parameters in the hash (19 MiB, 2 passes, as OWASP advises). It takes about 0.1 s: call it before
 * `change()`, which lets nobody else write meanwhile. One password typed on two keyboards is the same (NFKC).
 */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await argon2();
  return hash(password.normalize('NFKC'));
}

// Loaded when first asked: it takes 10 MB, and programs come with tokens.
const argon2 = () => import('@node-rs/argon2');

/** Of a password that nobody has. */
let nobodys: Promise<string> | undefined;

/** Whether it is the password of this hash. Without one it takes as long: the time does not tell whether there is an account. */
export async function isPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  const { verify } = await argon2();
  nobodys ??= hashPassword('no password has this hash');
  const otherwise = await nobodys; // for whoever asks first, with an account or without
  const right = await verify(passwordHash ?? otherwise, password.normalize('NFKC'));
  return passwordHash != null && right;
}

// Loaded when first asked: its lists take 20 MB, and most servers never see a new password.
let strength: Promise<ZxcvbnFactory> | undefined;

/** Whether a password is among those that are tried first: lists of common ones, and what is made of them. */
async function isCommon(password: string): Promise<boolean> {
  strength ??= loadLists();
  // Longer ones take long to look at, and are not guessed by what they begin with.
  return (await strength).check(password.slice(0, 64)).guesses < 1e8;
}

async function loadLists(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}
