import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder to make something in, out of sight until it is renamed to its place. It carries its maker's pid. */
export function draftIn(folder: string, name: string): Promise<string> {
  return mkdtemp(join(folder, `.${name}-draft-${process.pid}-`));
}

/** Clears away what killed makers left behind. */
export async function removeOldDrafts(folder: string, name: string): Promise<void> {
  const prefix = `.${name}-draft-`;
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(prefix)) continue;
    const draft = join(folder, entry);
    if (await isBeingMade(draft, Number.parseInt(entry.slice(prefix.length), 10))) continue;
    await rm(draft, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function isBeingMade(draft: string, maker: number): Promise<boolean> {
  if (maker !== process.pid) return isAlive(maker);
  // In a container every start may get the same pid: a draft older than this process is not ours.
  const made = await stat(draft).catch(() => undefined);
  return made !== undefined && made.birthtimeMs >= Date.now() - process.uptime() * 1000;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
