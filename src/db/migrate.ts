import { readdir, readFile } from 'node:fs/promises';
import { Kysely, type MigrationProvider, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

const FOLDER = new URL('../../db/migrations/', import.meta.url);

/** Each file of db/migrations is one step forward; there is no way back. */
const steps: MigrationProvider = {
  async getMigrations() {
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
    return Object.fromEntries(
      await Promise.all(
        files.map(async (file) => {
          const text = await readFile(new URL(file, FOLDER), 'utf8');
          return [
            file.replace('.sql', ''),
            { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) },
          ];
        }),
      ),
    );
  },
};

/**
 * Brings the database to the present schema and returns the names of the steps taken.
 * Several servers may start at once: the migrator takes a lock, and all steps are one transaction.
 */
export async function migrate(url: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: url, max: 1, application_name: 'onrecord migrate' }),
    }),
  });
  try {
    const { error, results = [] } = await new Migrator({ db, provider: steps }).migrateToLatest();
    if (error) throw error;
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

/** The names of the steps that this version of the program knows, in order. */
export async function knownSteps(): Promise<string[]> {
  return Object.keys(await steps.getMigrations());
}
