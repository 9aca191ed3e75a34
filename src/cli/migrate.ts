import type { Config } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from './open-database.ts';

/** Brings the database to the present schema. */
export async function migrateCommand(config: Config, { json }: { json?: true }): Promise<void> {
  const { url, leave } = await openDatabase(config);
  try {
    const steps = await migrate(url);
    if (json) return console.log(JSON.stringify({ steps }));
    console.log(steps.length ? `Done: ${steps.join(', ')}` : 'The database has the present schema already.');
  } finally {
    await leave();
  }
}
