import { z } from 'zod';
import type { Writer } from '../../db/types.ts';
import { Conflict, Gone, Invalid, NotFound, Stale } from '../../errors.ts';
import { parseAddress } from '../../lib/addresses.ts';
import { dateColumns } from '../date-columns.ts';
import { SourceDescription } from '../fields.ts';
import { differs } from '../members.ts';
import { findOrMakePerson } from '../people/find-or-make-person.ts';
import { demand } from '../users/permissions.ts';
import { isPublicSource } from '../visibility.ts';
import { findTwin } from './find-or-make-source.ts';

/** JSON Merge Patch: what is absent stays, null empties. */
export const EditSource = z.strictObject(SourceDescription.shape).meta({ id: 'EditSource' });
export type EditSource = z.output<typeof EditSource>;

/** Amends a source and raises the version. Throws `Stale` where `expectedVersion` is not the present one. */
export async function editSource(tx: Writer, id: string, expectedVersion: number, input: EditSource): Promise<void> {
  const source = await tx
    .selectFrom('sources')
    .selectAll()
    .select(isPublicSource('sources.id').as('public'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!source) throw new NotFound('source', id);
  if (source.purged_because) throw Gone.purged('source', source.purged_because);
  demand(tx, source.public ? 'published.edit' : 'draft.edit');
  if (source.version !== expectedVersion) throw new Stale('source', source.version);

  const columns = {
    ...(input.title !== undefined && { title: input.title }),
    ...(input.publisher !== undefined && {
      publisher_id: input.publisher && (await findOrMakePerson(tx, input.publisher, 'organization', ['publisher'])),
    }),
    ...(input.author !== undefined && { author: input.author }),
    ...(input.publishedOn !== undefined && dateColumns('published', input.publishedOn)),
    ...(input.language !== undefined && { language: input.language }),
    ...(input.url !== undefined && { url: input.url, canonical_url: input.url && parseAddress(input.url).canonical }),
    ...(input.archivedUrl !== undefined && { archived_url: input.archivedUrl }),
    ...(input.archivedHash !== undefined && { archived_hash: input.archivedHash }),
  };
  if (!differs(source, columns)) return tx.unchanged(undefined);
  const edited = { ...source, ...columns };
  if (edited.url === null && edited.title === null && edited.publisher_id === null) {
    throw Invalid.at([], 'a source needs at least an address (url), a title or a publisher');
  }
  const twin = await findTwin(tx, edited);
  if (twin && twin.id !== id) {
    const same = edited.url === null ? 'publisher, title and date, and no address either' : 'address';
    throw new Conflict('source.exists', `Another source on record has this ${same}.`, [{ id: twin.id }]);
  }
  await tx
    .updateTable('sources')
    .set({ ...columns, version: source.version + 1 })
    .where('id', '=', id)
    .execute();
}
