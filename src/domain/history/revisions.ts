import { type RawBuilder, sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Database } from '../../db/types.ts';

/** One public state of a claim or statement. */
export interface Revision {
  /** From 1, in the order of time; a number never comes to mean another state. */
  number: number;
  /** The instant from which it stood so. */
  at: string;
}

type Values = { id: string };

const STAMP = sql.lit('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

/**
 * A claim's public states: it was published or edited, or a verdict of ours on it was published or withdrawn. A claim's
 * `version` would not do to cite what a reader saw, as verdicts do not raise it.
 */
export const claimRevisions = (db: Database, id: string): Promise<Revision[]> => ofClaim(db, { id });

/** A statement's public states: it was published or edited, or a finding on who said it was published or withdrawn. */
export const statementRevisions = (db: Database, id: string): Promise<Revision[]> => ofStatement(db, { id });

const ofClaim = prepared<Values, Revision>((param) => {
  const members = sql`array(select c.id from claims as c where c.canonical_id = ${param('id')}::uuid)`;
  return numbered(
    sql`select * from versions.claims as v where v.id = any(${members})`,
    sql`select * from versions.verdicts as v where v.claim_id = any(${members}) and v.ours`,
  );
});

const ofStatement = prepared<Values, Revision>((param) =>
  numbered(
    sql`select * from versions.statements as v where v.id = ${param('id')}::uuid`,
    sql`select * from versions.attributions as v where v.statement_id = ${param('id')}::uuid`,
  ),
);

/** The instants at which something public of a record, or of the findings on it, began or ended, while it was public itself. */
function numbered(records: RawBuilder<unknown>, findings: RawBuilder<unknown>): RawBuilder<Revision> {
  return sql<Revision>`
    with record as (${records}), finding as (${findings}),
    stamps as (
      select sys_from as stamp from record where state = 'published'
      union select sys_from from finding where state = 'published'
      union select sys_until from finding where state = 'published' and sys_until < 'infinity')
    select row_number() over (order by stamp)::integer as number, to_char(stamp at time zone 'UTC', ${STAMP}) as at
      from stamps
     where exists (select from record where state = 'published' and sys_from <= stamp and sys_until > stamp)
     order by stamp`;
}
