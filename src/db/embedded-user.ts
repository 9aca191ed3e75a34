import { type SpawnOptions, spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How PostgreSQL's programs are run: it refuses root, so root hands over to somebody else. */
export interface Runner {
  owner: { uid: number; gid: number } | undefined;
  run(program: string, args: string[]): { command: string; args: string[]; options: SpawnOptions };
}

/**
 * As root: the owner of the cluster, or `nobody` for a new one; as anybody else: oneself. `postgres` is the program to
 * try it with. Throws, with what PostgreSQL or the system said, where no way works.
 */
export async function embeddedRunner(postgres: string, cluster: string): Promise<Runner> {
  const owner = process.getuid?.() === 0 ? await unprivileged(cluster) : undefined;
  const refusals: string[] = [];
  for (const runner of owner ? [throughSetpriv(owner), throughSpawn(owner)] : [asOneself]) {
    const { command, args, options } = runner.run(postgres, ['--version']);
    const tried = spawnSync(command, args, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    if (tried.status !== 0) refusals.push((tried.error?.message ?? String(tried.stderr)).trim());
    else if (canEnter(runner, dirname(cluster))) return runner;
    else refusals.push(`the user ${owner?.uid} cannot enter ${dirname(cluster)}`);
  }
  throw new Error(
    `The embedded PostgreSQL cannot run here: ${refusals.join('; ')}. ` +
      (owner ? 'Start On Record as an ordinary user (PostgreSQL refuses root), or set' : 'Set') +
      ' DATABASE_URL to a PostgreSQL server of your own.',
  );
}

function canEnter(runner: Runner, folder: string): boolean {
  if (!runner.owner) return true;
  const { command, args, options } = runner.run('/bin/sh', ['-c', 'cd "$0"', folder]);
  return spawnSync(command, args, { ...options, stdio: 'ignore' }).status === 0;
}

// dac_override lets PostgreSQL reach data that lies in a folder only root can enter, such as root's home.
function throughSetpriv(owner: { uid: number; gid: number }): Runner {
  const become = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const keep = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return {
    owner,
    run: (program, args) => ({ command: 'setpriv', args: [...become, ...keep, program, ...args], options: setting }),
  };
}

function throughSpawn(owner: { uid: number; gid: number }): Runner {
  return { owner, run: (command, args) => ({ command, args, options: { ...setting, ...owner } }) };
}

// Secrets in our own environment are no business of PostgreSQL's; its messages must be the ones we look for.
const setting: SpawnOptions =
  process.platform === 'win32'
    ? { env: { ...process.env, LC_MESSAGES: 'C' }, windowsHide: true }
    : { cwd: '/', env: { PATH: process.env.PATH || '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };

const asOneself: Runner = {
  owner: undefined,
  run: (command, args) => ({ command, args, options: setting }),
};

async function unprivileged(cluster: string): Promise<{ uid: number; gid: number }> {
  const folder = await stat(cluster).catch(() => undefined);
  if (folder && folder.uid !== 0) return { uid: folder.uid, gid: folder.gid };
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  if (nobody) return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user "nobody" to run it as. ' +
      'Start On Record as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}
