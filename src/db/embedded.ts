import { mkdir, realpath, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedBinaries, exists } from './embedded-binaries.ts';
import { makeCluster } from './embedded-cluster.ts';
import { keepRunning } from './embedded-keeper.ts';
import { choosePort, findPostmaster, launchPostmaster, type Postmaster, StartFailed } from './embedded-postmaster.ts';
import { embeddedRunner } from './embedded-user.ts';

export interface Embedded {
  url: string;
  /** It ran already: an earlier server left it behind, or another one uses it now (see `holdServer`). */
  adopted: boolean;
  /** Resolves when it takes connections, at the same URL; starts it again where it died. */
  ensureRunning(): Promise<void>;
  /** Shuts it down, adopted or not, and waits for the end. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  log?: (line: string) => void;
  /** PostgreSQL settings beside our own, such as `{ fsync: 'off' }`. */
  settings?: Record<string, string>;
}

interface Place {
  cluster: string;
  logFile: string;
  log: (line: string) => void;
  settings: Record<string, string>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Failed statements are the server's to report; with them the file would grow and keep what editors typed.
  log_min_messages: 'log',
};

/**
 * The PostgreSQL that we start ourselves, with its data in `<dataDir>/postgres`, made when missing, and its log in
 * `<dataDir>/postgres.log`. It runs in a session of its own and outlives a killed server; the next start adopts it.
 * While this process lives, a postmaster that dies is started again on the same port.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  await mkdir(dataDir, { recursive: true });
  const place = placeIn(await realpath(dataDir), options);
  const opened = await openPostmaster(place);
  const { cluster, log } = place;
  const keeper = keepRunning({ cluster, log, opened, reopen: () => openPostmaster(place, opened.port) });
  return { url: opened.url, adopted: opened.adopted, ...keeper };
}

/** The URL of the embedded PostgreSQL of this folder, if it runs: for a command beside the server. */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  if (!(await exists(dataDir))) return undefined;
  const postmaster = await findPostmaster(placeIn(await realpath(dataDir), {}).cluster);
  return postmaster === 'busy' ? undefined : postmaster?.url;
}

function placeIn(dataDir: string, { log = () => undefined, settings = {} }: EmbeddedOptions): Place {
  const cluster = join(dataDir, 'postgres');
  return { cluster, logFile: `${cluster}.log`, log, settings: { ...SETTINGS, ...settings } };
}

// Children of a killed postmaster hold its pid file for some seconds, another start may be quicker than this one, and
// one that recovers from a crash may need minutes: each is a reason to look again rather than to fail.
async function openPostmaster(place: Place, port?: number): Promise<Postmaster & { adopted: boolean }> {
  const begun = Date.now();
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const found = await findPostmaster(place.cluster);
    if (found && found !== 'busy') return { ...found, adopted: true };
    const patient = Date.now() - begun < (found === 'busy' ? 300_000 : 30_000);
    if (found === 'busy' && !patient) throw new Error(`PostgreSQL does not answer. Its log is ${place.logFile}`);
    if (!found) {
      try {
        return { ...(await launch(place, port)), adopted: false };
      } catch (error) {
        if (!(error instanceof StartFailed && error.passing && patient)) throw error;
      }
    }
    await sleep(pause);
  }
}

async function launch(place: Place, port?: number): Promise<Postmaster> {
  const { cluster, log, logFile, settings } = place;
  const binaries = await embeddedBinaries();
  const postgres = join(binaries, 'bin', 'postgres');
  const runner = await embeddedRunner(postgres, cluster);
  if (!(await exists(cluster))) {
    log(`Making a PostgreSQL database in ${cluster}`);
    await makeCluster(cluster, binaries, runner, settings.fsync !== 'off');
  }
  const logSize = (await stat(logFile).catch(() => undefined))?.size ?? 0;
  if (logSize > 10_000_000) await rename(logFile, `${logFile}.old`);
  return launchPostmaster({ cluster, logFile, postgres, runner, settings, port: port ?? (await choosePort(cluster)) });
}
