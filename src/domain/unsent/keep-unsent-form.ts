import { sql } from 'kysely';
import { z } from 'zod';
import type { Jotter } from '../../db/jot.ts';
import { Conflict, Invalid } from '../../errors.ts';
import { Id } from '../fields.ts';

/** More than all the fields of a form can hold. */
const MOST_CHARACTERS = 500_000;

export const KeepUnsentForm = z.strictObject({
  id: Id,
  /** The form's address on the desk. */
  path: z.string().startsWith('/desk/').max(500),
  fields: z.array(z.tuple([z.string().max(200), z.string()])).max(200),
  /** The version that this one follows; 0 where nothing has been kept yet. */
  version: z.int().min(0).max(1_000_000_000),
});
export type KeepUnsentForm = z.output<typeof KeepUnsentForm>;

/**
 * Keeps what a user has typed so far; returns the version. Throws `Conflict` where another tab has kept a later version,
 * so that neither is lost.
 */
export async function keepUnsentForm(tx: Jotter, userId: string, input: KeepUnsentForm): Promise<number> {
  const { id, path, version } = input;
  const fields = JSON.stringify(input.fields);
  if (fields.length > MOST_CHARACTERS) throw Invalid.at(['fields'], `must have at most ${MOST_CHARACTERS} characters`);
  const kept = await tx
    .insertInto('unsent_forms')
    .values({ id, user_id: userId, path, fields })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ fields, version: version + 1, kept_at: sql`clock_timestamp()` })
        .where('unsent_forms.user_id', '=', userId)
        .where('unsent_forms.version', '=', version),
    )
    .returning('version')
    .executeTakeFirst();
  if (!kept)
    throw new Conflict('unsent_form.stale', 'This form is open in another tab, too, and was kept there since.');
  return kept.version;
}
