import type pg from 'pg';
import { connectionBeside } from './connect.ts';
import type { Database } from './types.ts';
import { countWords } from './word-counts.ts';

const HOURS = 60 * 60 * 1000;
const FIRST_AFTER = HOURS / 60;
const THEN_EVERY = 6 * HOURS;

/**
 * Keeps the planner's statistics of the inheritance parents, by which as-of reads are planned (autovacuum sees to their
 * children, never to them), and our own of words, by which claims are matched. Returns a function that ends it. `onError` is told of a round that failed; the next comes.
 */
export function keepStatistics(db: Database, onError: (error: unknown) => void): () => void {
  const round = () =>
    void analyseParents(db)
      .then(() => countWords(db))
      .catch(onError);
  const first = setTimeout(round, FIRST_AFTER).unref();
  const later = setInterval(round, THEN_EVERY).unref();
  return () => {
    clearTimeout(first);
    clearInterval(later);
  };
}

/** Takes statistics of every tracked table over its present and past together. */
export async function analyseParents(db: Database): Promise<void> {
  await beside(db, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'versions'`,
    );
    for (const { name } of rows) await client.query(`analyze ${name}`);
  });
}

/** Takes statistics of everything: until they are taken, the planner knows of no row that has just come, and reads tables whole. */
export async function analyseAll(db: Database): Promise<void> {
  await beside(db, (client) => client.query('analyze'));
}

async function beside(db: Database, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = connectionBeside(db);
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
