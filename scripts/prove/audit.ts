import pg from 'pg';
import { findEmbedded } from '../../src/db/embedded.ts';
import type { Ledger } from './writers.ts';

/** Compares a ledger with the database itself: what was lost, is there in part, or was made twice. */
export async function audit(dataDir: string, ledger: Ledger): Promise<{ lost: number; half: number; twice: number }> {
  const client = new pg.Client({ connectionString: (await findEmbedded(dataDir))! });
  await client.connect();
  const { rows } = await client.query<{ id: string; text: string; parts: string }>(`
    select c.id, c.text,
           (select count(*) from claim_topics t where t.claim_id = c.id)
           || ' ' || (select count(*) from positions p join statements s on s.id = p.statement_id and s.quote = c.text where p.claim_id = c.id)
           || ' ' || (select count(*) from positions p join citations x on x.statement_id = p.statement_id where p.claim_id = c.id)
           || ' ' || (select count(*) from slugs where record_id = c.id)
           || ' ' || (select count(*) from idempotency i where i.body::json ->> 'id' = c.id::text) as parts
      from claims c where c.text like 'Claim %'`);
  await client.end();
  const found = new Map(rows.map((row) => [row.id, row.text]));
  return {
    lost: [...ledger].filter(([id, text]) => found.get(id) !== text).length,
    half: rows.filter((row) => row.parts !== '1 1 1 1 1').length,
    twice: rows.length - new Set(rows.map((row) => row.text)).size,
  };
}
