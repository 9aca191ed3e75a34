import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import pg from 'pg';
import { connect } from '../../src/db/connect.ts';
import type { Database } from '../../src/db/types.ts';

const { TEST_DATABASE_URL, TEST_TEMPLATE } = process.env;

export const publicUrl = 'http://record.test';

/** A database of this test file's own, cloned from the migrated template; closed and dropped at the end. */
export function testDatabase(): { readonly db: Database; readonly url: string } {
  const name = `onrecord_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const url = urlOf(name);
  let db: Database | undefined;
  beforeAll(async () => {
    await asAdmin(`create database ${name} template ${TEST_TEMPLATE}`);
    db = connect(url, { publicUrl });
  });
  afterAll(async () => {
    await db?.destroy();
    // Force ends what was left open, but only a superuser's ends autovacuum, which may be at work; without, it is asked to.
    await asAdmin(`drop database ${name} with (force)`).catch(() => asAdmin(`drop database ${name}`));
  });
  return {
    url,
    get db() {
      return db!;
    },
  };
}

function urlOf(database: string): string {
  const url = new URL(TEST_DATABASE_URL!);
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: TEST_DATABASE_URL! });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
