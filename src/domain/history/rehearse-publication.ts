import { sql } from 'kysely';
import type { Writer } from '../../db/types.ts';
import { demand } from '../users/permissions.ts';

/**
 * Publishes whatever waits on a claim, lets `look` see what readers would see then, and undoes it: nothing of it is ever
 * committed, whoever may publish. For those who work on the record.
 */
export async function rehearsePublication<T>(
  tx: Writer,
  claimId: string,
  look: (tx: Writer) => Promise<T>,
): Promise<T> {
  demand(tx, 'record.add');
  const claims = sql`(select m.id from claims as m where m.canonical_id = ${claimId}::uuid)`;
  const statements = sql`(select p.statement_id from positions as p where p.claim_id in ${claims})`;
  const waiting = {
    claims: sql`id in ${claims}`,
    statements: sql`id in ${statements}`,
    verdicts: sql`claim_id in ${claims}`,
    attributions: sql`statement_id in ${statements}`,
  };
  for (const [table, isOnClaim] of Object.entries(waiting))
    await sql`update ${sql.table(table)} set state = 'published'
      where state in ('draft', 'in_review') and purged_because is null and ${isOnClaim}`.execute(tx);
  return tx.unchanged(await look(tx));
}
