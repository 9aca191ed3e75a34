import { type RawBuilder, sql } from 'kysely';
import { change } from '../../db/change.ts';
import type { Actor, Database, Reader, Writer } from '../../db/types.ts';
import { NotFound } from '../../errors.ts';
import { isId } from '../../lib/ids.ts';
import { demand } from '../users/permissions.ts';

const TABLES = { verdict: 'verdicts', attribution: 'attributions', statement: 'statements', claim: 'claims' } as const;
type Noun = keyof typeof TABLES;

/** Records in one change. */
const BATCH = 5000;
const MOST_TOLD = 1000;

export interface Undone {
  withdrawn: number;
  /** Made by the import, but withdrawn already or erased. */
  already: number;
  /** What others have done with it since; at most 1,000 are told. */
  builtOn: { noun: Noun; id: string; because: string }[];
}

/**
 * Withdraws what an import made, in batches. People, sources and topics have no state: they cease to be public when
 * nothing published refers to them. What others built on it since is withdrawn with it and told. Throws `NotFound`.
 */
export async function undoWholeImport(db: Database, id: string, actor: Actor): Promise<Undone> {
  const known = isId(id) && (await db.selectFrom('imports').select('id').where('id', '=', id).executeTakeFirst());
  if (!known) throw new NotFound('import', id);
  const undone: Undone = { withdrawn: 0, already: 0, builtOn: await findBuiltOn(db, id) };
  const reason = `Import ${id} was undone`;
  for (const noun of Object.keys(TABLES) as Noun[]) {
    const made = await findMade(db, noun, id);
    for (let from = 0; from < made.length; from += BATCH) {
      const ids = made.slice(from, from + BATCH);
      const withdrawn = await change(db, { actor, action: 'import.undo', reason }, async (tx) => {
        const count = await undoImport(tx, noun, ids, reason);
        return count ? count : tx.unchanged(0);
      });
      undone.withdrawn += withdrawn;
      undone.already += ids.length - withdrawn;
    }
  }
  await change(db, { actor, action: 'import.undo', reason }, (tx) => forgetImport(tx, id, undone));
  return undone;
}

/** Withdraws these records of an import; returns how many were not withdrawn yet. */
export async function undoImport(tx: Writer, noun: Noun, ids: readonly string[], reason: string): Promise<number> {
  demand(tx, 'record.import');
  demand(tx, 'record.withdraw');
  const { numAffectedRows } = await sql`
    update ${sql.table(TABLES[noun])} set state = 'withdrawn', withdrawn_because = ${reason}, version = version + 1
     where id = any(${ids}::uuid[]) and state <> 'withdrawn'`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Keys that led to what is withdrawn lead nowhere any more, so that the file may be imported anew. */
async function forgetImport(tx: Writer, id: string, undone: Undone): Promise<void> {
  await tx.deleteFrom('import_keys').where('import_id', '=', id).execute();
  await sql`update imports set undone_at = clock_timestamp(), report = report || ${JSON.stringify({ undone })}::jsonb
    where id = ${id}`.execute(tx);
}

/** The records `r` whose first version an import wrote. */
const madeBy = (table: string, importId: string): RawBuilder<{ id: string }> => sql`
  select r.id from ${sql.table(`versions.${table}`)} as r
   where r.change_id in (select id from changes where import_id = ${importId})
     and not exists (select from ${sql.table(`versions.${table}`)} as earlier where earlier.id = r.id and earlier.sys_from < r.sys_from)`;

async function findMade(db: Reader, noun: Noun, importId: string): Promise<string[]> {
  const { rows } = await madeBy(TABLES[noun], importId).execute(db);
  return rows.map(({ id }) => id);
}

/** Records of an import that others amended, took positions on or gave findings on. */
async function findBuiltOn(db: Reader, importId: string): Promise<Undone['builtOn']> {
  const ours = sql`(select id from changes where import_id = ${importId})`;
  const amended = (Object.keys(TABLES) as Noun[]).map(
    (noun) => sql`select ${sql.lit(noun)} as noun, t.id, 'was amended since' as because
      from ${sql.table(TABLES[noun])} as t where t.id in (${madeBy(TABLES[noun], importId)}) and t.change_id not in ${ours}`,
  );
  const { rows } = await sql<Undone['builtOn'][number]>`
    select * from (
      ${sql.join(amended, sql` union all `)}
      union all
      select 'claim', p.claim_id, 'has a position of the statement ' || p.statement_id
        from positions as p where p.claim_id in (${madeBy('claims', importId)}) and p.change_id not in ${ours}
      union all
      select 'claim', v.claim_id, 'has the verdict ' || v.id
        from verdicts as v where v.claim_id in (${madeBy('claims', importId)}) and v.state <> 'withdrawn'
         and v.id not in (${madeBy('verdicts', importId)})
      union all
      select 'statement', a.statement_id, 'has the attribution ' || a.id
        from attributions as a where a.statement_id in (${madeBy('statements', importId)}) and a.state <> 'withdrawn'
         and a.id not in (${madeBy('attributions', importId)})) as built
     limit ${sql.lit(MOST_TOLD)}`.execute(db);
  return rows;
}
