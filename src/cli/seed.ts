import type { Config } from '../config.ts';
import { change } from '../db/change.ts';
import { loadDemoRecord } from '../domain/exchange/load-demo-record.ts';
import { operator } from '../domain/users/operator.ts';
import { withDatabase } from './open-database.ts';

/** Loads the demonstration record into an empty database. */
export async function seed(config: Config, { json }: { json?: true }): Promise<void> {
  const us = { name: config.publisherName };
  const loaded = await withDatabase(config, (db) =>
    change(db, { actor: operator, action: 'demo.load' }, (tx) => loadDemoRecord(tx, us)),
  );
  if (json) return console.log(JSON.stringify({ loaded }));
  console.log(loaded ? 'The demonstration record is loaded.' : 'The database is not empty: nothing was loaded.');
}
