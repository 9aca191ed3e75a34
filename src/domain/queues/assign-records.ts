import { sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Invalid, NotFound } from '../../errors.ts';
import { Id } from '../fields.ts';
import { statefulNouns, tables } from '../nouns.ts';
import { demand, may } from '../users/permissions.ts';

/** What waits for a review, and so for somebody. */
export const reviewed = [...statefulNouns, 'proposal'] as const;
type Reviewed = (typeof reviewed)[number];

export const AssignRecords = z.strictObject({
  records: z
    .array(z.strictObject({ noun: z.enum(reviewed), id: Id }))
    .min(1, 'name at least one record')
    .max(200),
  to: Id.nullable().meta({ description: 'The user who is to work on them; null is nobody' }),
});
export type AssignRecords = z.output<typeof AssignRecords>;

/**
 * Says who is to work on records. Everybody who may add to the record may take what is nobody's and give back what is
 * theirs; to assign others needs `record.assign`. Throws `NotFound`, `Invalid` for a user who may not work on them.
 */
export async function assignRecords(tx: Writer, { records, to }: AssignRecords): Promise<void> {
  const { actor } = tx.change;
  const ids = records.map(({ id }) => id);
  const present = await tx
    .selectFrom('assignments')
    .select(['record_id', 'user_id'])
    .where('record_id', 'in', ids)
    .execute();
  const concerned = [to, ...present.map(({ user_id }) => user_id)];
  demand(tx, concerned.every((user) => user === null || user === actor.id) ? 'record.add' : 'record.assign');
  for (const noun of reviewed)
    await demandRecords(
      tx,
      noun,
      records.filter((one) => one.noun === noun).map(({ id }) => id),
    );
  if (to !== null) await demandColleague(tx, to);

  const assigned = new Map(present.map(({ record_id, user_id }) => [record_id, user_id]));
  const changed = records.filter(({ id }) => (assigned.get(id) ?? null) !== to);
  if (changed.length === 0) return tx.unchanged(undefined);
  const changedIds = changed.map(({ id }) => id);
  await tx.deleteFrom('assignments').where('record_id', 'in', changedIds).execute();
  if (to === null) return;
  const rows = changedIds.map((id) => ({ record_id: id, user_id: to }));
  await tx.insertInto('assignments').values(rows).execute();
}

async function demandRecords(tx: Writer, noun: Reviewed, ids: readonly string[]): Promise<void> {
  const table = noun === 'proposal' ? 'proposals' : (tables[noun] as 'proposals');
  const found = await tx
    .selectFrom(table)
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    // Nothing is left to work on in what was erased; of that, nothing is proposed.
    .$if(noun !== 'proposal', (all) => all.where(sql<boolean>`purged_because is null`))
    .execute();
  const missing = ids.find((id) => !found.some((record) => record.id === id));
  if (missing) throw new NotFound(noun, missing);
}

async function demandColleague(tx: Writer, id: string): Promise<void> {
  const user = await tx
    .selectFrom('users')
    .select(['disabled', sql<'contributor'[]>`roles::text[]`.as('roles')])
    .where('id', '=', id)
    .where('kind', '=', 'person')
    .executeTakeFirst();
  if (!user || user.disabled || !may(user, 'record.add')) throw Invalid.at(['to'], 'is nobody who works on the record');
}
