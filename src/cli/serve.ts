import { type DestinationStream, type Logger, pino } from 'pino';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { change } from '../db/change.ts';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { keepStatistics } from '../db/statistics.ts';
import type { Database } from '../db/types.ts';
import { loadDemoRecord } from '../domain/exchange/load-demo-record.ts';
import { findPersonId } from '../domain/people/find-or-make-person.ts';
import { inviteFirstAdministrator } from '../domain/users/invite-first-administrator.ts';
import { operator } from '../domain/users/operator.ts';
import { holdDatabase } from './hold-database.ts';
import { setupLink } from './links.ts';
import { listen } from './listen.ts';
import { sessionSecret } from './session-secret.ts';
import { type Stop, stopSignal } from './stop-signal.ts';

/** Serves until it is asked to end, then drains. Returns the exit code. */
export async function serve(config: Config): Promise<number> {
  // Standard output is for what the operator is to read.
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }) as DestinationStream);
  const stop = stopSignal((signal) => log.info(`${signal}: ending when all that was asked is answered`));
  logUncaught(log, stop);

  const database = await holdDatabase(config, log, (error) => end(log, stop, error));
  try {
    await migrate(database.url);
    const db = connect(database.url, config);
    try {
      return await serveFrom(db, config, log, stop);
    } finally {
      await db.destroy();
    }
  } finally {
    await database.leave();
  }
}

async function serveFrom(db: Database, config: Config, log: Logger, stop: Stop): Promise<number> {
  const us = { name: config.publisherName };
  await change(db, { actor: operator, action: 'demo.load' }, (tx) => loadDemoRecord(tx, us));
  const app = createApp({
    db,
    config: { ...config, sessionSecret: await sessionSecret(config) },
    now: () => new Date(),
    log,
  });
  const endStatistics = keepStatistics(db, (error) => log.warn({ err: error }, 'Statistics could not be taken'));
  try {
    const listener = await listen(app, config);
    await announce(db, config);
    const exitCode = await stop.asked;
    await listener.drain();
    return exitCode;
  } finally {
    endStatistics();
    await app.close();
  }
}

async function announce(db: Database, { publicUrl }: Config): Promise<void> {
  const people = `${publicUrl}/people`;
  const hasDemo = await findPersonId(db, 'donald-trump');
  const invitation = await change(db, { actor: operator, action: 'user.invite' }, inviteFirstAdministrator);
  const lines = [
    'On Record is running.',
    `  A timeline         ${hasDemo ? `${people}/donald-trump` : people}`,
    `  About the API      ${publicUrl}/api/docs`,
  ];
  if (invitation) {
    lines.push('  Set up the first administrator (this link works once, for 24 hours)');
    lines.push(`                     ${setupLink(publicUrl, invitation)}`);
  }
  console.log(lines.join('\n'));
}

function logUncaught(log: Logger, stop: Stop): void {
  process.on('uncaughtException', (error) => end(log, stop, error));
  process.on('unhandledRejection', (reason) => end(log, stop, reason));
}

/** What nobody caught may have left anything half done: answer what was asked, then let a new process begin. */
function end(log: Logger, stop: Stop, error: unknown): void {
  log.fatal({ err: error }, 'On Record ends because of an error');
  stop.ask(1);
}
