import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists } from './embedded-binaries.ts';
import { draftIn, removeOldDrafts } from './embedded-drafts.ts';
import type { Runner } from './embedded-user.ts';

const PASSWORD = 'onrecord-password';

/**
 * Makes a cluster with the role and database `onrecord`. It is made as a draft and renamed, so that a kill at any
 * moment leaves either nothing or all of it.
 */
export async function makeCluster(cluster: string, binaries: string, runner: Runner, sync: boolean): Promise<void> {
  const folder = dirname(cluster);
  await removeOldDrafts(folder, 'postgres');
  const draft = await draftIn(folder, 'postgres');
  try {
    await fillDraft(draft, join(binaries, 'bin'), runner, sync);
    await rename(join(draft, 'cluster'), cluster);
    if (sync) await syncFolder(folder);
  } catch (error) {
    if (!(await exists(cluster))) throw explained(error as NodeJS.ErrnoException, runner); // else another start made it
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

export async function readPassword(cluster: string): Promise<string> {
  return readFile(join(cluster, PASSWORD), 'utf8');
}

// The server works as a role that owns its database but is no superuser: what slips into a query cannot read files.
// Nobody knows the superuser's password; whoever may read the folder can still use `postgres --single`.
async function fillDraft(draft: string, bin: string, runner: Runner, sync: boolean): Promise<void> {
  const cluster = join(draft, 'cluster');
  const [password, superuserPassword] = [secret(), secret()];
  const [passwordFile, superuserFile] = [join(draft, 'password'), join(draft, 'superuser')];
  await writeFile(passwordFile, password, { mode: 0o600 });
  await writeFile(superuserFile, superuserPassword, { mode: 0o600 });
  if (runner.owner) {
    for (const path of [draft, passwordFile, superuserFile]) await chown(path, runner.owner.uid, runner.owner.gid);
  }
  await run(runner, join(bin, 'initdb'), [
    ...['--pgdata', cluster, '--no-sync', '--no-instructions'],
    ...['--username=postgres', `--pwfile=${superuserFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  await run(
    runner,
    join(bin, 'postgres'),
    ['--single', '-D', cluster, '-c', 'exit_on_error=on', '-c', 'fsync=off', 'postgres'],
    `create role onrecord login createdb password '${password}';\ncreate database onrecord owner onrecord;\n`,
  );
  await rename(passwordFile, join(cluster, PASSWORD));
  if (sync) await run(runner, join(bin, 'initdb'), ['--sync-only', '--pgdata', cluster]);
}

function explained(error: NodeJS.ErrnoException, { owner }: Runner): Error {
  if (!owner || (error.code !== 'EPERM' && error.code !== 'EACCES')) return error;
  return new Error(
    `The embedded database could not be made: ${error.message}. Root lacks its usual rights here (the capabilities ` +
      'CHOWN and DAC_OVERRIDE). Start On Record as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

function secret(): string {
  return randomBytes(24).toString('hex');
}

async function run(runner: Runner, program: string, programArgs: string[], input = ''): Promise<void> {
  const { command, args, options } = runner.run(program, programArgs);
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout!.on('data', (text) => (said += text));
  child.stderr!.on('data', (text) => (said += text));
  child.stdin!.on('error', () => undefined).end(input);
  const ending = await new Promise<string | number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve(code ?? signal));
  });
  if (ending === 0) return;
  throw new Error(`The embedded database could not be made (${ending}). PostgreSQL said:\n${lastLines(said)}`);
}

export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-10).join('\n');
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
