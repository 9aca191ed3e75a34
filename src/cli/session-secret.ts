import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** SESSION_SECRET or, where that is unset, a random one that is made once and kept in the data folder. */
export async function sessionSecret(config: Config): Promise<string> {
  if (config.sessionSecret) return config.sessionSecret;
  const file = join(config.dataDir, 'session-secret');
  try {
    return (await read(file)) ?? (await make(file));
  } catch (error) {
    throw new Error(`SESSION_SECRET is not set, and none can be kept in ${file}: ${(error as Error).message}`);
  }
}

async function read(file: string): Promise<string | undefined> {
  const secret = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (secret !== undefined && secret.length < 32)
    throw new Error('the file is too short; remove it to have a new one made');
  return secret;
}

/** Written aside and linked into place, so that of two servers that start together both use the one that was first. */
async function make(file: string): Promise<string> {
  const aside = `${file}-${process.pid}`;
  await mkdir(join(file, '..'), { recursive: true });
  try {
    await writeFile(aside, randomBytes(48).toString('base64url'), { mode: 0o600 });
    await link(aside, file).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(aside, { force: true });
  }
  return (await read(file))!;
}
