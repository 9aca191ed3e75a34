import { type RawBuilder, sql } from 'kysely';
import { prepared } from '../../db/prepared.ts';
import type { Reader } from '../../db/types.ts';

/** What an edit can be proposed of: what four eyes watch over and a form edits. */
export type ProposableNoun = 'claim' | 'statement';

/** What somebody would have a record say, until another accepts it. */
export interface Proposal {
  id: string;
  noun: ProposableNoun;
  recordId: string;
  /** The version of the record that it edits. */
  recordVersion: number;
  /** Name and value of each field of the form, in order. */
  fields: [string, string][];
  version: number;
  /** Who made it first. */
  createdBy: string;
  /** Everybody who made or changed it. */
  by: { id: string; name: string }[];
  /** When it was made or last changed: UTC, to the second. */
  at: string;
}

/** The open proposal with this id. */
export async function findProposal(db: Reader, id: string): Promise<Proposal | undefined> {
  return (await byIds(db, { ids: [id] }))[0];
}

/** The open proposals of these records; each has one at most. */
export const proposalsOf = (db: Reader, recordIds: readonly string[]): Promise<Proposal[]> =>
  ofRecords(db, { ids: recordIds });

type Values = { ids: readonly string[] };

const query = (condition: RawBuilder<unknown>) => sql<Proposal>`
  select p.id, p.noun, p.record_id as "recordId", p.record_version as "recordVersion", p.fields, p.version,
         p.created_by as "createdBy", to_char(p.sys_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
         array(select json_build_object('id', u.id, 'name', u.name) from users as u
                where u.id in (select proposed_by(p.id)) order by u.name, u.id) as by
    from proposals as p where ${condition} order by p.id`;

const byIds = prepared<Values, Proposal>((param) => query(sql`p.id = any(${param('ids')}::uuid[])`));
const ofRecords = prepared<Values, Proposal>((param) => query(sql`p.record_id = any(${param('ids')}::uuid[])`));
