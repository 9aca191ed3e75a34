import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Stale } from '../../errors.ts';
import { demand } from '../users/permissions.ts';
import { fourEyes, words } from '../vocabulary.ts';
import { getSettings } from './settings.ts';

/** JSON Merge Patch. */
export const EditSettings = z
  .strictObject({
    fourEyes: z
      .enum(words(fourEyes))
      .optional()
      .meta({ description: 'Whether what one person wrote or changed, another must publish' }),
  })
  .meta({ id: 'EditSettings' });
export type EditSettings = z.output<typeof EditSettings>;

/** Amends the settings. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editSettings(tx: Writer, expectedVersion: number, input: EditSettings): Promise<void> {
  demand(tx, 'settings.edit');
  const present = await getSettings(tx);
  if (present.version !== expectedVersion) throw new Stale('settings', present.version);
  if (input.fourEyes === undefined || input.fourEyes === present.fourEyes) return tx.unchanged(undefined);
  const row = { four_eyes: input.fourEyes, version: present.version + 1 };
  await tx
    .insertInto('settings')
    .values(row)
    .onConflict((settings) => settings.column('singleton').doUpdateSet(row))
    .execute();
}
